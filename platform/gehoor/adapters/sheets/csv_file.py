"""CSV as people have it: with semicolons, commas or tabs, in UTF-8, UTF-16 or what Windows wrote before."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Final

from gehoor.adapters.sheets.limits import LONGEST_CELL, MOST_COLUMNS, MOST_ROWS, SheetRefusedError
from gehoor.core.exchange.cells import Cell, CellFault

_MARKED: Final = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_SEPARATORS: Final = (";", ",", "\t", "|")
_LOOKED_AT: Final = 50


def csv_rows(content: bytes) -> Iterator[tuple[int, list[Cell]]]:
    """Give the rows of a file, each with its number from 1. Raises ``SheetRefusedError``."""
    text = _decoded(content)
    separator = _separator(text)
    # A field longer than a cell is told at its cell; what goes on for ever is no field.
    csv.field_size_limit(LONGEST_CELL * 4)
    try:
        for number, row in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=separator), start=1):
            if number > MOST_ROWS:
                raise SheetRefusedError("rows", most=MOST_ROWS)
            if len(row) > MOST_COLUMNS:
                raise SheetRefusedError("columns", most=MOST_COLUMNS)
            yield number, [CellFault("long") if len(one) > LONGEST_CELL else one or None for one in row]
    except csv.Error as error:
        raise SheetRefusedError("no-text") from error


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
