"""A report of several departments, of which one takes another field for a milestone or a term: of each dossier it tells
what may be seen there, by the agreement of its own department and by the one that it is handled under."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any, Final

import pytest

from gehoor.core.agreement.actions import Action
from gehoor.core.conditions.facts import LATE_TERMS
from gehoor.core.conditions.model import Comparison, Operator
from gehoor.core.figures.counted import Period
from gehoor.core.figures.counting import CLOSED
from gehoor.core.reports.model import Report, ReportTable
from gehoor.services.figures.known_dossiers import fields_of
from gehoor.services.figures.looking import looking
from gehoor.services.figures.offered_reports import Asked
from gehoor.services.figures.report_lists import behind_figure
from gehoor.services.figures.reports import draft_of
from gehoor.services.ports.records import Account
from gehoor.services.projection.projection import reading_projection
from gehoor.services.register.runtime import Runtime
from tests.support.clock import at
from tests.support.de_linde import REGISTERED, de_linde, fill, open_by_phone, publish_change, staff
from tests.support.figures import with_figures

NOW: Final = at("2026-06-10 12:00")
ALL: Final = Asked("de-linde", "jaarverslag", 2026)
ONE: Final = Asked("de-linde", "jaarverslag", 2026, ("de-linde/eikenrode",))
LEAD: Final = {"from": "ontvangst", "until": "nazorg gedaan", "bounds": [20, 45, 90]}
FIGURES: Final[list[dict[str, Any]]] = [
    {"name": "Tot nazorg", "lead-time": LEAD},
    {"name": "Nazorg op tijd", "term": "nazorg"},
]
TABLES: Final = ("1.1", "1.2")


def agreed(document: dict[str, Any]) -> None:
    with_figures(document)
    chapters = [{"name": "Nazorg", "figures": FIGURES}]
    document["reports"] = {"jaarverslag": {**document["reports"]["jaarverslag"], "chapters": chapters}}


def elsewhere(document: dict[str, Any]) -> None:
    """As agreed, but aftercare is done by another field, which only the director sees."""
    for one in document["forms"]["dossier"]["properties"].values():
        one.pop("required-before", None)
    agreed(document)
    document["milestones"]["nazorg gedaan"]["field"] = "feiten_van"
    document["forms"]["dossier"]["properties"]["feiten_van"]["seen-by"] = ["algemeen-directeur"]


@pytest.fixture
def house() -> Runtime:
    runtime = de_linde(names=("beukenhof", "eikenrode"))
    publish_change(runtime, agreed, "2026-01-20 10:00")
    publish_change(runtime, elsewhere, "2026-01-20 10:00", "eikenrode")
    staff(runtime, "els", "de-linde/*:kwaliteitscoordinator")
    staff(runtime, "ria", "de-linde/*:onthaal")
    staff(runtime, "dirk", "de-linde/*:algemeen-directeur")
    opened = open_by_phone(runtime, "2026-05-12 10:00", "eikenrode", ontvangstdatum="2026-04-20")
    fill(runtime, opened.dossier, "2026-06-02 10:00", actor="dirk", feiten_van="2026-05-20")
    return runtime


def account(runtime: Runtime, name: str) -> Account:
    with reading_projection(runtime) as register:
        found = register.account(name)
    assert found is not None
    return found


def figures(runtime: Runtime, name: str, asked: Asked) -> list[int]:
    """How much is counted in each table, and how many dossiers its list has."""
    draft = draft_of(runtime, account(runtime, name), NOW, asked)
    counted = [sum(line.total or 0 for line in draft.reckoned.tables[one].lines) for one in TABLES]
    listed = [
        behind_figure(runtime, account(runtime, name), NOW, asked, (one, None, None)).dossiers
        for one in TABLES
    ]
    return [*counted, *listed]


@pytest.mark.parametrize("asked", [ALL, ONE], ids=["all departments", "one department"])
def test_a_figure_tells_nothing_of_a_field_that_one_may_not_see_there(house: Runtime, asked: Asked) -> None:
    assert figures(house, "els", asked) == [0, 0, 0, 0]
    assert figures(house, "dirk", asked)[0] == 1


def test_a_dossier_tells_by_the_agreement_that_it_is_handled_under_too(house: Runtime) -> None:
    publish_change(house, agreed, "2026-06-05 10:00", "eikenrode")
    assert figures(house, "els", ALL) == [0, 0, 0, 0]
    assert figures(house, "dirk", ALL)[0] == 1


def test_a_table_tells_of_the_milestones_of_the_terms_that_it_asks_of(house: Runtime) -> None:
    with reading_projection(house) as register:
        agreement = house.library.in_force(register, "de-linde", "eikenrode", NOW)
    late = ReportTable("1.1", "Te laat", only=Comparison(LATE_TERMS, Operator.ONE_OF, ("nazorg",)))
    kept = ReportTable("1.2", "Op tijd", term="onderzoek")
    report = Report("jaarverslag", "Jaarverslag", "ontvangst", 5, ())
    assert fields_of(late, report, agreement) >= {"feiten_van", "antwoord_datum"}
    after = replace(agreement.terms["onderzoek"], from_term="nazorg")
    agreement = replace(agreement, terms={**agreement.terms, "onderzoek": after})
    assert "feiten_van" in fields_of(kept, report, agreement)


def test_what_came_in_and_was_closed_tells_nobody_the_day_who_may_not_see_it(house: Runtime) -> None:
    """By other days than a year, one day at a time, its list would tell the day of each dossier."""

    def hidden_closing(document: dict[str, Any]) -> None:
        with_figures(document)
        document["forms"]["dossier"]["properties"]["afgesloten_op"]["seen-by"] = ["algemeen-directeur"]

    publish_change(house, hidden_closing, "2026-01-21 10:00")
    closed = open_by_phone(house, "2026-05-13 10:00", klager_telefoon="0470 00 00 02").dossier
    fill(
        house, closed, "2026-05-13 11:00", actor="dirk", **REGISTERED, registratiedatum="2026-05-13",
        geen_antwoord_reden="ingetrokken", afsluitreden="ingetrokken", afgesloten_op="2026-05-13",
        reason="Wat nog liep, hoeft niet meer.",
    )  # fmt: skip
    on_the_day = replace(ALL, span=Period(date(2026, 5, 13), date(2026, 5, 13)))
    on_the_day = replace(on_the_day, departments=("de-linde/beukenhof",))
    found = {
        name: behind_figure(house, account(house, name), NOW, on_the_day, ("1.1", CLOSED, None)).dossiers
        for name in ("els", "dirk")
    }
    assert found == {"els": 0, "dirk": 1}


def test_what_goes_by_the_day_of_receipt_leaves_out_where_one_may_not_see_it(house: Runtime) -> None:
    def hidden_receipt(document: dict[str, Any]) -> None:
        elsewhere(document)
        fields = document["forms"]["dossier"]["properties"]
        fields["feiten_van"]["meaning"] = fields["ontvangstdatum"].pop("meaning")
        document["milestones"]["ontvangst"]["field"] = "feiten_van"

    place = ("de-linde", "eikenrode")
    hidden = publish_change(house, hidden_receipt, "2026-06-06 10:00", "eikenrode").agreement
    publish_change(house, elsewhere, "2026-06-07 10:00", "eikenrode")
    with looking(house, account(house, "els"), NOW, Action.MAKE_REPORTS) as seen:
        told = seen.digests(place, {"type_bericht"})
    assert told
    assert hidden not in told
