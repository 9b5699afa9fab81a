"""Workbooks of Excel (.xlsx): looked at part by part before they are opened, and then read row by row.

A workbook is a zip of XML. What it says of its own size is not believed: each part is unpacked within bounds first,
and one that declares entities or a document type is made to do harm.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import zip_longest
from typing import Any, Final
from xml.parsers import expat

from gehoor.adapters.sheets.limits import (
    LARGEST_SHARED,
    LARGEST_UNPACKED,
    LONGEST_CELL,
    MOST_COLUMNS,
    MOST_PARTS,
    MOST_ROWS,
    SheetRefusedError,
)
from gehoor.core.exchange.cells import Cell, CellFault
from gehoor.core.exchange.number_formats import shown_number

_OLD: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How files of before, and ones with a password, begin."""
_BLOCK: Final = 1 << 16
_XML: Final = (".xml", ".rels", ".vml")
_SHARED: Final = "xl/sharedstrings.xml"
_DEEPEST: Final = 100
_READ: Final = frozenset(
    {
        "officeDocument",
        "worksheet",
        "chartsheet",
        "sharedStrings",
        "styles",
        "theme",
        "metadata",
        "externalLink",
    }
)
"""The last word of the types of what is read of a workbook: those are XML, and are called so."""
_SHEETS: Final = "spreadsheetml"
_TRUE: Final = ("1", "true")
_LAST_ROW: Final = 1_048_576
"""More rows no sheet of Excel has, empty ones with them."""
_ROW: Final = re.compile(r"[1-9][0-9]{0,8}", re.ASCII)
_PLACE: Final = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,8})")
"""Where a cell stands: its column and its row."""


@dataclass
class Looked:
    """What was seen in a workbook before it was opened: of each part, which cells of it are one (``A1:B3``), and which
    rows (from 1) nobody sees there."""

    merged: dict[str, list[str]] = field(default_factory=dict)
    hidden: dict[str, set[int]] = field(default_factory=dict)


def look(content: bytes) -> Looked:
    """Unpack each part within bounds and look at its XML. Raises ``SheetRefusedError``."""
    if content.startswith(_OLD):
        raise SheetRefusedError("locked" if b"E\0n\0c\0r\0y\0p\0t" in content else "old-workbook")
    found, left = Looked(), LARGEST_UNPACKED
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if len(packed.infolist()) > MOST_PARTS:
                raise SheetRefusedError("trick")
            names = [one.filename for one in packed.infolist()]
            if len(names) != len({name.casefold() for name in names}):
                raise SheetRefusedError("trick")
            for part in packed.infolist():
                with packed.open(part) as stream:
                    most = min(left, LARGEST_SHARED) if part.filename.lower() == _SHARED else left
                    left -= _looked_at(part.filename, stream, most, found)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        raise SheetRefusedError("no-workbook") from error
    return found


def _looked_at(name: str, stream: Any, most: int, found: Looked) -> int:
    parser = _parser(name, found) if name.lower().endswith(_XML) else None
    read = 0
    try:
        while block := stream.read(_BLOCK):
            read += len(block)
            if read > most:
                raise SheetRefusedError("large")
            if parser is not None:
                parser.Parse(block, False)
        if parser is not None:
            parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise SheetRefusedError("no-workbook") from error
    return read


