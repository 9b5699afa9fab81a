"""A file as a tree of nodes: every key and value as it was typed, with its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from gehoor.core.text.problems import Place


@dataclass(frozen=True, slots=True)
class ScalarNode:
    """A single value. ``plain``: typed without quotes, so a number or yes/no may be meant.

    ``literal``: the text stands below ``|``, line by line as it is.
    """

    text: str
    plain: bool
    place: Place
    literal: bool = False


@dataclass(frozen=True, slots=True)
class Member:
    """One key of a mapping with its value; ``place`` is where the key stands."""

    key: str
    value: Node
    place: Place


@dataclass(frozen=True, slots=True)
class MappingNode:
    """Keys and values, in the order of the file, without doubles."""

    members: tuple[Member, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class SequenceNode:
    """A list of values."""

    items: tuple[Node, ...]
    place: Place


Node: TypeAlias = ScalarNode | MappingNode | SequenceNode
