"""Making a report: what it counts for whom, what is written in it, and that what is kept stays what it was."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from gehoor.core.figures.documents import table_in
from gehoor.core.figures.tables import FigureTable
from gehoor.services.dossiers.assignment import Assigning, assign
from gehoor.services.figures.overview import overview
from gehoor.services.figures.report_records import ReportRecord
from gehoor.services.figures.reports import (
    NoSuchReportError,
    WrittenMeanwhileError,
    digest_of,
    draft_of,
    keep_report,
    kept_for_account,
    kept_report,
    offered_reports,
    write_chapter,
)
from gehoor.services.ports.records import Account
from gehoor.services.ports.store import DamagedError
from gehoor.services.projection.projection import reading_projection
from gehoor.services.register.runtime import Runtime
from tests.support.clock import at
from tests.support.de_linde import by, de_linde, fill, open_by_phone, publish_change, staff
from tests.support.figures import with_figures

NOW = at("2026-06-10 12:00")
ASKED = ("de-linde", "jaarverslag", 2026, "")


def agreed(document: dict[str, Any]) -> None:
    with_figures(document)
    document["rights"]["make-reports"] = ["kwaliteitscoordinator", "teamverantwoordelijke"]


@pytest.fixture
def house() -> Runtime:
    """Three complaints of this year, of which one is strict, and one of last year."""
    runtime = de_linde(names=("beukenhof",))
    publish_change(runtime, agreed, "2026-01-20 10:00")
    staff(runtime, "els", "kwaliteitscoordinator")
    staff(runtime, "koen", "teamverantwoordelijke")
    staff(runtime, "dirk", "algemeen-directeur")
    staff(runtime, "ria", "onthaal")
    open_by_phone(runtime, "2026-05-11 10:00", ontvangstdatum="2025-12-31")
    for day in (12, 13):
        open_by_phone(runtime, f"2026-05-{day} 10:00")
    strict = open_by_phone(runtime, "2026-05-14 10:00").dossier
    fill(runtime, strict, "2026-05-14 11:00", vertrouwelijkheid="streng")
    return runtime


def account(runtime: Runtime, name: str) -> Account:
    with reading_projection(runtime) as register:
        found = register.account(name)
    assert found is not None
    return found


def total(tables: dict[str, FigureTable], title: str) -> int | None:
    (table,) = [one for one in tables.values() if one.title == title]
    assert table.total is not None
    return table.total.total


def drafted(runtime: Runtime, name: str) -> dict[str, FigureTable]:
    return dict(draft_of(runtime, account(runtime, name), NOW, ASKED).reckoned.tables)


def kept_tables(record: ReportRecord) -> dict[str, FigureTable]:
    return {one["id"]: table_in(one) for one in record.tables}


def test_a_draft_counts_what_its_maker_may_see(house: Runtime) -> None:
    assert total(drafted(house, "els"), "Soort bericht") == 3
    assert total(drafted(house, "koen"), "Soort bericht") == 2, "a strict dossier does not exist for them"


def test_what_is_kept_counts_all_whoever_keeps_it(house: Runtime) -> None:
    kept = keep_report(house, account(house, "koen"), NOW, ASKED)
    assert total(kept_tables(kept), "Soort bericht") == 3


def test_the_year_before_stands_beside_it(house: Runtime) -> None:
    draft = draft_of(house, account(house, "els"), NOW, ASKED)
    before = {one.title: one for one in draft.reckoned.before.values()}["Soort bericht"]
    assert before.total is not None
    assert before.total.total == 1


def test_who_is_not_named_makes_and_reads_none(house: Runtime) -> None:
    assert offered_reports(house, account(house, "ria"), NOW) == []
    with pytest.raises(NoSuchReportError):
        draft_of(house, account(house, "ria"), NOW, ASKED)
    kept = keep_report(house, account(house, "els"), NOW, ASKED)
    assert kept_for_account(house, account(house, "ria"), NOW) == []
    with pytest.raises(NoSuchReportError):
        kept_report(house, account(house, "koen"), NOW, kept.id)
    assert kept_report(house, account(house, "dirk"), NOW, kept.id) == kept


def test_what_happens_later_changes_nothing_of_what_is_kept(house: Runtime) -> None:
    els = account(house, "els")
    first = keep_report(house, els, NOW, ASKED)
    open_by_phone(house, "2026-06-09 10:00")
    second = keep_report(house, els, NOW, ASKED)
    again = kept_report(house, els, NOW, first.id)
    assert (total(kept_tables(again), "Soort bericht"), total(kept_tables(second), "Soort bericht")) == (3, 4)
    assert again.digest == digest_of(again) != digest_of(replace(again, made_by="koen"))


def test_what_is_written_is_kept_with_it(house: Runtime) -> None:
    els = account(house, "els")
    write_chapter(house, els, NOW, ASKED, ("Alles", "Meer dan vorig jaar.", ""))
    assert draft_of(house, els, NOW, ASKED).record.texts["Alles"]["text"] == "Meer dan vorig jaar."
    assert keep_report(house, els, NOW, ASKED).texts["Alles"]["text"] == "Meer dan vorig jaar."


def test_two_who_write_in_one_chapter_lose_nothing(house: Runtime) -> None:
    write_chapter(house, account(house, "els"), NOW, ASKED, ("Alles", "Van Els.", ""))
    with pytest.raises(WrittenMeanwhileError) as found:
        write_chapter(house, account(house, "koen"), NOW, ASKED, ("Alles", "Van Koen.", ""))
    assert found.value.theirs == "Van Els."
    write_chapter(house, account(house, "koen"), NOW, ASKED, ("Alles", "Van beiden.", "Van Els."))


def test_nothing_is_written_where_nothing_is_asked(house: Runtime) -> None:
    with pytest.raises(NoSuchReportError):
        write_chapter(house, account(house, "els"), NOW, ASKED, ("Iets anders", "x", ""))


def test_a_department_that_agreed_otherwise_makes_its_own(house: Runtime) -> None:
    def other(document: dict[str, Any]) -> None:
        agreed(document)
        report = document["reports"]["jaarverslag"]
        document["reports"] = {"jaarverslag": {**report, "least": 9}}

    publish_change(house, other, "2026-02-01 10:00", "eikenrode")
    staff(house, "els", "de-linde/*:kwaliteitscoordinator")
    offered = offered_reports(house, account(house, "els"), NOW)
    assert [list(one.departments) for one in offered] == [["de-linde/beukenhof"], ["de-linde/eikenrode"]]


def test_a_report_that_is_gone_is_told_and_keeps_no_other(house: Runtime) -> None:
    els = account(house, "els")
    kept = keep_report(house, els, NOW, ASKED)
    with pytest.raises((NoSuchReportError, DamagedError)):
        kept_report(house, els, NOW, f"{kept.id}x")


def test_who_handles_a_dossier_counts_it_in_the_overview(house: Runtime) -> None:
    els = account(house, "els")
    with reading_projection(house) as register:
        first = register.tables.select("dossiers", where={"number": "BEU-2026-0001"})[0]["id"]
    assign(house, Assigning(first, "koen", by(house, "els")), NOW)
    (row,) = overview(house, els, NOW).by_handler
    assert (row.key, next(one.number for one in row.counts)) == ("koen", 1)
