"""Reading a sheet, whatever kind of file it is in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Final

from gehoor.adapters.sheets.csv_file import csv_rows
from gehoor.adapters.sheets.limits import LARGEST_FILE, SheetRefusedError
from gehoor.adapters.sheets.workbook import Workbook
from gehoor.core.exchange.cells import Cell, CellFault, Sheet, SheetRow, as_text, bare, plain_head

_ZIP: Final = b"PK\x03\x04"
_OLD: Final = b"\xd0\xcf\x11\xe0"


def read_sheet(content: bytes, wanted: str = "", head_row: int = 1) -> Sheet:
    """Return a sheet of a file: the one called so, or the first that one sees there. Empty rows are left out. Raises
    ``SheetRefusedError``."""
    if len(content) > LARGEST_FILE:
        raise SheetRefusedError("large")
    if not content.strip():
        raise SheetRefusedError("empty")
    if not content.startswith((_ZIP, _OLD)):
        return _sheet(csv_rows(content), head_row)
    book = Workbook(content)
    try:
        name = _chosen(book.names if wanted else book.seen, wanted)
        merged = tuple(("merged", {"cells": one}) for one in book.merged(name))
        sheet = _sheet(book.rows(name), head_row, merged, from_1904=book.from_1904)
        hidden = book.hidden(name)
        return replace(sheet, hidden=sum(one.number in hidden for one in sheet.rows))
    finally:
        book.close()


def read_sheets(content: bytes, names: Iterable[str]) -> dict[str, Sheet]:
    """Return those sheets of a workbook that are called so; what is not there, or holds nothing at all, is left out.
    Raises ``SheetRefusedError``, also for one whose first row names no columns."""
    if len(content) > LARGEST_FILE:
        raise SheetRefusedError("large")
    book = Workbook(content)
    try:
        there = {plain_head(one): one for one in book.names}
        found = {name: _rows_of(book, there[name]) for name in names if name in there}
        return {name: _named_sheet(name, rows) for name, rows in found.items() if rows}
    finally:
        book.close()


def _rows_of(book: Workbook, name: str) -> list[tuple[int, list[Cell]]]:
    """Return the rows of a sheet; none where nothing stands in any."""
    rows = list(book.rows(name))
    return rows if any(cell not in (None, "") for _, cells in rows for cell in cells) else []


def _named_sheet(name: str, rows: Iterable[tuple[int, list[Cell]]]) -> Sheet:
    try:
        return _sheet(rows, 1)
    except SheetRefusedError as error:
        if error.code == "no-heads":
            raise SheetRefusedError("no-first-row", sheet=name) from error
        raise


def _chosen(names: tuple[str, ...], wanted: str) -> str:
    found = [one for one in names if not wanted or plain_head(one) == plain_head(wanted)]
    if not found:
        raise SheetRefusedError("no-sheet", sheet=wanted, known=", ".join(names))
    return found[0]


def _sheet(
    rows: Iterable[tuple[int, list[Cell]]],
    head_row: int,
    problems: tuple[tuple[str, dict[str, Any]], ...] = (),
    *,
    from_1904: bool = False,
) -> Sheet:
    heads: tuple[str, ...] = ()
    found: list[SheetRow] = []
    wrong = [*problems]
    for number, cells in rows:
        if number < head_row:
            continue
        if number == head_row:
            heads, more = _heads(cells)
            wrong += more
        elif any(cell is not None and cell != "" for cell in cells):
            if any(cell not in (None, "") for cell in cells[len(heads) :]):
                wrong.append(("beyond", {"row": number}))
            named = {head: cell for head, cell in zip(heads, cells, strict=False) if head}
            found.append(SheetRow(number, {head: named.get(head) for head in heads if head}))
    if not any(heads):
        raise SheetRefusedError("no-heads", row=head_row)
    return Sheet(heads, tuple(found), from_1904, tuple(wrong))


def _heads(cells: list[Cell]) -> tuple[tuple[str, ...], list[tuple[str, dict[str, Any]]]]:
    """Return the names of columns, and what is wrong with them: two that are called the same cannot be told apart."""
    names = ["" if isinstance(one, CellFault) else " ".join(as_text(bare(one)).split()) for one in cells]
    seen: set[str] = set()
    wrong: list[tuple[str, dict[str, Any]]] = []
    for name in filter(None, names):
        if plain_head(name) in seen:
            wrong.append(("twice", {"column": name}))
        seen.add(plain_head(name))
    while names and not names[-1]:
        names.pop()
    return tuple(names), wrong
