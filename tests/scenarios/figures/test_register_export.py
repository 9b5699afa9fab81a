"""Taking out many dossiers: what somebody sees, no more, noted in each, in files that open."""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import Any

import pytest
from openpyxl import load_workbook

from gehoor.adapters.documents.report_files import MadeReportFiles
from gehoor.adapters.documents.xlsx_reports import register_xlsx, xlsx
from gehoor.core.figures.register_sheet import Cell, RegisterSheets, Sheet, register_csv
from gehoor.core.figures.report_document import DocumentChapter, ReportDocument
from gehoor.services.exchange import register_export
from gehoor.services.exchange.register_export import (
    ExportWish,
    Names,
    TooManyDossiersError,
    export_register,
    exportable,
)
from gehoor.services.register.register import reading
from gehoor.services.register.runtime import Runtime
from gehoor.web.request.site import write_reports
from tests.scenarios.figures.test_every_figure_is_its_list import account
from tests.support.clock import at
from tests.support.de_linde import de_linde, fill, open_by_phone, publish_change, staff
from tests.support.site import new_site

NOW = at("2026-05-20 12:00")
NAMES = Names("Dossiers", "Nummer", "Afdeling", "Fase", "Afgesloten", "Ja", "Nee", "Rij", " [meer]")


def may_export(document: dict[str, Any]) -> None:
    document["rights"]["export-dossiers"] = ["kwaliteitscoordinator", "teamverantwoordelijke"]
    document["forms"]["dossier"]["properties"]["klager_naam"]["seen-by"] = ["kwaliteitscoordinator"]


@pytest.fixture
def house() -> Runtime:
    runtime = de_linde()
    publish_change(runtime, may_export, "2026-05-01 10:00")
    for name, role in (
        ("els", "kwaliteitscoordinator"),
        ("koen", "teamverantwoordelijke"),
        ("ria", "onthaal"),
    ):
        staff(runtime, name, role)
    open_by_phone(runtime, "2026-05-12 14:00", onderwerp="=2+5", klager_naam="Peeters")
    hidden = open_by_phone(runtime, "2026-05-13 14:00", klager_naam="Wouters").dossier
    fill(runtime, hidden, "2026-05-13 15:00", vertrouwelijkheid="streng")
    return runtime


def columns(runtime: Runtime, name: str, **asked: Any) -> dict[str, list[Any]]:
    sheet = export_register(runtime, account(runtime, name), NOW, ExportWish(**asked), NAMES).sheets[0]
    of = list(zip(*sheet.rows, strict=True)) or [()] * len(sheet.heads)
    return {field or label: list(cells) for (label, field), cells in zip(sheet.heads, of, strict=True)}


def test_each_field_stands_in_it_that_somebody_sees(house: Runtime) -> None:
    found = columns(house, "els")
    assert found["klager_naam"] == ["Peeters", "Wouters"]
    assert found["onderwerp"][0] == "=2+5"
    assert found["ontvangstdatum"][0].isoformat() == "2026-05-12"


def test_what_somebody_does_not_see_stands_in_no_file(house: Runtime) -> None:
    found = columns(house, "koen")
    assert found["Nummer"] == ["BEU-2026-0001"], "a strict dossier does not exist for them"
    assert found["klager_naam"] == [None]
    made = export_register(house, account(house, "koen"), NOW, ExportWish(), NAMES)
    assert "Peeters" not in str(made)


def test_nobody_takes_out_anything_who_is_not_named(house: Runtime) -> None:
    assert exportable(house, account(house, "ria"), NOW) == {}
    assert columns(house, "ria")["Nummer"] == []


def test_each_dossier_says_that_it_went_into_a_file(house: Runtime) -> None:
    columns(house, "els")
    with reading(house.store) as register:
        ids = [one["id"] for one in register.tables.select("dossiers")]
        assert [[one.way for one in register.access_log(each)] for each in ids] == [["export"]] * 2


def test_a_period_narrows_it_and_too_many_are_refused(
    house: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert columns(house, "els", received_from=at("2026-05-13 12:00").date())["Nummer"] == ["BEU-2026-0002"]
    monkeypatch.setattr(register_export, "MOST", 1)
    with pytest.raises(TooManyDossiersError):
        columns(house, "els")


def test_no_text_is_a_formula_in_a_file(house: Runtime) -> None:
    site = new_site("2026-05-20 12:00", house)
    write_reports(site.app, MadeReportFiles())
    answer = site.staff("mia", "kwaliteitscoordinator").send("/medewerker/uitvoer/", soort="xlsx")
    book = load_workbook(io.BytesIO(answer.data))
    cells = [cell for row in book.worksheets[0].iter_rows() for cell in row if cell.value == "=2+5"]
    assert [cell.data_type for cell in cells] == ["s"]
    made = export_register(house, account(house, "els"), NOW, ExportWish(), NAMES)
    assert b"'=2+5" in register_csv(made, local=True)


def sheets(*cells: Cell) -> RegisterSheets:
    return RegisterSheets((Sheet("Dossiers", (("Wat", ""),), tuple((one,) for one in cells)),), [], " [meer]")


def cells_of(made: RegisterSheets) -> list[Any]:
    book = load_workbook(io.BytesIO(register_xlsx(made)))
    return [row[0].value for row in book.worksheets[0].iter_rows(min_row=2)]


def test_a_text_for_which_a_cell_has_no_room_says_that_it_goes_on() -> None:
    """A cell has room for 32,767 signs, and a story may be longer; of some signs two are counted."""
    story, small = "a" * 40_000, "\U0001f600" * 20_000
    long, wide, short = cells_of(sheets(story, small, "kort"))
    assert (len(long), long[-8:], short) == (32_000, "a [meer]", "kort")
    assert len(wide.encode("utf-16-le")) <= 2 * 32_000
    assert wide.endswith("\U0001f600 [meer]")
    assert story in register_csv(sheets(story), local=True).decode()


def test_a_day_that_no_workbook_knows_stands_there_as_it_is_written() -> None:
    born, first = cells_of(sheets(date(1899, 5, 4), date(1900, 3, 1)))
    assert (born, first) == ("1899-05-04", datetime(1900, 3, 1))  # noqa: DTZ001 - as a workbook has it


def test_no_row_is_higher_than_a_workbook_allows() -> None:
    words = DocumentChapter("Alles", "", "x" * 20_000, ())
    made = xlsx(ReportDocument("Verslag", "", "nl", (), (words,), {}, "", "n.g.", {}))
    heights = [one.height for one in load_workbook(io.BytesIO(made)).worksheets[1].row_dimensions.values()]
    assert max(filter(None, heights)) <= 409


@pytest.mark.parametrize(
    "name",
    [
        "\U0001f600" * 40,
        "a" * 27 + "\U0001f600" * 3,
        "\uffff\ufffe",
        "a\x0bb\x00",
        "[]:*?/\\'",
        "",
        "x" * 400,
    ],
)
def test_whatever_a_sheet_is_called_after_its_workbook_opens(name: str) -> None:
    """A list is called by what it is narrowed to, and a chapter as somebody calls it."""
    made = RegisterSheets(
        (Sheet(name, (("Wat", ""),), (("x",),)), Sheet(name, (("Wat", ""),), (("y",),))), []
    )
    words = DocumentChapter(name, "", "x", ())
    report = xlsx(ReportDocument(name, "", "nl", (), (words, words), {}, "", "n.g.", {}))
    for content in (register_xlsx(made), report):
        names = load_workbook(io.BytesIO(content)).sheetnames
        assert len(set(names)) == len(names) > 1
        assert all(len(one.encode("utf-16-le")) <= 2 * 31 for one in names)
