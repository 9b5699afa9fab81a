"""Reports as a workbook: a sheet for each chapter, numbers as numbers, and no text that is ever a formula."""

from __future__ import annotations

import io
import re
from datetime import date
from decimal import Decimal
from math import ceil
from typing import Any, Final

from gehoor.core.figures.register_sheet import RegisterSheets
from gehoor.core.figures.report_document import WIDE, ReportDocument
from gehoor.core.figures.report_rows import Value, rows_of

_FORBIDDEN: Final = re.compile(r"[\\[\]:*?/\\\\']")
_LONGEST_NAME: Final = 31
_WIDE: Final = 60
_HIGH: Final = 15
"""Points, for one line."""
_HIGHEST: Final = 405
"""A row may be no higher: a sheet programme takes the file for a broken one."""
_LONGEST_CELL: Final = 32_000
"""In units of UTF-16, of which most signs have one."""
_FIRST_DAY: Final = date(1900, 3, 1)
"""Of days before it not every sheet programme reads the same, or any."""
_LARGEST: Final = 10**15
"""Beyond this a sheet programme rounds."""
_OPTIONS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def xlsx(document: ReportDocument) -> bytes:
    """Return a report as a workbook."""
    import xlsxwriter  # noqa: PLC0415 - most processes never make one

    made = io.BytesIO()
    with xlsxwriter.Workbook(made, _OPTIONS) as book:
        book.set_properties({"title": document.title, "comments": document.digest})
        bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        title = book.add_format({"bold": True, "font_size": 14, "text_wrap": True})
        heads = book.add_format({"bold": True, "align": "right", "text_wrap": True, "bottom": 1})
        sheet = book.add_worksheet(_name(1, document.title))
        sheet.set_column(0, 0, 100)
        _lines(sheet, 0, [document.title, document.subtitle, *document.notes, document.digest], wrapped)
        for number, chapter in enumerate(document.chapters, start=2):
            sheet = book.add_worksheet(_name(number, chapter.title))
            sheet.set_column(0, 0, _WIDE)
            sheet.set_column(1, 40, 16)
            sheet.set_paper(9)
            sheet.fit_to_pages(1, 0)
            if any(len(table.columns) > WIDE for table in chapter.tables):
                sheet.set_landscape()
            sheet.write_string(0, 0, chapter.title, title)
            at = 1
            at = _lines(sheet, at, [chapter.explanation, *chapter.text.split("\n")], wrapped)
            for found in chapter.findings:
                sheet.write_string(at + 1, 0, found.title, bold)
                at += 2
                for place, texts in enumerate((found.head, *found.rows)):
                    _row(sheet, at, [one[:_LONGEST_CELL] for one in texts], bold if place == 0 else wrapped)
                    at += 1
            for table in chapter.tables:
                sheet.write_string(at + 1, 0, table.title, bold)
                at += 2
                rows = rows_of(document, table)
                for place, row in enumerate(rows):
                    is_total = table.total is not None and place == len(rows) - 1
                    _row(sheet, at, row, heads if place == 0 else bold if is_total else None)
                    at += 1
                at = _lines(sheet, at, [table.explanation, *table.how], wrapped)
    return made.getvalue()


def register_xlsx(made: RegisterSheets) -> bytes:
    """Return an export of a register as a workbook: a sheet of dossiers, and one for each list."""
    import xlsxwriter  # noqa: PLC0415 - most processes never make one

    content = io.BytesIO()
    with xlsxwriter.Workbook(content, _OPTIONS) as book:
        book.set_properties({"title": made.sheets[0].name})
        bold, day = (
            book.add_format({"bold": True, "text_wrap": True}),
            book.add_format({"num_format": "yyyy-mm-dd"}),
        )
        for number, one in enumerate(made.sheets, start=1):
            sheet = book.add_worksheet(_name(number, one.name))
            sheet.set_column(0, max(len(one.heads) - 1, 0), 18)
            sheet.freeze_panes(1, 1)
            for column, (label, _field) in enumerate(one.heads):
                sheet.write_string(0, column, label, bold)
            for at, row in enumerate(one.rows, start=1):
                for column, value in enumerate(row):
                    if isinstance(value, date) and value >= _FIRST_DAY:
                        sheet.write_datetime(at, column, value, day)
                    elif isinstance(value, int | Decimal) and _is_kept_whole(value):
                        sheet.write_number(at, column, value)
                    elif value is not None:
                        sheet.write_string(at, column, _fitting(str(value), made.cut))
            if one.rows:
                sheet.autofilter(0, 0, len(one.rows), len(one.heads) - 1)
    return content.getvalue()


def _fitting(text: str, cut: str) -> str:
    """Return a text as far as a cell has room for it, and then what says that it goes on."""
    units = text.encode("utf-16-le")
    if len(units) <= 2 * _LONGEST_CELL:
        return text
    return units[: 2 * (_LONGEST_CELL - len(cut))].decode("utf-16-le", "ignore") + cut


def _lines(sheet: Any, at: int, said: list[str], how: Any) -> int:
    for line in said:
        if line:
            # Not every sheet programme makes room by itself for what goes over more lines.
            sheet.set_row(at, min(_HIGH * max(ceil(len(line) / _WIDE), 1), _HIGHEST))
            sheet.write_string(at, 0, line, how)
            at += 1
    return at


def _row(sheet: Any, at: int, row: list[Value], how: Any) -> None:
    for column, value in enumerate(row):
        if isinstance(value, int | Decimal) and _is_kept_whole(value):
            sheet.write_number(at, column, value, how)
        elif value != "":
            sheet.write_string(at, column, str(value), how)


def _is_kept_whole(value: int | Decimal) -> bool:
    """Return whether a workbook, whose numbers are floating, keeps each digit of this one."""
    return -_LARGEST < value < _LARGEST


def _name(number: int, title: str) -> str:
    """Return what a sheet is called: no two alike, and without signs that none may have."""
    return f"{number}. {_FORBIDDEN.sub(' ', title)}"[:_LONGEST_NAME].strip()
