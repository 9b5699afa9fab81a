"""Read one YAML 1.2 (or JSON) file into nodes, refusing what a definition file never needs.

The text is scanned before it is composed: size, encoding, control characters, depth, aliases. So a hostile
file is answered at once, and nothing in it is ever turned into an object.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import AliasEvent, CollectionEndEvent, CollectionStartEvent, NodeEvent
from ruamel.yaml.nodes import MappingNode as YamlMapping
from ruamel.yaml.nodes import Node as YamlNode
from ruamel.yaml.nodes import ScalarNode as YamlScalar
from ruamel.yaml.nodes import SequenceNode as YamlSequence

from gehoor.core.problems import Place, Problem
from gehoor.loading.nodes import MappingNode, Member, Node, ScalarNode, SequenceNode

MAX_BYTES = 512 * 1024
MAX_DEPTH = 24
MAX_NODES = 20_000
_BIDI_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")
_STANDARD_TAGS = "tag:yaml.org,2002:"


@dataclass
class ReadFile:
    """What reading a file gave: a tree, or problems, or (with a double key) both."""

    root: MappingNode | None = None
    problems: list[Problem] = field(default_factory=list)


def read_yaml(content: bytes, file: str) -> ReadFile:
    """Read the content of a file. ``file`` is the name that places carry."""
    result = ReadFile()
    text = _checked_text(content, file, result.problems)
    if text is None or not _scan_is_safe(text, file, result.problems):
        return result
    try:
        composed = _new_reader().compose(text)
    except YAMLError as error:
        result.problems.append(_syntax_problem(error, file))
        return result
    if not isinstance(composed, YamlMapping):
        result.problems.append(Problem(Place(file), "leeg-bestand"))
        return result
    node = _convert(composed, file, result.problems)
    assert isinstance(node, MappingNode)
    result.root = node
    return result


def _new_reader() -> YAML:
    # A reader keeps state from the file before it; each file gets its own.
    return YAML(typ="rt", pure=True)


def _checked_text(content: bytes, file: str, problems: list[Problem]) -> str | None:
    if len(content) > MAX_BYTES:
        problems.append(Problem(Place(file), "bestand-te-groot", {"limit": MAX_BYTES // 1024}))
        return None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        problems.append(Problem(Place(file, line), "geen-utf8"))
        return None
    for number, line_text in enumerate(text.split("\n"), start=1):
        for column, character in enumerate(line_text, start=1):
            if character > "\x1f" and character < "\x7f":
                continue
            if character in _BIDI_CONTROLS or (
                unicodedata.category(character) == "Cc" and character not in "\t\r"
            ):
                problems.append(
                    Problem(Place(file, number, column), "verborgen-teken", {"sign": f"U+{ord(character):04X}"})
                )
                return None
    return text


def _scan_is_safe(text: str, file: str, problems: list[Problem]) -> bool:
    depth = nodes = 0
    try:
        for event in _new_reader().parse(text):
            place = Place(file, event.start_mark.line + 1, event.start_mark.column + 1)
            if isinstance(event, AliasEvent) or (isinstance(event, NodeEvent) and event.anchor):
                problems.append(Problem(place, "geen-verwijzingen"))
                return False
            if isinstance(event, NodeEvent):
                nodes += 1
            if isinstance(event, CollectionStartEvent):
                depth += 1
            elif isinstance(event, CollectionEndEvent):
                depth -= 1
            if depth > MAX_DEPTH or nodes > MAX_NODES:
                problems.append(Problem(place, "te-diep-of-te-veel", {"depth": MAX_DEPTH, "count": MAX_NODES}))
                return False
    except YAMLError as error:
        problems.append(_syntax_problem(error, file))
        return False
    except RecursionError:
        problems.append(Problem(Place(file), "te-diep-of-te-veel", {"depth": MAX_DEPTH, "count": MAX_NODES}))
        return False
    return True


def _syntax_problem(error: YAMLError, file: str) -> Problem:
    place, hint = Place(file), ""
    if isinstance(error, MarkedYAMLError):
        mark = error.problem_mark or error.context_mark
        if mark is not None:
            place = Place(file, mark.line + 1, mark.column + 1)
        hint = " ".join(part for part in (error.context, error.problem) if part)
    code = "tab-als-inspringing" if "'\\t'" in hint else "yaml-fout"
    return Problem(place, code)


def _convert(node: YamlNode, file: str, problems: list[Problem]) -> Node:
    place = Place(file, node.start_mark.line + 1, node.start_mark.column + 1)
    if node.tag and not str(node.tag).startswith(_STANDARD_TAGS):
        problems.append(Problem(place, "eigen-tag", {"tag": str(node.tag)}))
    if isinstance(node, YamlMapping):
        return _convert_mapping(node, place, file, problems)
    if isinstance(node, YamlSequence):
        return SequenceNode(tuple(_convert(item, file, problems) for item in node.value), place)
    assert isinstance(node, YamlScalar)
    return ScalarNode(node.value, node.style is None, place)


def _convert_mapping(node: YamlMapping, place: Place, file: str, problems: list[Problem]) -> MappingNode:
    members: list[Member] = []
    seen: dict[str, Place] = {}
    for key_node, value_node in node.value:
        key_place = Place(file, key_node.start_mark.line + 1, key_node.start_mark.column + 1)
        if not isinstance(key_node, YamlScalar):
            problems.append(Problem(key_place, "sleutel-geen-tekst"))
            continue
        key = key_node.value
        if key in seen:
            problems.append(Problem(key_place, "dubbele-sleutel", {"key": key, "first": seen[key].line}))
            continue
        seen[key] = key_place
        members.append(Member(key, _convert(value_node, file, problems), key_place))
    return MappingNode(tuple(members), place)
