"""CSV as people have it: with semicolons, commas or tabs, in UTF-8, UTF-16 or what Windows wrote before."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from itertools import islice
from typing import Final

from gehoor.adapters.sheets.limits import LONGEST_CELL, MOST_COLUMNS, MOST_ROWS, SheetRefusedError
from gehoor.core.exchange.cells import Cell, CellFault

_MARKED: Final = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_SEPARATORS: Final = (";", ",", "\t", "|")
_LOOKED_AT: Final = 50
_MOST_LINES: Final = 500
"""So many lines a cell may have."""
_FEWEST_BETWEEN: Final = 2
"""With fewer separators in a row than this, a line of plain text may well have as many."""


def csv_rows(content: bytes) -> Iterator[tuple[int, list[Cell]]]:
    """Give the rows of a file, each with its number from 1. Raises ``SheetRefusedError``: also where quotes do not
    close, or seem to hold whole rows, which would be lost unseen."""
    text = _decoded(content)
    separator = _separator(text)
    # A field longer than a cell is told at its cell; what goes on for ever is no field.
    csv.field_size_limit(LONGEST_CELL * 4)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    number, widest = 0, 0
    while True:
        begins = reader.line_num + 1
        try:
            row = next(reader, None)
        except csv.Error as error:
            raise _refused(text, begins) from error
        if row is None:
            return
        number, widest = number + 1, max(widest, len(row))
        if number > MOST_ROWS:
            raise SheetRefusedError("rows", most=MOST_ROWS)
        if len(row) > MOST_COLUMNS:
            raise SheetRefusedError("columns", most=MOST_COLUMNS)
        if any(_holds_rows(one, separator, widest) for one in row):
            raise SheetRefusedError("swallowed", line=begins)
        yield number, [CellFault("long") if len(one) > LONGEST_CELL else one or None for one in row]


def _refused(text: str, begins: int) -> SheetRefusedError:
    """Return why a row that begins on this line (from 1) cannot be read: its quotes, or else that it is no text."""
    line = next(islice(io.StringIO(text, newline=""), begins - 1, None), "")
    return SheetRefusedError("quotes", line=begins) if '"' in line else SheetRefusedError("no-text")


def _holds_rows(cell: str, separator: str, columns: int) -> bool:
    """Say whether a cell seems to hold rows: more lines than somebody writes in one, or for each line as many
    separators as stand between columns. A quote too many takes in all that follows, up to the next. In plain text a
    space follows on a comma; in rows hardly ever."""
    breaks = cell.count("\n")
    if breaks == 0:
        return False
    separators = cell.count(separator) - cell.count(f"{separator} ")
    between = columns - 1
    return breaks > _MOST_LINES or (between >= _FEWEST_BETWEEN and separators >= between * breaks)


def _decoded(content: bytes) -> str:
    coding = next((name for mark, name in _MARKED if content.startswith(mark)), "")
    for name in (coding,) if coding else ("utf-8", "cp1252"):
        try:
            text = content.decode(name)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise SheetRefusedError("no-text")


def _separator(text: str) -> str:
    """Return what stands between cells: of the signs that are used for it, the one that gives most rows alike."""

    def alike(separator: str) -> tuple[int, int]:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        try:
            widths = [len(row) for row, _ in zip(rows, range(_LOOKED_AT), strict=False) if row]
        except csv.Error:
            return (0, 0)
        first = widths[0] if widths else 0
        return (widths.count(first) if first > 1 else 0, first)

    return max(_SEPARATORS, key=alike)
