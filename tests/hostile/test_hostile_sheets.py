"""Sheets made to do harm, or merely strange: refused in a word, or read as what people see."""
# ruff: noqa: DTZ001 - sheets know no zone

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import datetime

import pytest
from openpyxl import Workbook as NewWorkbook

from gehoor.adapters.sheets import limits, workbook
from gehoor.adapters.sheets.limits import SheetRefusedError
from gehoor.adapters.sheets.reading import read_sheet
from gehoor.core.exchange.cells import CellFault
from gehoor.core.exchange.number_formats import ShownNumber


def book(fill: Callable[[NewWorkbook], None]) -> bytes:
    made, content = NewWorkbook(), io.BytesIO()
    fill(made)
    made.save(content)
    return content.getvalue()


def rows(*found: list[object]) -> Callable[[NewWorkbook], None]:
    def fill(made: NewWorkbook) -> None:
        for row in found:
            made.active.append(row)

    return fill


def with_part(content: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    changed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.namelist():
            new.writestr(part, change(old.read(part)) if part == name else old.read(part))
    return changed.getvalue()


PLAIN = book(rows(["Nr", "Wat"], [1, "koud"], [None, None], [2, "lauw"]))
SHEET = "xl/worksheets/sheet1.xml"


def refused(content: bytes, **asked: object) -> str:
    with pytest.raises(SheetRefusedError) as error:
        read_sheet(content, **asked)  # type: ignore[arg-type]
    return error.value.code


def test_a_workbook_is_read_with_the_numbers_of_its_rows_and_without_empty_ones() -> None:
    sheet = read_sheet(PLAIN)
    assert sheet.heads == ("Nr", "Wat")
    assert [(one.number, dict(one.cells)) for one in sheet.rows] == [
        (2, {"Nr": 1, "Wat": "koud"}),
        (4, {"Nr": 2, "Wat": "lauw"}),
    ]


@pytest.mark.parametrize(
    "declared",
    [
        b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>',
        b'<!DOCTYPE x SYSTEM "file:///etc/passwd">',
        b'<!DOCTYPE x [<!ENTITY % e SYSTEM "http://elders.example/x"> %e;]>',
    ],
)
@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", "[Content_Types].xml"])
def test_no_part_declares_a_document_type(declared: bytes, part: str) -> None:
    def change(content: bytes) -> bytes:
        start = content.find(b"?>") + 2 if content.startswith(b"<?xml") else 0
        return content[:start] + declared + content[start:]

    assert refused(with_part(PLAIN, part, change)) == "trick"


def test_what_unpacks_to_more_than_fits_is_refused_though_it_is_small(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(workbook, "LARGEST_UNPACKED", 1_000_000)
    bomb = with_part(PLAIN, SHEET, lambda content: content + b" " * 3_000_000)
    assert len(bomb) < 20_000
    assert refused(bomb) == "large"


def test_elements_within_elements_without_end_are_refused() -> None:
    assert refused(with_part(PLAIN, SHEET, lambda _: b"<a>" * 1000 + b"</a>" * 1000)) == "trick"


def test_two_parts_of_one_name_are_refused() -> None:
    content = io.BytesIO(PLAIN)
    with zipfile.ZipFile(content, "a") as packed:
        packed.writestr(SHEET.upper(), "<x/>")
    assert refused(content.getvalue()) == "trick"


def test_rows_without_cells_are_not_looked_at_beyond_those_of_any_program(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A small file holds many millions of them."""
    looked: list[str] = []

    class Counted(workbook._Order):
        def begin(self, element: str, place: str | None) -> None:
            looked.append(element)
            super().begin(element, place)

    monkeypatch.setattr(workbook, "_LAST_ROW", 100)
    monkeypatch.setattr(workbook, "_Order", Counted)
    many = b"<row/>" * 5_000 + b"</sheetData>"
    assert refused(with_part(PLAIN, SHEET, lambda part: part.replace(b"</sheetData>", many))) == "rows"
    assert looked.count("row") == 101


def test_more_rows_or_columns_than_fit_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MOST_ROWS", 3)
    assert refused(PLAIN) == "rows"
    monkeypatch.setattr(workbook, "MOST_COLUMNS", 1)
    assert refused(PLAIN) == "columns"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"  \n ", "empty"),
        (b"PK\x03\x04 en dan niets", "no-workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old-workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "locked"),
        (b"a;b\n1;\0\n", "no-text"),
        (PLAIN[:-40], "no-workbook"),
        (with_part(PLAIN, SHEET, lambda _: b"<niet xml"), "no-workbook"),
    ],
)
def test_what_is_no_sheet_says_so(content: bytes, code: str) -> None:
    assert refused(content) == code


def test_a_sheet_is_chosen_by_its_name() -> None:
    def two(made: NewWorkbook) -> None:
        made.active.append(["x"])
        made.create_sheet("Klachten 2019").append(["Nr"])

    assert read_sheet(book(two), "klachten 2019").heads == ("Nr",)
    assert refused(book(two), wanted="Klachten") == "no-sheet"


def test_without_a_name_a_sheet_that_nobody_sees_is_not_the_first() -> None:
    def two(made: NewWorkbook) -> None:
        made.active.append(["Oud"])
        made.active.sheet_state = "hidden"
        made.create_sheet("Klachten").append(["Nr"])

    assert read_sheet(book(two)).heads == ("Nr",)
    assert read_sheet(book(two), "Sheet").heads == ("Oud",)


def test_rows_that_nobody_sees_are_counted_where_they_come_along() -> None:
    def fill(made: NewWorkbook) -> None:
        rows(["Nr"], [1], [2], [None], [3])(made)
        for row in (1, 3, 4):
            made.active.row_dimensions[row].hidden = True

    sheet = read_sheet(book(fill))
    assert [one.number for one in sheet.rows] == [2, 3, 5]
    assert sheet.hidden == 1
    assert read_sheet(PLAIN).hidden == 0


def test_a_number_comes_with_how_it_is_shown_where_that_is_read_otherwise() -> None:
    def fill(made: NewWorkbook) -> None:
        rows(["Nr", "Tel", "Aantal", 2019], [7, 470123456, 1234, 5])(made)
        for cell, form in (("A2", '"K-"0000'), ("B2", "0000000000"), ("C2", "#,##0"), ("D1", '"jaar "0')):
            made.active[cell].number_format = form

    sheet = read_sheet(book(fill))
    assert sheet.heads == ("Nr", "Tel", "Aantal", "2019")
    assert [*sheet.rows[0].cells.values()] == [
        ShownNumber(7, '"K-"0000'), ShownNumber(470123456, "0000000000"), 1234, 5,
    ]  # fmt: skip


def test_a_formula_is_what_it_came_to_and_one_of_which_that_is_not_known_is_told() -> None:
    content = book(rows(["Nr", "Som"], [1, "=1+1"]))
    assert read_sheet(content).rows[0].cells["Som"] == CellFault("formula")
    kept = with_part(
        content, SHEET, lambda part: part.replace(b"<v></v>", b"<v>2</v>").replace(b"<v />", b"<v>2</v>")
    )
    assert read_sheet(kept).rows[0].cells["Som"] == 2


def test_an_error_in_a_cell_is_told() -> None:
    def fill(made: NewWorkbook) -> None:
        made.active.append(["Nr"])
        made.active.append(["#N/A"])
        made.active["A2"].data_type = "e"

    assert read_sheet(book(fill)).rows[0].cells["Nr"] == CellFault("failed")


def test_merged_cells_are_told() -> None:
    def fill(made: NewWorkbook) -> None:
        rows(["Nr", "Wat"], [1, "koud"], [2, None])(made)
        made.active.merge_cells("B2:B3")

    assert read_sheet(book(fill)).problems == (("merged", {"cells": "B2:B3"}),)


def test_a_day_is_a_day() -> None:
    content = book(rows(["Dag"], [datetime(2019, 3, 2)]))
    assert read_sheet(content).rows[0].cells["Dag"] == datetime(2019, 3, 2)


def test_two_columns_of_one_name_are_told() -> None:
    assert read_sheet(b"Nr;Wat;wat \n1;2;3\n").problems == (("twice", {"column": "wat"}),)


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_csv_is_read_as_it_was_saved(coding: str, separator: str) -> None:
    text = f'Nr{separator}Naam\r\n1{separator}"Renée; €{separator}\nx"\r\n\r\n2{separator}Zoë\r\n'
    sheet = read_sheet(text.encode(coding))
    assert [dict(one.cells) for one in sheet.rows] == [
        {"Nr": "1", "Naam": f"Renée; €{separator}\nx"},
        {"Nr": "2", "Naam": "Zoë"},
    ]


def test_a_cell_beyond_the_columns_is_told() -> None:
    assert read_sheet(b"a;b\n1;2;3\n").problems == (("beyond", {"row": 2}),)


def test_csv_with_too_many_rows_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gehoor.adapters.sheets.csv_file.MOST_ROWS", 2)
    assert refused(b"a;b\n1;2\n3;4\n") == "rows"


def test_a_cell_that_is_too_long_is_told_and_a_quote_that_never_closes_ends() -> None:
    long = "x" * (limits.LONGEST_CELL + 1)
    assert read_sheet(f"a;b\n1;{long}\n".encode()).rows[0].cells["b"] == CellFault("long")
    assert refused(b'a;b\n1;"' + b"x" * 500_000) == "quotes"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b'<row r="4"', b'<row r="2"'),
        (b'<row r="2"', b'<row r="9"'),
        (b'<row r="2"', b'<row r="2.0"'),
        (b'r="B2"', b'r="A2"'),
        (b'r="B4"', b'r="B3"'),
        (b'r="B4"', b'r="4B"'),
    ],
)
def test_rows_and_cells_that_do_not_follow_on_each_other_are_not_dropped_unseen(
    before: bytes, after: bytes
) -> None:
    changed = with_part(PLAIN, SHEET, lambda content: content.replace(before, after))
    assert changed != PLAIN
    assert refused(changed) == "no-workbook"


def renamed(content: bytes, part: str, name: str, named_in: str) -> bytes:
    """Call a part otherwise, and what leads to it with it."""
    short, changed = part.rpartition("/")[2].encode(), io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for one in old.namelist():
            found = old.read(one)
            if one in (named_in, "[Content_Types].xml"):
                found = found.replace(short, name.rpartition("/")[2].encode())
            new.writestr(name if one == part else one, found)
    return changed.getvalue()


@pytest.mark.parametrize(
    ("part", "named_in"),
    [
        (SHEET, "xl/_rels/workbook.xml.rels"),
        ("xl/workbook.xml", "_rels/.rels"),
        ("xl/styles.xml", "xl/_rels/workbook.xml.rels"),
    ],
)
def test_no_part_is_read_that_was_not_looked_at_whatever_it_is_called(part: str, named_in: str) -> None:
    assert refused(renamed(PLAIN, part, part.replace(".xml", ".bin"), named_in)) == "trick"


def test_a_sheet_that_says_of_no_row_or_cell_where_it_stands_is_read_in_order() -> None:
    def without(content: bytes) -> bytes:
        return re.sub(rb'(<(?:row|c)) r="[A-Z]*[0-9]+"', rb"\1", content)

    sheet = read_sheet(with_part(PLAIN, SHEET, without))
    assert [one.cells["Wat"] for one in sheet.rows] == ["koud", "lauw"]
