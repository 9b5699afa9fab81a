"""Read a YAML file of which nothing is to be said, by a parser in C. Whatever is odd in any way, it leaves alone.

It tells nothing: a file with a mistake, a slip or what a definition file never needs is for the reader that can tell
what and where (``yaml``), and so is all that the two would read otherwise. See decision 55.
"""

from __future__ import annotations

import re
from typing import Any, Final

from gehoor.core.text.problems import Place
from gehoor.loading.source.limits import MAX_DEPTH, MAX_NODES
from gehoor.loading.source.nodes import MappingNode, Member, Node, ScalarNode, SequenceNode
from gehoor.loading.source.plain_texts import plain_slips
from gehoor.loading.source.text import hidden_in, rest_of_line

try:
    from yaml import YAMLError, events  # noqa: TID251 - it only says what the other would say
    from yaml.cyaml import CParser  # noqa: TID251
except ImportError:
    # No such parser for this Python: every file is read by the other, which takes longer.
    CParser = None

_READ_OTHERWISE: Final = re.compile(r"\t|\r(?!\n)|^%|[|>][-+\d]*#|[\"'] *:(?=\S)", re.MULTILINE)
"""Tabs, old ends of lines, directives, a comment against the sign of a block, a colon between a quote and a letter: of
these the two parsers make other things."""
_ODD: Final = re.compile(
    r"[-\u201c\u201d\u201e\u2018\u2019\u00ab\u00a0\u202f]|.*[\u00a0\u202f]\Z|[1-9][\d.]+\Z", re.DOTALL
)
"""How a text without quotes begins or ends about which there may be something to say."""

_QUOTED: Final = ("'", '"')
_BLOCKS: Final = ("|", ">")


class _OddError(Exception):
    """Something that is for the other reader."""


def read_quickly(text: str, file: str) -> MappingNode | None:
    """Return the tree of a file about which there is nothing to say; None: it is to be read with care."""
    if CParser is None or _READ_OTHERWISE.search(text):
        return None
    try:
        root = _Tree(file, text).read(CParser(text))
    except (YAMLError, ValueError, _OddError):
        return None
    return root if isinstance(root, MappingNode) else None


class _Tree:
    """What was read so far: the group or list that is being read, and those around it."""

    def __init__(self, file: str, text: str) -> None:
        self.file, self.text = file, text
        self.root: Node | None = None
        self.nodes = 0
        self.inside: dict[str, Member] | list[Node] | None = None
        self.place = Place(file)
        self.key: ScalarNode | None = None
        self.around: list[tuple[dict[str, Member] | list[Node] | None, Place, ScalarNode | None]] = []

    def read(self, parser: Any) -> Node | None:
        scalar, group, series = events.ScalarEvent, events.MappingStartEvent, events.SequenceStartEvent
        while parser.check_event():
            event = parser.get_event()
            kind = type(event)
            if kind is scalar:
                self._add(self._scalar(event, self._begun(event)))
            elif kind is group or kind is series:
                place = self._begun(event)
                self.around.append((self.inside, self.place, self.key))
                self.inside, self.place, self.key = {} if kind is group else [], place, None
            elif isinstance(event, events.CollectionEndEvent):
                self._close()
            elif isinstance(event, events.AliasEvent) or (
                kind is events.DocumentStartEvent and self.root is not None
            ):
                raise _OddError
        return self.root

    def _begun(self, event: Any) -> Place:
        self.nodes += 1
        if self.nodes > MAX_NODES or len(self.around) >= MAX_DEPTH or event.anchor or event.tag:
            raise _OddError
        mark = event.start_mark
        return Place(self.file, mark.line + 1, mark.column + 1)

    def _scalar(self, event: Any, place: Place) -> ScalarNode:
        value, style = event.value, event.style
        plain = not style
        # Where an empty value stands, and where a block begins, the two parsers tell otherwise.
        if hidden_in(value) or not (value or style in _QUOTED) or (style in _BLOCKS and value[0] == "\n"):
            raise _OddError
        if plain:
            end = event.end_mark.index
            is_odd = _ODD.match(value) or self.text.startswith(" #", end)
            if is_odd and any(True for _ in plain_slips(value, rest_of_line(self.text, end), place)):
                raise _OddError
        return ScalarNode(value, plain, place, style == "|")

    def _close(self) -> None:
        node = (
            MappingNode(tuple(self.inside.values()), self.place)
            if isinstance(self.inside, dict)
            else SequenceNode(tuple(self.inside or ()), self.place)
        )
        self.inside, self.place, self.key = self.around.pop()
        self._add(node)

    def _add(self, node: Node) -> None:
        inside, key = self.inside, self.key
        if inside is None:
            self.root = node
        elif isinstance(inside, list):
            inside.append(node)
        elif key is not None:
            inside[key.text] = Member(key.text, node, key.place)
            self.key = None
        elif isinstance(node, ScalarNode) and node.text not in inside:
            self.key = node
        else:
            raise _OddError
