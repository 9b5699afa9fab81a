"""One line of YAML, and the ways to write it that its author may have meant."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

_VALUE: Final = re.compile(
    r"^(?P<head>[ ]*(?:- +)*(?:(?:[^\s#:'\"{\[-][^:#]*|\"[^\"]*\"|'[^']*'):[ ]+|(?<=- )))(?P<value>[^\s#].*?)\s*$"
)
"""What leads to a value (dashes, a key) and the value: all that follows on the line."""
_NO_SPACE: Final = re.compile(r"^(?P<lead>[ ]*(?:- +)*[\w$][\w$-]*):(?P<rest>[^\s/:].*)$")
_NO_SPACE_AT_DASH: Final = re.compile(r"^(?P<lead>[ ]*)-(?P<rest>[^\s-].*)$")
_NO_COLON: Final = re.compile(r"^(?P<lead>[ ]*(?:- +)*)(?P<key>[\w$][\w$-]*)(?: *=|(?= )|;)(?P<rest>[^:]*)$")
_ONLY_WORD: Final = re.compile(r"^(?P<lead>[ ]*(?:- +)*)(?P<key>[a-z$][\w$ -]*)$")
_IN_BRACES: Final = re.compile(r"(?<=: )(?P<value>[^,{}\[\]\"']*: [^,{}\[\]\"']*)(?=[,}])")
_HARD_SPACES: Final = re.compile(r"^[ \u00a0\u202f]*(?:-[ \u00a0\u202f]+)*|(?<=:)[\u00a0\u202f]+")
_APOSTROPHE: Final = re.compile(r"'[stnkmr]\b")
_ODD_DASH: Final = re.compile(
    r"^(?P<lead>[ ]*)[\u2013\u2014\u2022\u00b7\u25aa*](?:[ \t\u00a0])+(?P<rest>\S.*)$"
)
_COLOR: Final = re.compile(r"(?<=: )#[0-9a-fA-F]{3,6}\b")
_CLOSING: Final = {"{": "}", "[": "]"}
_AFTER_BRACES: Final = re.compile(r"[\s}\],]*$")
_PAIR: Final = 2
_NEAR: Final = 15
"""How many lines above say how far a line may be indented."""


@dataclass(frozen=True, slots=True)
class Repair:
    """A line as it may have been meant: the code of what was wrong with it, and at which column (from 0)."""

    code: str
    right: str
    column: int
    details: Mapping[str, Any] = field(default_factory=dict)


def quoted(text: str) -> str:
    """Return a text between quotes, as YAML and people read it."""
    return f'"{text}"' if '"' not in text and "\\" not in text else "'" + text.replace("'", "''") + "'"


def _hard_spaces(lines: Sequence[str], number: int) -> Iterator[Repair]:
    line = lines[number]
    right = _HARD_SPACES.sub(lambda found: found[0].replace("\u00a0", " ").replace("\u202f", " "), line)
    if right != line:
        column = next(at for at, (old, new) in enumerate(zip(line, right, strict=True)) if old != new)
        yield Repair("verborgen-teken", right, column, {"sign": f"U+{ord(line[column]):04X}"})


def _open_quote(lines: Sequence[str], number: int) -> Iterator[Repair]:
    line = lines[number]
    opened = _opened(line)
    if opened is None:
        return
    sign = line[opened]
    if sign == "'" and _APOSTROPHE.match(line, opened):
        # 's Avonds: the sign is no quote, but part of the word.
        yield Repair("aanhalingstekens-nodig", line[:opened] + quoted(line[opened:].rstrip()), opened)
    yield Repair("aanhalingsteken-open", line.rstrip() + sign, opened)
    end = _AFTER_BRACES.search(line)
    if end and end.start() < len(line.rstrip()):
        yield Repair("aanhalingsteken-open", line[: end.start()] + sign + line[end.start() :], opened)


def _opened(line: str) -> int | None:
    """Return where a quote opens that does not close on the line."""
    opened, before = None, ":"
    for at, sign in enumerate(line):
        if opened is None:
            if sign in "\"'" and before in ":,[{-":
                opened = at
            elif sign == "#" and (at == 0 or line[at - 1] == " "):
                break
        elif sign == line[opened] and not (sign == '"' and line[at - 1] == "\\"):
            opened = None
        if not sign.isspace():
            before = sign
    return opened


def _spaces(lines: Sequence[str], number: int) -> Iterator[Repair]:
    line = lines[number]
    if found := _NO_SPACE.match(line):
        yield Repair("spatie-ontbreekt", f"{found['lead']}: {found['rest']}", found.end("lead"))
    if found := _NO_SPACE_AT_DASH.match(line):
        yield Repair("spatie-ontbreekt", f"{found['lead']}- {found['rest']}", found.end("lead"))


def _signs(lines: Sequence[str], number: int) -> Iterator[Repair]:
    """A dash, dot or colon of a word processor, where an ordinary one is meant."""
    line = lines[number]
    if found := _ODD_DASH.match(line):
        yield Repair("ander-streepje", f"{found['lead']}- {found['rest']}", found.end("lead"))
    if (at := line.find("\uff1a")) >= 0:
        yield Repair("ander-streepje", f"{line[:at]}: {line[at + 1 :].lstrip()}", at)


def _color(lines: Sequence[str], number: int) -> Iterator[Repair]:
    line = lines[number]
    right = _COLOR.sub(lambda found: f'"{found[0]}"', line)
    if right != line:
        yield Repair("aanhalingstekens-nodig", right, line.index("#"))


def _odd_one_out(lines: Sequence[str], number: int) -> Iterator[Repair]:
    """A line that is indented otherwise than the one above and the one below, which agree."""
    filled = [at for at in range(number + 1) if lines[at].strip()]
    if len(filled) < _PAIR or not _is_odd(lines, number):
        return
    line = lines[number].strip()
    own, width = _width(lines[number]), _width(lines[filled[-2]])
    # Where lines are indented in turn, the one that begins too far to the left is what went wrong.
    if own < width or not _is_odd(lines, filled[-2]):
        yield Repair("springt-verkeerd-in", " " * width + line, own, {"own": own, "wanted": width})


def _is_odd(lines: Sequence[str], number: int) -> bool:
    above = next((one for one in reversed(lines[:number]) if one.strip()), "")
    below = next((one for one in lines[number + 1 :] if one.strip()), "")
    agreed = _width(above) == _width(below) != _width(lines[number])
    return agreed and not lines[number].strip().startswith("-")


def _width(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _quotes(lines: Sequence[str], number: int) -> Iterator[Repair]:
    line = lines[number]
    right = _IN_BRACES.sub(lambda found: quoted(found["value"]), line)
    if right != line:
        yield Repair("aanhalingstekens-nodig", right, len(line) - len(line.lstrip()))
    found = _VALUE.match(line)
    if not found or found["value"][0] in "{[|>":
        return
    value = found["value"]
    if value[0] in "\"'\u201c\u201d\u201e\u2018\u2019" and len(value) > 1:
        inner = value[1:-1] if value[-1] in "\"'\u201c\u201d\u2019" else ""
        if inner:
            yield Repair("aanhalingstekens-nodig", found["head"] + quoted(inner), found.start("value"))
    yield Repair("aanhalingstekens-nodig", found["head"] + quoted(value), found.start("value"))


def _braces(lines: Sequence[str], number: int) -> Iterator[Repair]:
    line = lines[number]
    open_, bare = [], re.sub(r"\"[^\"]*\"|'[^']*'", lambda found: "x" * len(found[0]), line)
    for at, sign in enumerate(bare):
        if sign in _CLOSING:
            open_.append(at)
        elif sign in "}]" and open_ and _CLOSING[bare[open_[-1]]] == sign:
            open_.pop()
        elif sign in "}]":
            yield Repair("haakje-klopt-niet", line[:at] + line[at + 1 :], at)
            if open_:
                right = line[:at] + _CLOSING[bare[open_[-1]]] + line[at + 1 :]
                yield Repair("haakje-klopt-niet", right, at)
            return
    if open_:
        closing = "".join(_CLOSING[bare[at]] for at in reversed(open_))
        yield Repair("haakje-klopt-niet", line.rstrip().removesuffix(",") + closing, open_[-1])


def _text_with_braces(lines: Sequence[str], number: int) -> Iterator[Repair]:
    found = _VALUE.match(lines[number])
    if found and found["value"][0] in "{[":
        yield Repair("aanhalingstekens-nodig", found["head"] + quoted(found["value"]), found.start("value"))


def _colon(lines: Sequence[str], number: int) -> Iterator[Repair]:
    line = lines[number]
    if found := _NO_COLON.match(line):
        right = f"{found['lead']}{found['key']}: {found['rest'].strip()}"
        yield Repair("dubbele-punt-ontbreekt", right, found.end("key"))
    if found := _ONLY_WORD.match(line.rstrip()):
        yield Repair("dubbele-punt-ontbreekt", f"{line.rstrip()}:", found.end("key"))


def _indent(lines: Sequence[str], number: int) -> Iterator[Repair]:
    line = lines[number]
    typed = line.strip()
    if not typed or typed.startswith("#"):
        return
    own = len(line) - len(line.lstrip(" "))
    above = [one for one in lines[max(0, number - _NEAR) : number] if one.strip()]
    widths = {len(one) - len(one.lstrip(" ")) for one in above} | {0}
    widths |= {width + 2 for width in widths}
    for width in sorted(widths - {own}, key=lambda width: (abs(width - own), width)):
        yield Repair("springt-verkeerd-in", " " * width + typed, own, {"own": own, "wanted": width})


REPAIRS: Final[tuple[tuple[Callable[[Sequence[str], int], Iterator[Repair]], bool], ...]] = (
    (_hard_spaces, True),
    (_open_quote, True),
    (_spaces, False),
    (_signs, False),
    (_color, False),
    (_odd_one_out, False),
    (_quotes, False),
    (_braces, True),
    (_text_with_braces, False),
    (_colon, False),
    (_indent, False),
)
"""The ways to mend a line, what is most certain first; and whether what is wrong may show only many lines lower."""
