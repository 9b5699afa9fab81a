"""Conditions of XLSForm as conditions of ours: as much of XPath as says the same here.

What is translated means the same for every set of answers, also where something is not answered: an unanswered question
is an empty text there. What is not sure to, is refused, and told by whoever asks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

_TOKEN: Final = re.compile(
    r"\s*(?:(?P<ref>\$\{[^{}]{1,200}\})|(?P<text>'[^']*'|\"[^\"]*\")|(?P<number>-?\d+(?:\.\d+)?)"
    r"|(?P<sign><=|>=|!=|=|<|>|\(|\)|,|\.(?!\d))|(?P<word>[A-Za-z_][\w.:-]*(?:\(\))?))"
)
_LONGEST: Final = 2_000
_DEEPEST: Final = 20
_COMPARISONS: Final = {"<": "less-than", "<=": "at-most", ">": "more-than", ">=": "at-least"}
_TURNED: Final = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}
_NUMBERS: Final = ("integer", "number")


class UntranslatableError(ValueError):
    """A condition says something that ours cannot. ``what``: the part of it."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that a condition may ask: what it is called here, its kind (``text``, ``integer``, ``number``,
    ``choice``, ``choices``, ``boolean`` or ``other``), and what its codes there are here."""

    name: str
    kind: str
    codes: Mapping[str, str] = field(default_factory=dict)


def translated(text: str, known: Mapping[str, Asked]) -> dict[str, Any]:
    """Return a condition in canonical words. ``known``: the questions, by what they are called there. Raises
    ``UntranslatableError``."""
    reader = _Reader(_tokens(text), known)
    found = reader.either(0)
    if reader.left:
        raise UntranslatableError(reader.left)
    return found


def _tokens(text: str) -> list[tuple[str, str]]:
    if len(text) > _LONGEST:
        raise UntranslatableError(f"{text[:40]}...")
    found, place = [], 0
    text = text.strip()
    while place < len(text):
        match = _TOKEN.match(text, place)
        if match is None or match.end() == place:
            raise UntranslatableError(text[place : place + 40])
        kind = str(match.lastgroup)
        found.append((kind, match[kind]))
        place = match.end()
    return found


class _Reader:
    """Reads a condition from left to right."""

    def __init__(self, tokens: list[tuple[str, str]], known: Mapping[str, Asked]) -> None:
        self._tokens, self._known, self._at = tokens, known, 0

    @property
    def left(self) -> str:
        return " ".join(text for _, text in self._tokens[self._at :])[:40]

    def either(self, depth: int) -> dict[str, Any]:
        return self._joined("or", "any-of", self._both, depth)

    def _both(self, depth: int) -> dict[str, Any]:
        return self._joined("and", "all-of", self._one, depth)

    def _joined(
        self, word: str, keyword: str, part: Callable[[int], dict[str, Any]], depth: int
    ) -> dict[str, Any]:
        if depth > _DEEPEST:
            raise UntranslatableError(self.left)
        found = [part(depth)]
        while self._take("word", word):
            found.append(part(depth))
        return found[0] if len(found) == 1 else {keyword: found}

    def _one(self, depth: int) -> dict[str, Any]:
        if self._take("sign", "("):
            found = self.either(depth + 1)
            self._need("sign", ")")
            return found
        if self._take("word", "not"):
            self._need("sign", "(")
            found = self.either(depth + 1)
            self._need("sign", ")")
            return {"none-of": [found]}
        if self._take("word", "selected"):
            return self._selected()
        return self._comparison()

    def _selected(self) -> dict[str, Any]:
        self._need("sign", "(")
        asked = self._asked(self._need("ref"))
        self._need("sign", ",")
        code = self._need("text")[1:-1]
        self._need("sign", ")")
        if asked.kind not in ("choice", "choices"):
            raise UntranslatableError(f"selected({asked.name})")
        return {asked.name: self._code(asked, code)}

    def _comparison(self) -> dict[str, Any]:
        left = self._value()
        sign = self._need("sign")
        if sign not in _TURNED:
            raise UntranslatableError(sign)
        right = self._value()
        if left[0] != "ref":
            left, right, sign = right, left, _TURNED[sign]
        if left[0] != "ref" or right[0] == "ref":
            raise UntranslatableError(f"{left[1]} {sign} {right[1]}")
        return self._compared(self._asked(left[1]), sign, right)

    def _compared(self, asked: Asked, sign: str, right: tuple[str, str]) -> dict[str, Any]:
        kind, said = right
        text = said[1:-1] if kind == "text" else said
        if not text and sign in ("=", "!="):
            return {asked.name: {"filled": sign == "!="}}
        if not _compares_alike(asked, sign, right):
            raise UntranslatableError(f"{asked.name} {sign} {said}")
        if asked.kind in _NUMBERS and _is_number(text):
            number = float(text) if "." in text else int(text)
            if asked.kind == "integer" and not isinstance(number, int):
                raise UntranslatableError(said)
            equal: dict[str, Any] = {asked.name: number}
            if sign in ("=", "!="):
                return equal if sign == "=" else {"none-of": [equal]}
            return {asked.name: {_COMPARISONS[sign]: number}}
        if sign not in ("=", "!=") or asked.kind not in ("choice", "text"):
            raise UntranslatableError(f"{asked.name} {sign} {said}")
        same = {asked.name: self._code(asked, text) if asked.kind == "choice" else text}
        return same if sign == "=" else {"none-of": [same]}

    def _code(self, asked: Asked, code: str) -> str:
        if code not in asked.codes:
            raise UntranslatableError(f"{asked.name} = {code}")
        return asked.codes[code]

    def _asked(self, ref: str) -> Asked:
        name = ref[2:-1].strip()
        if name not in self._known:
            raise UntranslatableError(ref)
        return self._known[name]

    def _value(self) -> tuple[str, str]:
        if self._at < len(self._tokens) and self._tokens[self._at][0] in ("ref", "text", "number"):
            self._at += 1
            return self._tokens[self._at - 1]
        raise UntranslatableError(self.left or "(leeg)")

    def _take(self, kind: str, text: str) -> bool:
        if self._at < len(self._tokens) and self._tokens[self._at] == (kind, text):
            self._at += 1
            return True
        return False

    def _need(self, kind: str, text: str = "") -> str:
        if self._at < len(self._tokens):
            there, said = self._tokens[self._at]
            if there == kind and text in ("", said):
                self._at += 1
                return said
        raise UntranslatableError(self.left or "(leeg)")


def _compares_alike(asked: Asked, sign: str, right: tuple[str, str]) -> bool:
    """Say whether XPath holds an answer against this as we do: against a number it reads each as a number (05 and 5.0
    are 5), against a text as what somebody typed."""
    kind, said = right
    if kind == "number":
        if asked.kind != "choice":
            return asked.kind != "text"
        # Of codes that are the same number, each would be it.
        return sum(_is_number(one) and float(one) == float(said) for one in asked.codes) == (
            said in asked.codes
        )
    text = said[1:-1]
    if asked.kind in _NUMBERS and sign in ("=", "!="):
        return not text or (asked.kind == "integer" and text == str(int(text)) if text.isdecimal() else False)
    # Nobody knows whether spaces around an answer stay.
    return asked.kind != "text" or text == text.strip()


def _is_number(text: str) -> bool:
    return re.fullmatch(r"-?\d{1,15}(\.\d{1,6})?", text) is not None


_BOUND: Final = re.compile(r"\s*\.\s*(?P<sign><=|>=|<|>)\s*(?P<value>-?\d+(?:\.\d+)?)\s*")
_DAY: Final = re.compile(r"\s*\.\s*(?P<sign><=|>=|<|>)\s*today\(\)\s*")
_LENGTH: Final = re.compile(r"\s*string-length\(\s*\.\s*\)\s*(?P<sign><=|>=|<|>|=)\s*(?P<value>\d{1,6})\s*")
_PATTERN: Final = re.compile(r"\s*regex\(\s*\.\s*,\s*(?P<text>'[^']*'|\"[^\"]*\")\s*\)\s*")
_AND: Final = re.compile(r"\band\b")


def bounds(text: str, kind: str) -> dict[str, Any]:
    """Return what a constraint says as keywords of a field: the least and the most, lengths, a pattern, or a day that
    is not after today. Raises ``UntranslatableError``."""
    found: dict[str, Any] = {}
    if len(text) > _LONGEST:
        raise UntranslatableError(f"{text[:40]}...")
    whole = _PATTERN.fullmatch(text)
    for part in [text] if whole else _AND.split(text):
        said = _bound(part.strip().removeprefix("(").removesuffix(")") if _is_wrapped(part) else part, kind)
        if said.keys() & found.keys():
            raise UntranslatableError(part.strip()[:40])
        found |= said
    return found


def _is_wrapped(part: str) -> bool:
    text = part.strip()
    return text.startswith("(") and text.endswith(")") and text.count("(") == 1


def _bound(part: str, kind: str) -> dict[str, Any]:
    if (match := _BOUND.fullmatch(part)) and kind in _NUMBERS:
        number = float(match["value"]) if "." in match["value"] else int(match["value"])
        keywords = {"<=": "maximum", ">=": "minimum", "<": "exclusiveMaximum", ">": "exclusiveMinimum"}
        return {keywords[match["sign"]]: number}
    if (match := _DAY.fullmatch(part)) and kind == "date" and match["sign"] in ("<=", ">="):
        return {"not-after" if match["sign"] == "<=" else "not-before": "today"}
    if (match := _LENGTH.fullmatch(part)) and kind == "text":
        least, most = {"=": (0, 0), "<=": (None, 0), "<": (None, -1), ">=": (0, None), ">": (1, None)}[
            match["sign"]
        ]
        value = int(match["value"])
        said = {"minLength": least, "maxLength": most}
        return {name: value + more for name, more in said.items() if more is not None and value + more >= 0}
    if (match := _PATTERN.fullmatch(part)) and kind == "text":
        return {"pattern": match["text"][1:-1]}
    raise UntranslatableError(part.strip()[:40])
