"""A file as a tree of nodes: every key and value as it was typed, with its place."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from gehoor.core.text.problems import Place, Problem


class ScalarNode(NamedTuple):
    """A single value. ``plain``: typed without quotes, so a number or yes/no may be meant.

    ``literal``: the text stands below ``|``, line by line as it is.
    """

    text: str
    plain: bool
    place: Place
    literal: bool = False


class Member(NamedTuple):
    """One key of a mapping with its value; ``place`` is where the key stands."""

    key: str
    value: Node
    place: Place


class MappingNode(NamedTuple):
    """Keys and values, in the order of the file, without doubles."""

    members: tuple[Member, ...]
    place: Place


class SequenceNode(NamedTuple):
    """A list of values."""

    items: tuple[Node, ...]
    place: Place


Node: TypeAlias = ScalarNode | MappingNode | SequenceNode


@dataclass
class ReadFile:
    """What reading a file gave: a tree, or problems, or (with a double key, for one) both."""

    root: MappingNode | None = None
    problems: list[Problem] = field(default_factory=list)
