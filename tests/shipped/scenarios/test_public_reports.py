"""The shipped agreements and reports: what a public version hides, cannot be worked out with what they agree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any, Final

from gehoor.core.agreement.model import Agreement
from gehoor.core.agreement.parse import build_agreement
from gehoor.core.deadlines.status import TermStatus
from gehoor.core.figures.counted import Counted, Period
from gehoor.core.figures.counting import tally
from gehoor.core.figures.facts import TermFacts
from gehoor.core.figures.suppression.contributions import Member
from gehoor.core.figures.suppression.public_tables import hidden_in, public_tables
from gehoor.core.figures.suppression.published_together import published_together
from gehoor.core.figures.tables import FigureTable, figure_table
from gehoor.core.reports.model import Report
from gehoor.core.reports.parse import build_reports
from gehoor.core.text.canonical_json import dump, load
from gehoor.core.wording.registry import sentences_in
from tests.shipped.examples import examples
from tests.support.figures import counted, days_after

PERIOD: Final = Period.of_year(2026)
ANSWER: Final = {"from": "ontvangst", "until": "antwoord verstuurd"}
RECEIVED: Final = "2026-02-01"


@cache
def agreement(organisation: str, department: str) -> Agreement:
    one = next(
        one
        for one in examples().departments
        if (one.organisation, one.department) == (organisation, department)
    )
    return build_agreement(load(dump(one.document)), one.places)


def complaint(
    under: Agreement, number: int, took: int | None = None, standing: str = "", **answers: Any
) -> Counted:
    """A complaint that was answered after so many days."""
    values = {"type_bericht": "klacht", **answers}
    reached = {"ontvangst": RECEIVED}
    if took is not None:
        values["doorlooptijd_dagen"] = took
        reached["antwoord verstuurd"] = days_after(RECEIVED, took)
    return counted(
        under, number, values, reached, [TermFacts("antwoord", standing)] if standing else [],
        "2026-09-01" if standing else "",
    )  # fmt: skip


def report_of(under: Agreement, *figures: Mapping[str, Any]) -> Report:
    chapters = [{"name": "Alles", "figures": list(figures)}]
    document = {"reports": {"r": {"name": "R", "period-by": "ontvangst", "chapters": chapters}}}
    return build_reports(document, under.fact_types)["r"]


def counted_in(one: Report, under: Agreement, dossiers: Sequence[Counted]) -> list[FigureTable]:
    return [
        figure_table(one, table, PERIOD, tally(one, table, PERIOD, dossiers), [under], sentences_in("nl"))
        for table in one.tables.values()
    ]


def published(one: Report, under: Agreement, dossiers: Sequence[Counted]) -> dict[str, FigureTable]:
    found = public_tables(counted_in(one, under, dossiers), one, PERIOD, list(map(Member, dossiers)))
    return {table.title: table for table in found}


def told(table: FigureTable) -> dict[str, int | None]:
    return {line.head.key: line.total for line in table.lines}


def registered(under: Agreement, took: Iterable[tuple[int, int, str]]) -> list[Counted]:
    return [
        complaint(under, 100 * days + number, days, standing)
        for days, times, standing in took
        for number in range(times)
    ]


def test_a_class_of_days_is_not_told_by_how_many_were_in_time() -> None:
    """Of all that were answered within 45 days, those within 20 are not told when those between are hidden."""
    under = agreement("bruggeveld", "burgerzaken")
    in_time, late = TermStatus.ON_TIME.value, TermStatus.LATE_DONE.value
    dossiers = registered(
        under,
        [*((days, 4, in_time) for days in range(1, 20)), (40, 3, in_time), (50, 9, late), (95, 60, late)],
    )
    found = published(under.reports["jaarverslag"], under, dossiers)
    days = told(found["Van ontvangst tot antwoord"])
    kept = told(found["Antwoord binnen de termijn"])
    assert days["1"] is None
    assert days["0"] is None or kept["on time"] is None


def test_a_class_of_days_is_not_told_by_a_value_that_a_rule_works_out() -> None:
    under = agreement("de-linde", "beukenhof")
    one = report_of(
        under,
        {"name": "Duur", "lead-time": {**ANSWER, "bounds": [20, 45, 90]}},
        {"name": "Binnen 45", "if": {"doorlooptijd_dagen": {"at-most": 45}}, "per": "type_bericht"},
    )
    found = published(one, under, registered(under, [(5, 40, ""), (30, 3, ""), (60, 9, ""), (100, 60, "")]))
    days, within = told(found["Duur"]), told(found["Binnen 45"])
    assert days["1"] is None
    assert days["0"] is None or within["klacht"] is None


def test_an_answer_is_not_told_by_how_many_were_asked() -> None:
    """Whether there is a pattern is asked only where something is alike: of the others it is known not to be."""
    under = agreement("de-linde", "beukenhof")
    one = report_of(
        under, {"name": "Gelijkaardig", "per": "gelijkaardigheid"}, {"name": "Patroon", "per": "patroon"}
    )
    kinds = [(3, "ja", {"patroon": True}), (40, "ja", {"patroon": False}), (7, "nee", {})]
    dossiers = [
        complaint(under, 100 * place + number, gelijkaardigheid=alike, **said)
        for place, (times, alike, said) in enumerate(kinds)
        for number in range(times)
    ]
    found = published(one, under, dossiers)
    pattern = told(found["Patroon"])
    assert pattern["true"] is None
    assert pattern["false"] is None or told(found["Gelijkaardig"])["ja"] is None


def test_the_shipped_reports_hide_the_same_in_what_they_have_in_common() -> None:
    """A yearly report, one for the council and the tables of the first line, over the same complaints."""
    under = agreement("bruggeveld", "burgerzaken")
    kinds = [("gegrond", 2), ("deels_gegrond", 9), ("ongegrond", 14), ("onduidelijk", 6)]
    dossiers = [
        complaint(under, 100 * place + number, gegrondheid=judged, drager=["brief"], anoniem=False)
        for place, (judged, times) in enumerate(kinds)
        for number in range(times)
    ]
    reports = [under.reports[name] for name in sorted(under.reports)]
    beside = published_together(reports)
    shown = [
        table
        for table in counted_in(beside.report, under, dossiers)
        if table.id in {one.id for one in next(each for each in beside.report.chapters if each.tables).tables}
    ]
    hidden = hidden_in(shown, beside.report, PERIOD, list(map(Member, dossiers)))
    by_table: dict[str, set[str]] = {}
    for one in reports:
        for table in counted_in(one, under, dossiers):
            name = beside.names[one.id, table.id]
            by_table.setdefault(name, set()).add(repr(told(hidden.told(table, name))))
    assert len(beside.names) > len(by_table)
    assert all(len(said) == 1 for said in by_table.values())
    judged = [one for one in shown if beside.report.tables[one.id].by == "gegrondheid"]
    assert judged
    assert all(
        told(hidden.told(one, one.id))["gegrond"] is None
        for one in judged
        if not hidden.told(one, one.id).withheld
    )
