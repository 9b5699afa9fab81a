"""What lies before the first that was registered is no 0: in each version of a report, and in each of its files."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from typing import Any

import pytest

from gehoor.core.figures.report_document import ReportDocument
from gehoor.core.figures.report_rows import rows_of
from gehoor.core.figures.report_texts import report_csv, report_json
from gehoor.services.figures.offered_reports import Asked
from gehoor.services.figures.reports import draft_of, keep_report
from gehoor.services.ports.records import Account
from gehoor.services.projection.projection import reading_projection
from gehoor.services.register.runtime import Runtime
from gehoor.web.staff.figures.report_reading import draft_document, kept_document
from tests.support.clock import at
from tests.support.de_linde import de_linde, open_by_phone, publish_change, staff
from tests.support.figures import with_figures
from tests.support.site import new_site

NOW = at("2026-06-10 12:00")
ASKED = Asked("de-linde", "jaarverslag", 2026)
VERSIONS = ["draft", "kept", "public draft", "kept and public"]


def house(*received: str) -> tuple[Runtime, Account]:
    """A register in which five complaints came in on each of some days."""
    runtime = de_linde(names=("beukenhof",))
    publish_change(runtime, with_figures, "2026-01-20 10:00")
    staff(runtime, "els", "kwaliteitscoordinator")
    for day in received:
        for _ in range(5):
            open_by_phone(runtime, "2026-05-11 10:00", ontvangstdatum=day)
    with reading_projection(runtime) as register:
        els = register.account("els")
    assert els is not None
    return runtime, els


def read(runtime: Runtime, els: Account, version: str) -> ReportDocument:
    public = "public" in version
    make: Callable[[], ReportDocument]
    if "draft" in version:
        draft = draft_of(runtime, els, NOW, ASKED)
        make = lambda: draft_document(draft, public=public)  # noqa: E731 - said in one place
    else:
        kept = keep_report(runtime, els, NOW, ASKED)
        make = lambda: kept_document(kept, "De Linde", "Els", public=public)  # noqa: E731 - as above
    with new_site("2026-06-10 12:00", runtime=runtime).app.test_request_context():
        return make()


def heads(document: ReportDocument, title: str) -> list[Any]:
    (table,) = [one for chapter in document.chapters for one in chapter.tables if one.title == title]
    return rows_of(document, table)[0]


def rows(document: ReportDocument, title: str) -> dict[str, Any]:
    (table,) = [one for chapter in document.chapters for one in chapter.tables if one.title == title]
    return {str(row[0]): row[1] for row in rows_of(document, table)[1:]}


@pytest.mark.parametrize("version", VERSIONS)
def test_years_before_the_register_are_no_zeros_and_every_version_says_so(version: str) -> None:
    document = read(*house("2026-05-11"), version)
    assert rows(document, "Drie jaar") == {"2024": "\u2013", "2025": "\u2013", "2026": 5, "Totaal": 5}
    (note,) = [one for one in document.notes if one.startswith("Let op:")]
    assert note.endswith("Waar \u2013 staat, was er nog niets geregistreerd.")


@pytest.mark.parametrize("version", VERSIONS)
def test_its_files_say_it_too(version: str) -> None:
    document = read(*house("2026-05-11"), version)
    lines = list(csv.reader(io.StringIO(report_csv(document, local=False).decode())))
    assert ["2024", "\u2013"] in lines
    tables = json.loads(report_json(document))["chapters"][0]["tables"]
    (years,) = [one for one in tables if one["title"] == "Drie jaar"]
    assert years["unregistered"] == ["2024", "2025"]
    assert [line[2] for line in years["lines"]] == [[None], [None], [5]]


def test_what_stands_beside_a_kept_report_is_said_as_in_its_draft() -> None:
    runtime, els = house("2026-05-11")
    days = "woensdag 1 januari 2025 tot en met woensdag 31 december 2025"
    before = f"Ernaast staat niets van {days}: toen was er nog niets geregistreerd."
    for version in ("draft", "kept"):
        document = read(runtime, els, version)
        assert before in document.notes
        assert heads(document, "Soort bericht") == ["", "Aantal"]


@pytest.mark.parametrize("version", ["draft", "kept"])
def test_a_year_in_which_something_was_registered_stands_beside_it(version: str) -> None:
    document = read(*house("2025-05-11", "2026-05-11"), version)
    assert heads(document, "Soort bericht") == ["", "Aantal", "2025"]
    days = "woensdag 1 januari 2025 tot en met woensdag 31 december 2025"
    assert f"Ernaast staat: {days}." in document.notes


def test_no_dash_is_explained_where_none_stands() -> None:
    runtime = de_linde(names=("beukenhof",))
    publish_change(runtime, _by_kind_alone, "2026-01-01 10:00")
    staff(runtime, "els", "kwaliteitscoordinator")
    open_by_phone(runtime, "2026-05-11 10:00")
    with reading_projection(runtime) as register:
        els = register.account("els")
    assert els is not None
    assert "\u2013" not in " ".join(read(runtime, els, "draft").notes)


def _by_kind_alone(document: dict[str, Any]) -> None:
    with_figures(document)
    report = document["reports"]["jaarverslag"]
    chapters = [{"name": "Alles", "figures": [{"name": "Soort bericht", "per": "type_bericht"}]}]
    document["reports"] = {"jaarverslag": {**report, "chapters": chapters}}


@pytest.mark.parametrize("version", VERSIONS)
def test_what_was_brought_in_of_earlier_years_counts_and_what_lies_before_it_does_not(version: str) -> None:
    found = rows(read(*house("2025-12-31", "2026-05-11"), version), "Drie jaar")
    assert found == {"2024": "\u2013", "2025": 5, "2026": 5, "Totaal": 10}


def test_months_of_the_year_in_which_it_began_are_no_zeros_before_it_did() -> None:
    def months(version: str) -> list[Any]:
        return [value for key, value in rows(read(*house("2026-05-11"), version), "Per maand").items()]

    # Agreements are in force from January on: what came in from then on is known.
    assert months("public draft")[:5] == [0, 0, 0, 0, 5]


def test_the_public_version_tells_by_it_of_no_dossier() -> None:
    """It goes by the day of the agreements and by the numbers that are told: not by when the first dossier came in."""
    runtime, els = house("2026-05-11")
    later, other = house("2026-05-02")
    told = [read(*one, "kept and public") for one in ((runtime, els), (later, other))]
    assert told[0].since == told[1].since
    assert told[0].notes[2:] == told[1].notes[2:]
    assert not any("mei 2026" in note for note in told[0].notes[2:])
