"""What the shipped De Linde counts: each sentence of the founding text that asks a figure has one in its report."""

from __future__ import annotations

from typing import Any

from gehoor.core.figures.tables import FigureTable
from gehoor.services.agreements.publishing import Publishable, publish
from gehoor.services.exchange.register_export import ExportWish, Names, export_register
from gehoor.services.figures.offered_reports import Asked
from gehoor.services.figures.overview import overview
from gehoor.services.figures.reports import draft_of, keep_report
from gehoor.services.ports.records import Account
from gehoor.services.register.register import reading
from gehoor.services.register.runtime import Runtime
from tests.shipped.founding.agreed import departments
from tests.shipped.founding.story import ORGANISATION, fill, judged, shipped, told
from tests.support.clock import at
from tests.support.de_linde import staff

NOW = at("2026-12-01 10:00")
NAMES = Names("Dossiers", "Nummer", "Afdeling", "Fase", "Afgesloten", "Ja", "Nee", "Rij", " [meer]")


def els(runtime: Runtime) -> Account:
    staff(runtime, "els", "kwaliteitscoordinator")
    with reading(runtime.store) as register:
        found = register.account("els")
    assert found is not None
    return found


def counted(runtime: Runtime, title: str) -> dict[str, int | None]:
    """The rows of a table of the yearly report that count something."""
    table = tables(runtime)[title]
    return {line.head.label: line.total for line in table.lines if line.total}


def tables(runtime: Runtime) -> dict[str, FigureTable]:
    draft = draft_of(runtime, els(runtime), NOW, Asked(ORGANISATION, "jaarverslag", 2026))
    return {one.title: one for one in draft.reckoned.tables.values()}


def test_how_many_came_by_each_channel_and_from_where() -> None:
    runtime = shipped()
    told(runtime)
    told(runtime, drager=["telefoon", "brief"], herkomst=["collega"])
    assert counted(runtime, "Hoe klachten binnenkwamen") == {"Telefoon": 2, "Brief": 1}
    assert sum(filter(None, counted(runtime, "Rechtstreeks, of via iemand anders").values())) == 2


def test_how_often_each_cause_comes_back_and_how_it_was_judged() -> None:
    runtime = shipped()
    judged(runtime, "gegrond")
    judged(runtime, "ongegrond")
    assert counted(runtime, "Gegrondheid") == {"Gegrond": 1, "Ongegrond": 1}
    assert list(counted(runtime, "Oorzaken").values()) == [2]
    assert list(counted(runtime, "Geschonden normen bij gegronde klachten").values()) == [1]


def test_how_often_it_was_put_right_paid_for_or_made_good() -> None:
    runtime = shipped()
    dossier = judged(runtime, "gegrond")
    steps = [
        {"type": "rechtzetting", "omschrijving": "a"},
        {"type": "schadeloosstelling", "omschrijving": "b"},
    ]
    fill(runtime, dossier, "2026-05-20 11:00", herstelmaatregelen=steps)
    assert sorted(filter(None, counted(runtime, "Herstel naar soort").values())) == [1, 1]


def test_whether_the_same_comes_back_after_an_improvement() -> None:
    runtime = shipped()
    first = judged(runtime, "gegrond")
    done = {"omschrijving": "Tweede bel", "type": "organisatorisch", "uitgevoerd_op": "2026-05-20"}
    fill(runtime, first, "2026-05-20 11:00", verbeteracties=[done])
    judged(runtime, "gegrond")
    found = overview(runtime, els(runtime), NOW)
    assert [one.number for one in found.effects] == ["BEU-2026-0001"]
    (recurring,) = [
        row for rows in found.recurring.values() for row in rows if row.field == "soort_klacht_hoofd"
    ]
    assert recurring.lately == 2


def test_scores_of_a_department_are_told_together_and_not_of_too_few() -> None:
    runtime = shipped()
    table = tables(runtime)["Tevreden over de afhandeling per afdeling"]
    assert table.worked_out == ("Aantal antwoorden", "Gemiddelde", "Mediaan")
    kept = keep_report(runtime, els(runtime), NOW, Asked(ORGANISATION, "jaarverslag", 2026))
    assert table.title not in {one["title"] for one in kept.public}, "of so few it is left out whole"


def test_a_field_that_is_added_in_a_file_stands_in_the_export() -> None:
    def ask_more(document: dict[str, Any]) -> dict[str, Any]:
        fields = {
            **document["forms"]["dossier"]["properties"],
            "kleur_van_de_deur": {
                "title": "Kleur van de deur", "type": "string", "phase": "registratie", "personal-data": "P0",
                "at-opening": True,
            },
        }  # fmt: skip
        form = {**document["forms"]["dossier"], "properties": fields}
        return {**document, "forms": {**document["forms"], "dossier": form}}

    runtime = shipped()
    offered = [
        Publishable(one.organisation, one.department, ask_more(one.document), one.places)
        for one in departments(ORGANISATION)
    ]
    publish(runtime, offered, at("2026-05-01 10:00"), "els")
    told(runtime, kleur_van_de_deur="blauw")
    sheet = export_register(runtime, els(runtime), NOW, ExportWish(), NAMES).sheets[0]
    column = [name for _label, name in sheet.heads].index("kleur_van_de_deur")
    assert [row[column] for row in sheet.rows] == ["blauw"]


def test_the_report_and_the_export_take_what_stands_in_the_dossier() -> None:
    runtime = shipped()
    judged(runtime, "gegrond")
    made = export_register(runtime, els(runtime), NOW, ExportWish(), NAMES)
    assert made.data[0]["answers"]["gegrondheid"] == "gegrond"
    assert list(counted(runtime, "Soort klacht").values()) == [1]
