"""A file as a tree in which every key and value knows where it begins and ends in the text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
)

from gehoor.loading.source.limits import MAX_DEPTH, MAX_NODES

Step: TypeAlias = "str | int"
Path: TypeAlias = "tuple[Step, ...]"
"""How to come from the top of a file to a value: keys as they are written, and indexes."""


class Scalar(NamedTuple):
    """A single value or a key. ``style``: the sign it is written with (a quote, ``|`` or ``>``); empty: none."""

    text: str
    style: str
    start: int
    end: int


class Group(NamedTuple):
    """Keys with values. ``flow``: between braces."""

    members: tuple[Member, ...]
    flow: bool
    start: int
    end: int

    def place_of(self, key: Step) -> int | None:
        """Return the place of a key in the order of the file, or None."""
        return next((at for at, one in enumerate(self.members) if one.key.text == key), None)


class Series(NamedTuple):
    """A list. ``flow``: between brackets; else ``start`` is where its first dash stands."""

    items: tuple[Spanned, ...]
    flow: bool
    start: int
    end: int


Spanned: TypeAlias = Scalar | Group | Series


class Member(NamedTuple):
    """A key and its value."""

    key: Scalar
    value: Spanned


class NoSpansError(ValueError):
    """A text that is no file in which single things can be changed: it cannot be read, or holds what no definition
    file holds. It is changed as a text."""


@lru_cache(maxsize=8)
def spans_of(text: str) -> Group:
    """Return the tree of a text, which does not begin with a byte order mark. Raises ``NoSpansError``."""
    tree = _Tree(text)
    try:
        for event in YAML(typ="safe", pure=True).parse(text):
            tree.take(event)
    except (YAMLError, ValueError) as error:
        raise NoSpansError(str(error)) from error
    if not isinstance(tree.root, Group):
        raise NoSpansError("no group")
    return tree.root


def node_at(root: Group, path: Path) -> Spanned:
    """Return what stands at a path. Raises ``KeyError``."""
    node: Spanned = root
    for step in path:
        below = dict(_below(node)).get(step)
        if below is None:
            raise KeyError(path)
        node = below
    return node


def _below(node: Spanned) -> Iterator[tuple[Step, Spanned]]:
    if isinstance(node, Group):
        yield from ((one.key.text, one.value) for one in node.members)
    elif isinstance(node, Series):
        yield from enumerate(node.items)


@dataclass
class _Open:
    start: int
    flow: bool
    is_group: bool
    items: list[Spanned] = field(default_factory=list)
    members: list[Member] = field(default_factory=list)
    key: Scalar | None = None


@dataclass
class _Tree:
    text: str
    root: Spanned | None = None
    nodes: int = 0
    documents: int = 0
    open: list[_Open] = field(default_factory=list)

    def take(self, event: Event) -> None:
        if isinstance(event, DocumentStartEvent):
            self.documents += 1
        if isinstance(event, NodeEvent):
            self.nodes += 1
            beyond = self.nodes > MAX_NODES or len(self.open) >= MAX_DEPTH or self.documents > 1
            tagged = getattr(event, "tag", None) and not isinstance(event, ScalarEvent)
            if beyond or isinstance(event, AliasEvent) or event.anchor or tagged:
                raise NoSpansError(type(event).__name__)
        if isinstance(event, CollectionStartEvent):
            group = isinstance(event, MappingStartEvent)
            self.open.append(_Open(event.start_mark.index, bool(event.flow_style), group))
        elif isinstance(event, CollectionEndEvent):
            self._close(event.end_mark.index)
        elif isinstance(event, ScalarEvent):
            self._add(self._scalar(event))

    def _scalar(self, event: ScalarEvent) -> Scalar:
        if event.tag:
            raise NoSpansError(event.tag)
        start, end = event.start_mark.index, event.end_mark.index
        if event.style in ("|", ">") and not self.text[start:end].split("\n", 1)[0].startswith(("|+", ">+")):
            # The empty lines behind it are no part of it.
            end = start + len(self.text[start:end].rstrip())
        if not event.value and start == end:
            start = end = self._after_sign(start)
        return Scalar(event.value, event.style or "", start, end)

    def _after_sign(self, start: int) -> int:
        """Return where an empty value would be written: the parser may find it lines below."""
        inside = self.open[-1]
        if inside.is_group and inside.key is not None:
            return self.text.index(":", inside.key.end) + 1
        last = self.text.rfind("-", 0, start)
        return last + 1 if not inside.flow and last >= 0 else start

    def _close(self, end: int) -> None:
        done = self.open.pop()
        if not done.flow:
            end = max((_end(one) for one in self._parts(done)), default=done.start)
        if done.is_group:
            self._add(Group(tuple(done.members), done.flow, done.start, end))
        else:
            self._add(Series(tuple(done.items), done.flow, done.start, end))

    @staticmethod
    def _parts(done: _Open) -> Iterator[Spanned]:
        yield from done.items
        for one in done.members:
            yield one.key
            yield one.value

    def _add(self, node: Spanned) -> None:
        if not self.open:
            self.root = node
            return
        inside = self.open[-1]
        if not inside.is_group:
            inside.items.append(node)
        elif inside.key is not None:
            inside.members.append(Member(inside.key, node))
            inside.key = None
        elif isinstance(node, Scalar) and all(one.key.text != node.text for one in inside.members):
            inside.key = node
        else:
            raise NoSpansError("key")


def _end(node: Spanned) -> int:
    return node.end
