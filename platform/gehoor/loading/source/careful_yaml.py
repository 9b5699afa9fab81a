"""Read the text of one YAML 1.2 (or JSON) file into nodes, refusing what a definition file never needs.

The tree is built straight from the parser's events, without recursion and with bounds: a hostile file is
answered at once, and nothing in it is ever turned into an object.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    DocumentStartEvent,
    Event,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceStartEvent,
)
from ruamel.yaml.reader import ReaderError

from gehoor.core.text.problems import Place, Problem
from gehoor.loading.source.attempts import Attempts
from gehoor.loading.source.limits import MAX_DEPTH, MAX_NODES
from gehoor.loading.source.nodes import MappingNode, Member, Node, ReadFile, ScalarNode, SequenceNode
from gehoor.loading.source.plain_texts import hidden_value, plain_slips
from gehoor.loading.source.slips import find_slip
from gehoor.loading.source.text import LINE_END, hidden_in, hidden_sign, place_at, rest_of_line

_STANDARD_TAGS = "tag:yaml.org,2002:"
_LONG_TAG = re.compile(r"(?<![^\s\[{,:])!\S{200}")
"""The parser takes in a tag sign by sign, each time all of it anew: one of half a megabyte keeps it for seconds."""


def read_carefully(text: str, file: str) -> ReadFile:
    """Read a text and tell of all that is odd, wrong or refused in it."""
    result = ReadFile()
    builder = _Builder(file, text, result.problems)
    place = Place(file)
    if long_tag := _LONG_TAG.search(text):
        place = place_at(text, long_tag.start(), file)
        result.problems.append(Problem(place, "eigen-tag", {"tag": f"{long_tag[0][:20]}..."}))
        return result
    try:
        for event in YAML(typ="safe", pure=True).parse(text):
            place = builder.place(event)
            if not builder.take(event):
                return result
    except YAMLError as error:
        slip = _syntax_problem(error, text, file)
        # What was odd about that line before, came from it.
        result.problems = [one for one in result.problems if one.place.line != slip.place.line] + [slip]
        return result
    except ValueError:
        # An escape for a sign that does not exist, such as "\U00110000".
        result.problems.append(Problem(place, "yaml-fout"))
        return result
    if isinstance(builder.root, MappingNode):
        result.root = builder.root
    else:
        result.problems.append(Problem(builder.root.place if builder.root else Place(file), "leeg-bestand"))
    return result


@dataclass
class _Open:
    """A group or list that is being read; in a group keys and values come in turn."""

    place: Place
    is_mapping: bool
    values: list[Node] = field(default_factory=list)
    members: dict[str, Member] = field(default_factory=dict)
    key: Node | None = None

    def node(self) -> Node:
        if self.is_mapping:
            return MappingNode(tuple(self.members.values()), self.place)
        return SequenceNode(tuple(self.values), self.place)


@dataclass
class _Builder:
    file: str
    text: str
    problems: list[Problem]
    root: Node | None = None
    _open: list[_Open] = field(default_factory=list)
    _nodes: int = 0
    _lines: list[str] = field(default_factory=list)
    _documents: int = 0

    def place(self, event: Event) -> Place:
        mark = event.start_mark
        return Place(self.file, mark.line + 1, mark.column + 1) if mark else Place(self.file)

    def line(self, place: Place) -> str:
        """Return the line of a place, as it was typed."""
        if not self._lines:
            self._lines = LINE_END.split(self.text)
        return self._lines[place.line - 1]

    def take(self, event: Event) -> bool:
        """Take in one event. False: stop reading, the reason is among the problems."""
        if isinstance(event, DocumentStartEvent):
            self._documents += 1
            return self._documents == 1 or self._refuse(event, "twee-documenten")
        if isinstance(event, CollectionEndEvent):
            self._close()
        elif isinstance(event, NodeEvent):
            return self._take_node(event)
        return True

    def _take_node(self, event: NodeEvent) -> bool:
        self._nodes += 1
        if self._nodes > MAX_NODES or len(self._open) >= MAX_DEPTH:
            return self._refuse(event, "te-diep-of-te-veel", depth=MAX_DEPTH, count=MAX_NODES)
        if isinstance(event, AliasEvent) or event.anchor:
            return self._refuse(event, "geen-verwijzingen")
        tag = getattr(event, "tag", None)
        if tag:
            self._refuse(event, "eigen-tag", tag=str(tag).replace(_STANDARD_TAGS, "!!"))
        place = self.place(event)
        if isinstance(event, (MappingStartEvent, SequenceStartEvent)):
            self._open.append(_Open(place, isinstance(event, MappingStartEvent)))
        elif isinstance(event, ScalarEvent):
            sign = hidden_in(event.value)
            if sign:
                self.problems.append(hidden_sign(sign, place))
                return False
            if event.style is None:
                after = rest_of_line(self.text, event.end_mark.index)
                self.problems += plain_slips(event.value, after, place)
            self._add(ScalarNode(event.value, event.style is None, place, event.style == "|"))
        return True

    def _close(self) -> None:
        self._add(self._open.pop().node())

    def _add(self, node: Node) -> None:
        if not self._open:
            self.root = node
            return
        inside = self._open[-1]
        if not inside.is_mapping:
            inside.values.append(node)
        elif inside.key is None:
            inside.key = node
        else:
            key, inside.key = inside.key, None
            self._add_member(inside, key, node)

    def _add_member(self, inside: _Open, key: Node, value: Node) -> None:
        if not isinstance(key, ScalarNode):
            self.problems.append(Problem(key.place, "sleutel-geen-tekst"))
            return
        first = inside.members.get(key.text)
        if first:
            details = {"key": key.text, "first": first.place.line}
            self.problems.append(Problem(key.place, "dubbele-sleutel", details))
            return
        if isinstance(value, ScalarNode) and value.plain and not value.text:
            # The parser finds what is not there on the line below.
            value = ScalarNode("", True, key.place)
            self.problems += hidden_value(self.line(key.place), key.place)
        inside.members[key.text] = Member(key.text, value, key.place)

    def _refuse(self, event: Event, code: str, **details: object) -> bool:
        self.problems.append(Problem(self.place(event), code, details))
        return False


def _syntax_problem(error: YAMLError, text: str, file: str) -> Problem:
    place, said = Place(file), ""
    if isinstance(error, MarkedYAMLError):
        mark = error.problem_mark or error.context_mark
        if mark is not None:
            place = Place(file, mark.line + 1, mark.column + 1)
        said = str(error.problem)
    elif isinstance(error, ReaderError):
        place = place_at(text, error.position, file)
    if "'\\t'" in said:
        return Problem(place, "tab-als-inspringing")
    return find_slip(text, file, place.line - 1, Attempts(text).reads_to) or Problem(place, "yaml-fout")
