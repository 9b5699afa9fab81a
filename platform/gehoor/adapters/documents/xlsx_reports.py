"""Reports as a workbook: a sheet for each chapter, numbers as numbers, and no text that is ever a formula."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from math import ceil
from textwrap import wrap
from typing import Any, Final

from gehoor.core.figures.register_sheet import RegisterSheets
from gehoor.core.figures.report_document import ReportDocument, text_lines
from gehoor.core.figures.report_rows import Value, rows_of

_FORBIDDEN: Final = re.compile(r"[\\[\]:*?/\\\\']")
_LONGEST_NAME: Final = 31
_SHORT: Final = 15
_TEXT: Final = 92
"""Signs on a line of a sheet of texts."""
_NAMES: Final = 40
_NUMBERS: Final = 12
"""Signs in the first column of a table, and in the others."""
_OVER: Final = 4
"""Over so many columns more than the first a text goes."""
_SPARE: Final = 6
"""Words end before the end of a line."""
_EDGE: Final = 3
"""So many signs less go in a narrow column, in which words stay whole."""
_HIGH: Final = 15
"""Points, for one line."""
_HIGHEST: Final = 405
"""A row may be no higher: a sheet programme takes the file for a broken one."""
_POINTS: Final = 11
"""The size of letters."""
_UPRIGHT: Final = 92
_SIDEWAYS: Final = 132
"""So many signs fit on a line of paper, upright and on its side, at the scale of all sheets."""
_SCALE: Final = 75
_WHOLE: Final = re.compile("0|[1-9][0-9]{0,14}")
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
    """Return a report as a workbook: a sheet that says what it is, and one for each chapter, numbered as the chapters
    are."""
    import xlsxwriter  # noqa: PLC0415 - most processes never make one

    made = io.BytesIO()
    with xlsxwriter.Workbook(made, _OPTIONS) as book:
        book.set_properties({"title": document.title, "comments": document.digest})
        looks = _looks(book)
        sheet = book.add_worksheet(_sheet_name(document.title))
        sheet.set_column(0, 0, _TEXT)
        _paper(sheet, _TEXT)
        _lines(sheet, 0, [document.title], looks["title"], 0)
        _lines(sheet, 1, [document.subtitle, *document.notes, document.digest], looks["text"], 0)
        number = 0
        for chapter in document.chapters:
            number += chapter.numbered
            sheet = book.add_worksheet(
                _name(number, chapter.title) if chapter.numbered else _sheet_name(chapter.title)
            )
            most = max(
                (len(rows[0]) for one in chapter.tables if (rows := rows_of(document, one))), default=0
            )
            sheet.set_column(0, 0, _NAMES)
            sheet.set_column(1, max(most, _OVER), _NUMBERS)
            _paper(sheet, _NAMES + _NUMBERS * max(most - 1, _OVER))
            at = _lines(sheet, 0, [chapter.title], looks["title"])
            at = _lines(sheet, at, [chapter.explanation, *text_lines(chapter.text)], looks["text"])
            for found in chapter.findings:
                at = _lines(sheet, at + 1, [found.title], looks["bold"])
                for place, texts in enumerate((found.head, *found.rows)):
                    _finding(sheet, at, texts, looks["bold" if place == 0 else "text"])
                    at += 1
            for table in chapter.tables:
                at = _lines(sheet, at + 1, [table.title], looks["bold"])
                at = _lines(sheet, at, document.said_above(table), looks["text"])
                rows = rows_of(document, table)
                for place, row in enumerate(rows):
                    is_total = table.total is not None and place == len(rows) - 1
                    kind = "heads" if place == 0 else "total" if is_total else "number"
                    _row(sheet, at, row, looks["bold" if kind != "number" else "plain"], looks[kind])
                    at += 1
                at = _lines(sheet, at, list(table.how), looks["text"])
    return made.getvalue()


def _looks(book: Any) -> dict[str, Any]:
    looks: Mapping[str, Mapping[str, Any]] = {
        "title": {"bold": True, "font_size": 14, "text_wrap": True, "valign": "top"},
        "text": {"text_wrap": True, "valign": "top"},
        "bold": {"bold": True, "text_wrap": True, "valign": "top"},
        "plain": {"text_wrap": True, "valign": "top", "indent": 1},
        "heads": {"bold": True, "align": "right", "text_wrap": True, "bottom": 1},
        "total": {"bold": True, "align": "right"},
        "number": {"align": "right", "valign": "top"},
    }
    return {name: book.add_format(dict(one)) for name, one in looks.items()}


def _paper(sheet: Any, width: int) -> None:
    """Have a sheet printed with letters as large as those of the others, where it is not too wide for that."""
    sheet.set_paper(9)
    sheet.set_margins(left=0.5, right=0.5)
    if width > _UPRIGHT:
        sheet.set_landscape()
    if width > _SIDEWAYS:
        sheet.fit_to_pages(1, 0)
    else:
        sheet.set_print_scale(_SCALE)


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
    short = _cut(text, _LONGEST_CELL)
    return short if len(short) == len(text) else _cut(text, _LONGEST_CELL - len(cut)) + cut


def _lines(sheet: Any, at: int, said: list[str], how: Any, over: int = -1) -> int:
    """Write texts below each other, each over the first columns of a sheet (``over``: so many more than one)."""
    over = _OVER if over < 0 else over
    for line in said:
        if line.strip():
            wide = _NAMES + _NUMBERS * over if over else _TEXT
            # Not every sheet programme makes room by itself for what goes over more lines.
            size = how.font_size / _POINTS
            lines = max(ceil(len(line) * size / (wide - _SPARE)), 1)
            sheet.set_row(at, min(_HIGH * size * lines, _HIGHEST))
            if over:
                sheet.merge_range(at, 0, at, over, "", how)
            sheet.write_string(at, 0, _cut(line, _LONGEST_CELL), how)
            at += 1
    return at


def _finding(sheet: Any, at: int, texts: Sequence[str], how: Any) -> None:
    """Write a row of texts, one that is a whole number as that, the last over what is left of the width."""
    last = len(texts) - 1
    widths = [_NAMES, *[_NUMBERS] * max(last - 1, 0), _NUMBERS * (_OVER - last + 1)]
    lines = [ceil(len(text) / max(wide - _SPARE, 1)) for text, wide in zip(texts, widths, strict=False)]
    sheet.set_row(at, min(_HIGH * max(*lines, 1), _HIGHEST))
    for column, text in enumerate(texts):
        if column == last and last < _OVER:
            sheet.merge_range(at, column, at, _OVER, "", how)
        if _WHOLE.fullmatch(text):
            sheet.write_number(at, column, int(text), how)
        else:
            sheet.write_string(at, column, _cut(text, _LONGEST_CELL), how)


def _row(sheet: Any, at: int, row: list[Value], name: Any, how: Any) -> None:
    """Write a row of a table, as high as its name and the heads of its columns ask."""
    texts = (len(wrap(value, _NUMBERS - _EDGE)) for value in row[1:] if isinstance(value, str))
    lines = max(ceil(len(str(row[0])) / (_NAMES - _SPARE)), *texts, 1)
    if at and lines > 1:
        sheet.set_row(at, min(_HIGH * lines, _HIGHEST))
    for column, value in enumerate(row):
        look = how if column else name
        if isinstance(value, int | Decimal) and _is_kept_whole(value):
            sheet.write_number(at, column, value, look)
        elif value != "":
            sheet.write_string(at, column, str(value), look)
        elif how.bottom:
            sheet.write_blank(at, column, None, look)


def _is_kept_whole(value: int | Decimal) -> bool:
    """Return whether a workbook, whose numbers are floating, keeps each digit of this one."""
    return -_LARGEST < value < _LARGEST


def _name(number: int, title: str) -> str:
    """Return what a sheet is called: no two alike."""
    return _sheet_name(f"{number}. {title}")


def _sheet_name(name: str) -> str:
    """Return a name that a sheet may have, without signs that none has: one that is too long ends after a word."""
    plain = "".join(sign if sign.isprintable() else " " for sign in _FORBIDDEN.sub(" ", name))
    whole = " ".join(plain.split())
    if _cut(whole, _LONGEST_NAME) == whole:
        return whole or "-"
    kept = _cut(whole, _LONGEST_NAME - 1)
    at_word = kept.rpartition(" ")[0] if whole[len(kept)] != " " else kept
    return f"{(at_word if len(at_word) > _SHORT else kept).rstrip(' ,.;')}\u2026"


def _cut(text: str, most: int) -> str:
    """Return the beginning of a text that has no more units of UTF-16 than this, of which most signs have one."""
    return text.encode("utf-16-le")[: 2 * most].decode("utf-16-le", "ignore")
