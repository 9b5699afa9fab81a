"""Reading a file: what was typed stays what was typed, and every refusal has its place."""

from __future__ import annotations

import pytest

from gehoor.loading.source.nodes import MappingNode, Node, ScalarNode
from gehoor.loading.source.yaml import read_yaml


def _plain(node: Node) -> object:
    if isinstance(node, ScalarNode):
        return node.text
    if isinstance(node, MappingNode):
        return {member.key: _plain(member.value) for member in node.members}
    return [_plain(item) for item in node.items]


def _told(content: bytes) -> list[tuple[int, int, str]]:
    problems = read_yaml(content, "bestand.yaml").problems
    return [(problem.place.line, problem.place.column, problem.code) for problem in problems]


@pytest.mark.parametrize(
    "typed", ["no", "ja", "12:30", "010", "1e3", "0x1F", "2026-03-27", "NaN", "~", "1_000", "+5"]
)
def test_what_was_typed_stays(typed: str) -> None:
    read = read_yaml(f"a: {typed}\nb: [{typed}]\n".encode(), "bestand.yaml")
    assert read.root
    assert _plain(read.root) == {"a": typed, "b": [typed]}
    assert read.problems == []


def test_a_byte_order_mark_and_windows_line_ends_are_fine() -> None:
    read = read_yaml(b"\xef\xbb\xbfa: 1\r\nb: 2\r\n", "bestand.yaml")
    assert read.root
    assert [(member.key, member.place.line) for member in read.root.members] == [("a", 1), ("b", 2)]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", [(1, 1, "leeg-bestand")]),
        (b"# niets\n", [(1, 1, "leeg-bestand")]),
        (b"los woord\n", [(1, 1, "leeg-bestand")]),
        (b"a: 1\na: 2\nb: 1\nb: 2\n", [(2, 1, "dubbele-sleutel"), (4, 1, "dubbele-sleutel")]),
        (b"a: \xff\n", [(1, 4, "geen-utf8")]),
        (b"\xff\xfea\x00:\x00", [(1, 1, "geen-utf8")]),
        (b"a: 1\n\tb: 2\n", [(2, 1, "tab-als-inspringing")]),
        (b"a: 'b\n", [(1, 4, "aanhalingsteken-open")]),
        (b'a: "\\U00110000"\n', [(1, 1, "yaml-fout")]),
        (b'a:\n  - "\\ud800"\n', [(2, 5, "verborgen-teken")]),
        (b'"\\u202e": 1\n', [(1, 1, "verborgen-teken")]),
        ("a: x\u2028y\n".encode(), [(1, 5, "verborgen-teken")]),
        (b"a: x\rb: \x00", [(2, 4, "verborgen-teken")]),
        (b"%YAML 9.9\n---\na: 1\n", [(1, 1, "yaml-fout")]),
        (b"a: !!python/object:os.system x\n", [(1, 4, "eigen-tag")]),
        (b"a: 1\nb: [!" + b"x" * 300 + b"]\n", [(2, 5, "eigen-tag")]),
        (b"a: !mijn x\nb: !!str y\n", [(1, 4, "eigen-tag"), (2, 4, "eigen-tag")]),
        (b"<<: &x {a: 1}\n", [(1, 5, "geen-verwijzingen")]),
    ],
)
def test_refusals(content: bytes, told: list[tuple[int, int, str]]) -> None:
    assert _told(content) == told
