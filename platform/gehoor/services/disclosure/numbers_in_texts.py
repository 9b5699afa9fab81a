"""Numbers in a text for everybody that the public version of its report does not tell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from gehoor.core.figures.tables import FigureTable, Line

_NUMBER: Final = re.compile(r"(?<![\d.,:/-])\d{1,9}(?![.,:/-]?\d|[ \u00a0]?%)", re.ASCII)
"""A whole number: no part of a date, a time, an amount or a share."""
_POINT: Final = re.compile(r"^[ \t]*\d{1,2}[.)](?=\s)", re.ASCII | re.MULTILINE)
"""What stands before a point of a list."""


def small_numbers(text: str, least: int) -> tuple[int, ...]:
    """Return the numbers in a text that are below the least that the public is told, but for 0."""
    return tuple(one for one in _numbers(text) if 0 < one < least)


def hidden_numbers(
    text: str, tables: Iterable[FigureTable], public: Mapping[str, FigureTable]
) -> tuple[int, ...]:
    """Return the numbers in a text that tables hold and that the public is not told, in any of them. ``public``: those
    tables (by id) as they are told; one that is not among them is internal as it was agreed."""
    told = {
        number for one in public.values() for line in _lines(one) for number in (*line.counts, line.total)
    }
    hidden = {
        number
        for one in tables
        if one.id in public
        for line in _lines(one)
        for number in _not_told(line, {each.head.key: each for each in _lines(public[one.id])})
    }
    return tuple(one for one in _numbers(text) if one in hidden - told)


def _numbers(text: str) -> list[int]:
    return sorted({int(one) for one in _NUMBER.findall(_POINT.sub("", text))})


def _lines(table: FigureTable) -> tuple[Line, ...]:
    return (*table.lines, *([table.total] if table.total else []))


def _not_told(line: Line, public: Mapping[str, Line]) -> Iterator[int]:
    told = public.get(line.head.key)
    shown = told.counts if told else (None,) * len(line.counts)
    for number, one in zip((*line.counts, line.total), (*shown, told.total if told else None), strict=True):
        if one is None and number:
            yield number
