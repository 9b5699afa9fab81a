"""Writing a value the way people write it in these files: quotes only where they are needed, in the style around it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from gehoor.loading.editing.spans import Group, Scalar, Spanned
from gehoor.loading.source.text import hidden_in

INDENT: Final = 2
_WIDEST: Final = 110
"""What fits on a line of this many signs is written on one line."""
_SAFE: Final = re.compile(r"[^\W\d_](?:[\w ./()'+%&;,?!-]*[\w.)%!?])?|\d+ [^\W\d_][\w ]*\w|\d{4}-\d\d-\d\d")
"""What needs no quotes on a line of its own: words, a number and words, a day."""
_MEANS_MORE: Final = re.compile(
    r"[-+]?[\d.][\d._]*(?:[eE][-+]?\d+)?|0[xo][\da-f]+|true|false|yes|no|on|off|null|ja|nee|oui|non|y|n|~|",
    re.IGNORECASE,
)
"""What is read as something else than a text where it has no quotes, here or by other readers of YAML."""


@dataclass(frozen=True, slots=True)
class Word:
    """A number, yes or no, or a word of the language of the files: it is written without quotes."""

    text: str


Value: TypeAlias = "str | Word | Sequence[Value] | Mapping[str, Value]"


@dataclass(frozen=True, slots=True)
class Style:
    """How a file is written. ``newline``: what ends a line; ``is_json``: keys and texts always have quotes."""

    newline: str = "\n"
    is_json: bool = False

    @classmethod
    def of(cls, text: str) -> Style:
        """Return the style of a text."""
        return cls("\r\n" if "\r\n" in text else "\n", text.lstrip("\ufeff \r\n").startswith("{"))


def scalar_text(value: str | Word, style: Style, quote: str = "", *, flow: bool = True) -> str:
    """Return a single value as it is written on one line. ``quote``: the quote that stood there, which stays."""
    if isinstance(value, Word):
        return value.text
    if style.is_json or _needs_escapes(value):
        return json.dumps(value, ensure_ascii=False)
    if quote == "'":
        return "'" + value.replace("'", "''") + "'"
    safe = _SAFE.fullmatch(value) and not means_more(value)
    if quote == '"' or not safe or (flow and _breaks_flow(value)):
        return json.dumps(value, ensure_ascii=False)
    return value


def flow_text(value: Value, style: Style) -> str:
    """Return a value on one line, groups between braces and lists between brackets."""
    if isinstance(value, str | Word):
        return scalar_text(value, style)
    if isinstance(value, Mapping):
        inner = ", ".join(f"{scalar_text(key, style)}: {flow_text(one, style)}" for key, one in value.items())
        return f"{{{inner}}}"
    return f"[{', '.join(flow_text(one, style) for one in value)}]"


def block_text(value: Value, style: Style, column: int) -> str:
    """Return what follows ``key:`` for a value: on the same line where it fits, else below, indented from ``column``,
    which is where the key begins."""
    if isinstance(value, str) and "\n" in value and not _needs_escapes(value):
        return f" {literal_text(value, style, column + INDENT)}"
    if isinstance(value, str | Word):
        return f" {scalar_text(value, style, flow=False)}"
    short = flow_text(value, style)
    nested = any(not isinstance(one, str | Word) for one in _parts(value))
    if style.is_json or not value or (len(short) + column < _WIDEST and not nested and _fits(value)):
        return f" {short}"
    return style.newline + block_lines(value, style, column + INDENT)


def block_lines(value: Value, style: Style, column: int) -> str:
    """Return a group or list line by line, from ``column``, without the end of the last line."""
    blank = " " * column
    if isinstance(value, Mapping):
        return style.newline.join(
            f"{blank}{scalar_text(key, style)}:{block_text(one, style, column)}" for key, one in value.items()
        )
    assert not isinstance(value, str | Word)
    return style.newline.join(f"{blank}-{item_text(one, style, column)}" for one in value)


def item_text(value: Value, style: Style, column: int) -> str:
    """Return what follows the dash of an item, which stands in ``column``."""
    if isinstance(value, str) and "\n" in value and not _needs_escapes(value):
        return f" {literal_text(value, style, column + INDENT)}"
    short = flow_text(value, style)
    nested = not isinstance(value, str | Word) and any(
        not isinstance(one, str | Word) for one in _parts(value)
    )
    if isinstance(value, str | Word) or not value or (len(short) + column < _WIDEST and not nested):
        return f" {scalar_text(value, style, flow=False) if isinstance(value, str | Word) else short}"
    return " " + block_lines(value, style, column + INDENT).lstrip(" ")


def literal_text(value: str, style: Style, column: int) -> str:
    """Return a text of several lines below a ``|``."""
    body = value.rstrip("\n")
    ends = len(value) - len(body)
    chomping = {0: "-", 1: ""}.get(ends, "+")
    hint = str(INDENT) if body.startswith((" ", "\n")) else ""
    blank = " " * column
    lines = [f"{blank}{line}" if line else "" for line in body.split("\n")]
    return style.newline.join([f"|{hint}{chomping}", *lines, *[""] * max(0, ends - 1)])


def value_of(node: Spanned) -> Value:
    """Return the value that stands in a file. What has no quotes and could be more than a text is a ``Word``."""
    if isinstance(node, Scalar):
        return Word(node.text) if not node.style and means_more(node.text) else node.text
    if isinstance(node, Group):
        return {one.key.text: value_of(one.value) for one in node.members}
    return [value_of(one) for one in node.items]


def means_more(text: str) -> bool:
    """Say whether a text without quotes would be a number, yes, no or nothing."""
    return _MEANS_MORE.fullmatch(text) is not None


def same(one: Value, other: Value) -> bool:
    """Say whether two values are read alike."""
    if isinstance(one, str | Word) or isinstance(other, str | Word):
        return _plain(one) == _plain(other)
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return list(one) == list(other) and all(same(one[key], other[key]) for key in one)
    if isinstance(one, Mapping) or isinstance(other, Mapping):
        return False
    return len(one) == len(other) and all(map(same, one, other))


def _plain(value: Value) -> object:
    return value.text if isinstance(value, Word) and not means_more(value.text) else value


def _fits(value: Value) -> bool:
    """Say whether a group of single values is usually written on one line: a list is, a group of more is not."""
    return not isinstance(value, Mapping) or len(value) <= 3


def _parts(value: Value) -> list[Value]:
    assert not isinstance(value, str | Word)
    return list(value.values() if isinstance(value, Mapping) else value)


def _needs_escapes(value: str) -> bool:
    return "\r" in value or hidden_in(value.replace("\n", "")) is not None or "\t" in value


def _breaks_flow(value: str) -> bool:
    return any(sign in value for sign in ",[]{}")
