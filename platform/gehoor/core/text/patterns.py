"""What a pattern (a regular expression as RE2 reads it) asks: how long what fits is, and whether it is no mask."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby
from typing import Final, TypeAlias

Length: TypeAlias = tuple[int, int | None]
"""The fewest and the most signs; None: no end."""

_TIMES: Final = re.compile(r"[*+?]\??|\{(\d+)(,?)(\d*)\}\??")
_GROUP: Final = re.compile(r"\((?:\?(?:P?<\w+>|[imsU-]*:)|(?!\?))")
_CLASS: Final = re.compile(r"\[\^?\]?(?:\\.|\[:\^?\w+:\]|[^\]\\])*\]")
_NO_WIDTH: Final = ("^", "$", r"\b", r"\B", r"\A", r"\z")
_ESCAPED: Final = re.compile(r"\\(?:[pP](?:\{\^?\w+\}|\w)|x[0-9A-Fa-f]{2}|x\{[0-9A-Fa-f]+\}|[^QEC])")
_LONGEST: Final = 1000
_DEEPEST: Final = 50
"""Groups in groups, so deep."""
_MASK: Final = re.compile(r"\^?(?P<mask>[A-Za-z0-9#][A-Za-z0-9#./ -]{2,})\$?\Z")
_LETTERS: Final = re.compile(r"[A-Z]{2}|[A-Z]+[#./ -]*[0-9]|[0-9#]{2}|#")


def lengths(pattern: str) -> Length | None:
    """Return how long a text is that fits a pattern, counted where it fits; None when we cannot tell.

    The most is only told of a pattern that is held against the whole text (``^...$``).
    """
    if len(pattern) > _LONGEST:
        return None
    try:
        reader = _Reader(pattern)
        least, most = reader.alternatives()
    except ValueError:
        return None
    whole = pattern.startswith("^") and pattern.endswith("$") and not reader.split_at_top
    return (least, most if whole else None) if reader.at == len(pattern) else None


def pattern_of_mask(pattern: str) -> str | None:
    """Return the pattern that was meant with a mask, such as ``AA-9999``, in which letters and digits stand for
    themselves; None for what is no mask."""
    found = _MASK.match(pattern) if len(pattern) <= _LONGEST else None
    if not found or not _LETTERS.search(found["mask"]):
        return None
    parts = (_repeated(kind, len([*signs])) for kind, signs in groupby(found["mask"], _kind))
    return f"^{''.join(parts)}$"


def _kind(sign: str) -> str:
    if sign.isdigit() or sign == "#":
        return "[0-9]"
    return ("[a-z]" if sign.islower() else "[A-Z]") if sign.isalpha() else sign.replace(".", r"\.")


def _repeated(kind: str, count: int) -> str:
    return kind if count == 1 else f"{kind}{{{count}}}"


@dataclass
class _Reader:
    """Reads a pattern from left to right. Raises ``ValueError`` at what it does not know."""

    pattern: str
    at: int = 0
    split_at_top: bool = False
    _deep: int = 0

    def alternatives(self) -> Length:
        found = [self._sequence()]
        while self.pattern.startswith("|", self.at):
            self.split_at_top = self.split_at_top or self._deep == 0
            self.at += 1
            found.append(self._sequence())
        most = [one for _, one in found if one is not None]
        return min(least for least, _ in found), max(most) if len(most) == len(found) else None

    def _sequence(self) -> Length:
        least = 0
        most: int | None = 0
        while self.at < len(self.pattern) and self.pattern[self.at] not in "|)":
            one_least, one_most = self._repeated(self._one())
            least += one_least
            most = None if most is None or one_most is None else most + one_most
        return least, most

    def _repeated(self, one: Length) -> Length:
        found = _TIMES.match(self.pattern, self.at)
        if not found:
            return one
        self.at = found.end()
        fewest, often = _times(found)
        least, most = one
        return least * fewest, None if most is None or (often is None and most) else most * (often or 0)

    def _one(self) -> Length:
        pattern, at = self.pattern, self.at
        if pattern[at] == "(":
            return self._group()
        if pattern.startswith(_NO_WIDTH, at):
            self.at += 1 if pattern[at] in "^$" else 2
            return 0, 0
        found = (_CLASS if pattern[at] == "[" else _ESCAPED).match(pattern, at)
        if pattern[at] in "[\\" and not found:
            raise ValueError(pattern)
        self.at = found.end() if found else at + 1
        return 1, 1

    def _group(self) -> Length:
        found = _GROUP.match(self.pattern, self.at)
        if found is None or self._deep > _DEEPEST:
            raise ValueError(self.pattern)
        self.at = found.end()
        self._deep += 1
        inside = self.alternatives()
        self._deep -= 1
        if not self.pattern.startswith(")", self.at):
            raise ValueError(self.pattern)
        self.at += 1
        return inside


def _times(found: re.Match[str]) -> Length:
    sign = found[0][0]
    if sign != "{":
        return {"*": (0, None), "+": (1, None), "?": (0, 1)}[sign]
    fewest = int(found[1])
    return fewest, (int(found[3]) if found[3] else None) if found[2] else fewest
