"""Where the words of a file begin and end in its text, so that one can be replaced and the rest stays as it is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ruamel.yaml import YAML
from ruamel.yaml.events import ScalarEvent

from gehoor.core.text.problems import Place

_QUOTES = "\"'"
_BLOCKS = "|>"


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """A piece of text, and what comes in its place."""

    start: int
    end: int
    text: str


class Tokens:
    """The single values and keys of a text, by the place where they begin."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._spans: dict[tuple[int, int], tuple[int, int]] = {}
        self._starts: dict[tuple[int, int], int] = {}
        for event in YAML(typ="safe", pure=True).parse(text):
            mark = event.start_mark
            self._starts[mark.line + 1, mark.column + 1] = mark.index
            if isinstance(event, ScalarEvent) and event.end_mark.index > mark.index:
                self._spans[mark.line + 1, mark.column + 1] = (mark.index, event.end_mark.index)

    def start_of(self, place: Place) -> int:
        """Return the position in the text of a place where something begins."""
        return self._starts[place.line, place.column]

    def reworded(self, place: Place, old: str, new: str) -> Edit | None:
        """Return the edit that writes another word at a place, with the same quotes; None when it is that word."""
        if old == new:
            return None
        start, end = self._spans[place.line, place.column]
        raw = self.text[start:end]
        if raw[0] in _QUOTES:
            return Edit(start, end, f"{raw[0]}{new}{raw[0]}")
        if raw[0] in _BLOCKS:
            return Edit(start, end, raw.replace(old.strip(), new, 1))
        return Edit(start, end, new)

    def substituted(self, place: Place, pattern: re.Pattern[str], words: dict[str, str]) -> Iterable[Edit]:
        """Give an edit for each match of a pattern in the value at a place of which group 1 has another word."""
        start, end = self._spans[place.line, place.column]
        for match in pattern.finditer(self.text, start, end):
            if match[1] in words:
                yield Edit(match.start(1), match.end(1), words[match[1]])


def edited(text: str, edits: Iterable[Edit]) -> str:
    """Return a text with edits made, which do not overlap."""
    parts, done = [], 0
    for edit in sorted(edits):
        parts += [text[done : edit.start], edit.text]
        done = edit.end
    return "".join([*parts, text[done:]])