def _parser(name: str, found: Looked) -> Any:
    parser = expat.ParserCreate()
    depth, order = 0, _Order()

    def refuse(*_: object) -> None:
        raise SheetRefusedError("trick")

    def begin(element: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST:
            raise SheetRefusedError("trick")
        called = element.rpartition(":")[2]
        if called == "mergeCell" and (cells := attributes.get("ref")):
            found.merged.setdefault(name, []).append(cells[:40])
        elif called in ("Relationship", "Override") and not _called_so(attributes):
            raise SheetRefusedError("trick")
        order.begin(called, attributes.get("r"))
        if called == "row" and attributes.get("hidden") in _TRUE and order.row:
            found.hidden.setdefault(name, set()).add(order.row)

    def end(element: str) -> None:
        nonlocal depth
        depth -= 1
        order.end(element.rpartition(":")[2])

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.StartElementHandler, parser.EndElementHandler = begin, end
    return parser


def _called_so(attributes: dict[str, str]) -> bool:
    """Say whether a part that is read as XML is also called so: else it would be read without having been looked at."""
    kind, content = attributes.get("Type", "").rpartition("/")[2], attributes.get("ContentType", "")
    is_read = kind in _READ or (_SHEETS in content and content.endswith("+xml"))
    name = attributes.get("Target") or attributes.get("PartName") or ""
    return not is_read or attributes.get("TargetMode") == "External" or name.lower().endswith(".xml")


class _Order:
    """Looks whether rows and cells of a sheet follow on each other: of two in one place, or one that comes too late,
    the library keeps one and says nothing."""

    def __init__(self) -> None:
        self._inside = False
        self._row = self._column = 0

    @property
    def row(self) -> int:
        """Return in which row one is, from 1; 0 where in none."""
        return self._row if self._inside else 0

    def begin(self, element: str, place: str | None) -> None:
        """Look at an element. Raises ``SheetRefusedError``."""
        if element == "sheetData":
            self._inside, self._row = True, 0
        elif self._inside and element == "row":
            row = self._row + 1 if place is None else int(place) if _ROW.fullmatch(place) else 0
            if row <= self._row:
                raise SheetRefusedError("no-workbook")
            if row > _LAST_ROW:
                # Looking at them all would take long, and no program that people use writes them.
                raise SheetRefusedError("rows", most=MOST_ROWS)
            self._row, self._column = row, 0
        elif self._inside and element == "c":
            self._column = self._column + 1 if place is None else self._cell(place)

    def end(self, element: str) -> None:
        """Note that an element ends: what follows on the cells of a sheet may have members of the same names."""
        if element == "sheetData":
            self._inside = False

    def _cell(self, place: str) -> int:
        found = _PLACE.fullmatch(place)
        column = 0
        for sign in found[1] if found else "":
            column = column * 26 + ord(sign) - ord("A") + 1
        if found is None or int(found[2]) != self._row or column <= self._column:
            raise SheetRefusedError("no-workbook")
        return column


class Workbook:
    """A workbook that was looked at. Raises ``SheetRefusedError`` where it is none."""

    def __init__(self, content: bytes) -> None:
        from openpyxl import load_workbook  # noqa: PLC0415 - most processes never read one

        self._looked = look(content)
        try:
            # With values, and with formulas: a formula whose value was not kept looks empty otherwise.
            self._values = load_workbook(
                io.BytesIO(content), read_only=True, data_only=True, keep_links=False
            )
            self._formulas = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
            self.names = tuple(one.title for one in self._values.worksheets)
            seen = tuple(one.title for one in self._values.worksheets if one.sheet_state == "visible")
            self.seen = seen or self.names
        except Exception as error:
            # The library raises whatever it trips over.
            raise SheetRefusedError("no-workbook") from error
        self.from_1904 = self._values.epoch.year == 1904

    def merged(self, name: str) -> list[str]:
        """Return which cells of a sheet are one."""
        return self._looked.merged.get(self._part(name), [])

    def hidden(self, name: str) -> set[int]:
        """Return which rows of a sheet (from 1) nobody sees there."""
        return self._looked.hidden.get(self._part(name), set())

    def _part(self, name: str) -> str:
        """Return what the part of a sheet is called in the workbook."""
        path: str = getattr(self._values[name], "_worksheet_path", "")
        return path.lstrip("/")

    def rows(self, name: str) -> Iterator[tuple[int, list[Cell]]]:
        """Give the rows of a sheet, each with its number from 1. Raises ``SheetRefusedError``."""
        try:
            sheets = [book[name] for book in (self._values, self._formulas)]
            for sheet in sheets:
                # What it says of its own size may be anything.
                sheet.reset_dimensions()
            pairs = zip_longest(*(one.rows for one in sheets), fillvalue=())
            for number, (values, formulas) in enumerate(pairs, start=1):
                if number > MOST_ROWS:
                    raise SheetRefusedError("rows", most=MOST_ROWS)
                if len(values) > MOST_COLUMNS:
                    raise SheetRefusedError("columns", most=MOST_COLUMNS)
                yield number, [_cell(*pair) for pair in zip_longest(values, formulas)]
        except SheetRefusedError:
            raise
        except Exception as error:
            raise SheetRefusedError("no-workbook") from error

    def close(self) -> None:
        """Let go of it."""
        self._values.close()
        self._formulas.close()


def _cell(valued: Any, written: Any) -> Cell:
    value = getattr(valued, "value", None)
    kind = getattr(valued, "data_type", "")
    if kind == "e":
        return CellFault("failed")
    if value is None:
        return CellFault("formula") if getattr(written, "data_type", "") == "f" else None
    if isinstance(value, str):
        return CellFault("long") if len(value) > LONGEST_CELL else value or None
    if isinstance(value, int | float) and not isinstance(value, bool):
        return shown_number(value, str(getattr(valued, "number_format", "") or ""))
    return (
        value if isinstance(value, bool | datetime | date | time | timedelta) else str(value)[:LONGEST_CELL]
    )
