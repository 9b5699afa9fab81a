"""Small numbers in a public report: hidden, and found again by nobody who solves for them with all that is shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import combinations_with_replacement, product
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gehoor.core.agreement.model import Agreement
from gehoor.core.figures.counted import Counted, Period
from gehoor.core.figures.counting import tally
from gehoor.core.figures.facts import TermFacts
from gehoor.core.figures.suppression.contributions import Member
from gehoor.core.figures.suppression.public_tables import public_tables
from gehoor.core.figures.tables import FigureTable, Line, figure_table
from gehoor.core.reports.model import Report
from gehoor.core.reports.parse import build_reports
from gehoor.core.wording.registry import sentences_in
from tests.support.de_linde import agreement
from tests.support.figures import COMPLAINT, counted, days_after
from tests.support.report_attacker import Attacker

LEAST: Final = 5
PERIOD: Final = Period.of_year(2026)
FOUNDED: Final = {"gegrondheid": ["gegrond", "deels_gegrond"]}
ANSWER: Final = {"from": "ontvangst", "until": "antwoord verstuurd"}
DAYS: Final = (None, *range(131))

Figures = list[dict[str, Any]]
Choices = Mapping[str, Sequence[Any]]


@dataclass(frozen=True)
class Kind:
    """A kind of hole: the tables, what a dossier of the register may be, and what an attacker takes into account
    besides."""

    figures: Figures
    register: Choices
    possible: Choices


KINDS: Final[Mapping[str, tuple[str, ...]]] = {"kind": ("klacht", "opmerking", "suggestie")}
JUDGED: Final = ("gegrond", "deels_gegrond", "ongegrond", None)
TOOK: Final = (None, 3, 9, 15, 19, 30, 44, 60, 100)
DEPARTMENTS: Final = ("beukenhof", "eikenrode")

HOLES: Final[Mapping[str, Kind]] = {
    "tables broken down twice": Kind(
        [
            {"name": "Soort", "per": "type_bericht"},
            {"name": "Soort en oordeel", "per": "type_bericht", "and-per": "gegrondheid"},
            {"name": "Oordeel", "per": "gegrondheid"},
            {"name": "Oordeel over klachten", "if": COMPLAINT, "per": "gegrondheid"},
        ],
        {**KINDS, "judged": JUDGED},
        {},
    ),
    "terms": Kind(
        [
            {"name": "Op tijd", "term": "antwoord"},
            {"name": "Op tijd per afdeling", "per": "department", "term": "antwoord"},
            {"name": "Klachten op tijd", "if": COMPLAINT, "term": "antwoord"},
            {"name": "Soort", "per": "type_bericht"},
        ],
        {**KINDS, "department": DEPARTMENTS, "standing": ("on-time", "late-done", "running", None)},
        {},
    ),
    "a condition that is a sum of cells": Kind(
        [
            {"name": "Oordeel", "if": COMPLAINT, "per": "gegrondheid"},
            {"name": "Oplossing", "if": COMPLAINT | FOUNDED, "per": "oplossing"},
            {"name": "Normen", "if": COMPLAINT | FOUNDED, "per": "toetsingsnormen"},
            {"name": "Oordeel per afdeling", "if": COMPLAINT, "per": "department", "and-per": "gegrondheid"},
        ],
        {
            "kind": ("klacht", "opmerking"),
            "judged": JUDGED,
            "solved": ("opgelost", "deels_opgelost", None),
            "norms": ((), ("a",), ("a", "b")),
            "department": DEPARTMENTS,
        },
        {"norms": ((), ("a",), ("b",), ("a", "b"))},
    ),
    "classes of days with other bounds": Kind(
        [
            {"name": "Kort", "lead-time": {**ANSWER, "bounds": [10]}},
            {"name": "Lang", "lead-time": {**ANSWER, "bounds": [20, 45, 90]}},
            {"name": "Afdeling", "per": "department", "lead-time": {**ANSWER, "bounds": [20, 45]}},
        ],
        {"department": DEPARTMENTS, "took": TOOK},
        {"took": DAYS},
    ),
    "what came in is the total of another table": Kind(
        [
            {"name": "In en uit", "in-and-out": True},
            {"name": "Soort", "per": "type_bericht"},
            {"name": "Drie jaar", "per": "year", "number-of-years": 3},
        ],
        {
            **KINDS,
            "received": ("2024-03-01", "2025-03-01", "2026-03-01"),
            "closed": ("", "2025-12-31", "2026-09-01"),
        },
        {"received": ("2023-12-31", "2024-03-01", "2025-03-01", "2026-03-01")},
    ),
    "means beside counts": Kind(
        [
            {"name": "Tevreden", "per": "department", "mean-of": "tevreden_afhandeling"},
            {"name": "Ingevuld", "if": {"tevreden_afhandeling": {"filled": True}}, "per": "type_bericht"},
            {"name": "Som", "per": "type_bericht", "sum-of": "tevreden_afhandeling"},
            {"name": "Hoe tevreden", "per": "tevreden_afhandeling"},
        ],
        {"kind": ("klacht", "opmerking"), "department": DEPARTMENTS, "score": (None, 1, 2, 3, 4, 5)},
        {},
    ),
    "a report as a whole": Kind(
        [
            {"name": "In en uit", "in-and-out": True},
            {"name": "Soort", "per": "type_bericht", "thousandths-of": 1000},
            {"name": "Oordeel", "if": COMPLAINT, "per": "department", "and-per": "gegrondheid"},
            {"name": "Gegrond of deels", "if": COMPLAINT | FOUNDED, "per": "department"},
            {"name": "Kort", "if": COMPLAINT, "lead-time": {**ANSWER, "bounds": [10]}},
            {"name": "Lang", "if": COMPLAINT, "per": "department", "lead-time": {**ANSWER, "bounds": [20]}},
            {"name": "Op tijd", "if": COMPLAINT, "per": "department", "term": "antwoord"},
        ],
        {
            "kind": ("klacht", "opmerking"),
            "judged": ("gegrond", "ongegrond"),
            "department": DEPARTMENTS,
            "took": (None, 3, 15, 30),
            "standing": ("on-time", "late-done"),
            "closed": ("", "2026-09-01"),
        },
        {"took": (None, *range(41))},
    ),
    "rows that are there, and months": Kind(
        [
            {"name": "Per maand", "per": "month"},
            {"name": "Ernst", "per": "ernst"},
            {"name": "Klachten per maand", "if": COMPLAINT, "per": "month"},
            {"name": "Deelklachten", "per": "deelklachten.soort_klacht_hoofd"},
        ],
        {
            "kind": ("klacht", "opmerking"),
            "received": ("2026-01-05", "2026-02-05", "2026-03-05"),
            "severity": (None, 1, 2),
            "parts": ((), ("bejegening",), ("bejegening", "bejegening"), ("communicatie",)),
        },
        {
            "parts": tuple(
                one
                for many in range(5)
                for one in combinations_with_replacement(("bejegening", "communicatie"), many)
            )
        },
    ),
}


@cache
def under(department: str = "beukenhof") -> Agreement:
    return agreement(department)


def dossier(number: int, of: Mapping[str, Any]) -> Counted:
    """A dossier by what it is."""
    values: dict[str, Any] = {
        "type_bericht": of.get("kind", "klacht"),
        "gegrondheid": of.get("judged"),
        "oplossing": of.get("solved"),
        "toetsingsnormen": list(of.get("norms", ())) or None,
        "tevreden_afhandeling": of.get("score"),
        "ernst": of.get("severity"),
        "deelklachten": [{"soort_klacht_hoofd": one} for one in of.get("parts", ())] or None,
    }
    received = of.get("received", "2026-02-01")
    reached = {"ontvangst": received}
    if of.get("took") is not None:
        reached["antwoord verstuurd"] = days_after(received, of["took"])
    standing = of.get("standing")
    late_at = "9999-12-31T00:00:00Z" if standing == "running" else ""
    terms = [TermFacts("antwoord", standing, late_at)] if standing else []
    closed = of.get("closed", "")
    given = {name: value for name, value in values.items() if value is not None}
    made = counted(under(), number, given, reached, terms, closed if closed >= received else "")
    return replace(made, facts=replace(made.facts, department=of.get("department", "beukenhof")))


def report_of(figures: Figures) -> Report:
    chapters = [{"name": "Alles", "figures": figures}]
    document = {"reports": {"r": {"name": "R", "period-by": "ontvangst", "chapters": chapters}}}
    return build_reports(document, under().fact_types)["r"]


def tables(one: Report, dossiers: Sequence[Counted]) -> tuple[list[FigureTable], list[FigureTable]]:
    """The tables of a register, and the same for the public."""
    departments = [under(), under("eikenrode")]
    whole = [
        figure_table(one, table, PERIOD, tally(one, table, PERIOD, dossiers), departments, sentences_in("nl"))
        for table in one.tables.values()
    ]
    return whole, public_tables(whole, one, PERIOD, [Member(each) for each in dossiers])


def kinds_of(choices: Choices) -> Iterator[dict[str, Any]]:
    for values in product(*choices.values()):
        yield dict(zip(choices, values, strict=True))


def lines_of(table: FigureTable) -> list[Line]:
    return [*table.lines, *([table.total] if table.total else [])]


@cache
def atoms(hole: str) -> list[Counted]:
    kind = HOLES[hole]
    return [dossier(n, of) for n, of in enumerate(kinds_of({**kind.register, **kind.possible}))]


REGISTER: Final = st.lists(st.tuples(st.integers(0, 10**6), st.sampled_from([1, 1, 2, 3, 7, 20])), max_size=9)
"""Of which kinds of dossiers there are some, and how many."""


def dossiers_of(hole: str, register: Sequence[tuple[int, int]]) -> list[Counted]:
    choices = list(kinds_of(HOLES[hole].register))
    return [
        dossier(100 * number + time, choices[which % len(choices)])
        for number, (which, times) in enumerate(register)
        for time in range(times)
    ]


def attack(hole: str, register: Sequence[tuple[int, int]]) -> None:
    dossiers = dossiers_of(hole, register)
    one = report_of(HOLES[hole].figures)
    whole, public = tables(one, dossiers)
    for table, before in zip(public, whole, strict=True):
        if table.withheld:
            # Left out whole: it tells nothing that could be wrong.
            continue
        for line, was in zip(lines_of(table), lines_of(before), strict=True):
            assert line.total is None or line.total == 0 or line.total >= LEAST
            assert line.total in (None, was.total)
            if table.broken_down_twice:
                assert all(count is None or count == 0 or count >= LEAST for count in line.counts)
                assert all(
                    count in (None, known) for count, known in zip(line.counts, was.counts, strict=True)
                )
    attacker = Attacker(public, one, PERIOD, atoms(hole))
    for number in attacker.hidden:
        least, most = attacker.range_of(number)
        assert most - least >= LEAST, (number, least, most)


@pytest.mark.parametrize("hole", HOLES)
@settings(max_examples=6, deadline=None)
@given(register=REGISTER)
def test_a_solver_recovers_no_hidden_number(hole: str, register: list[tuple[int, int]]) -> None:
    attack(hole, register)


ORDERED: Final[Mapping[str, list[tuple[int, int]]]] = {
    "rows that are there, and months": [
        (62, 1), (27, 7), (17, 1), (21, 1), (57, 1), (68, 1), (27, 1), (2, 7),
    ],
    "classes of days with other bounds": [(14, 1), (16, 7), (2, 2), (3, 7), (13, 2)],
}  # fmt: skip
"""Registers of which other numbers could be hidden as well, and were when dossiers were read the other way round."""


@pytest.mark.parametrize("hole", ORDERED)
def test_in_whatever_order_dossiers_are_read_the_same_is_hidden(hole: str) -> None:
    """What is kept is what was shown before; and of two ways of hiding the one tells what the other hides."""
    dossiers, one = dossiers_of(hole, ORDERED[hole]), report_of(HOLES[hole].figures)
    assert tables(one, dossiers)[1] == tables(one, dossiers[::-1])[1]


@pytest.mark.soak
@pytest.mark.parametrize("hole", HOLES)
@settings(max_examples=200, deadline=None)
@given(register=REGISTER)
def test_a_solver_recovers_no_hidden_number_at_length(hole: str, register: list[tuple[int, int]]) -> None:
    attack(hole, register)


def many(hole: str, *kinds: tuple[int, dict[str, Any]]) -> tuple[Report, list[FigureTable]]:
    """The public tables of a register with so many dossiers of each kind."""
    dossiers = [dossier(1000 * n + k, of) for n, (times, of) in enumerate(kinds) for k in range(times)]
    one = report_of(HOLES[hole].figures)
    return one, tables(one, dossiers)[1]


def told(table: FigureTable) -> dict[str, int | None]:
    return {line.head.label: line.total for line in lines_of(table)}


def test_what_is_safe_is_shown() -> None:
    """Two small numbers keep each other hidden, and nothing else has to be."""
    _, (kinds, *_rest) = many(
        "means beside counts",
        (40, {"kind": "klacht", "score": 4}), (30, {"kind": "opmerking", "score": 3}),
    )  # fmt: skip
    mean = kinds.total
    assert mean is not None
    assert mean.worked_out[0] == 70


def test_the_mean_of_all_is_shown_beside_classes_that_are_hidden() -> None:
    figures: Figures = [{"name": "Lang", "lead-time": {**ANSWER, "bounds": [20, 45, 90]}}]
    took = [(days, 10) for days in range(20)] + [(50, 4), (70, 3), (88, 2), (95, 2)]
    dossiers = [dossier(100 * days + n, {"took": days}) for days, times in took for n in range(times)]
    _, (table,) = tables(report_of(figures), dossiers)
    assert told(table) == {
        "0 tot en met 20 dagen": 200, "21 tot en met 45 dagen": 0, "46 tot en met 90 dagen": None,
        "Meer dan 90 dagen": None, "Totaal": 211,
    }  # fmt: skip
    assert table.total is not None
    assert [str(one) for one in table.total.worked_out] == ["211", "12.68", "10"]


def test_a_mean_of_few_is_not_told_nor_can_be_worked_out() -> None:
    _, (means, *_rest) = many(
        "means beside counts",
        (9, {"department": "beukenhof", "score": 3}), (2, {"department": "eikenrode", "score": 5}),
    )  # fmt: skip
    assert means.total is not None
    assert set(means.total.worked_out) == {None}
    assert set(means.lines[1].worked_out) == {None}


def test_a_dossier_that_counts_several_times_keeps_others_out_of_it() -> None:
    """Of those who have one norm, any could have another besides: nothing more has to be hidden."""
    figures: Figures = [{"name": "Normen", "per": "toetsingsnormen"}]
    dossiers = [
        dossier(n, {"judged": "gegrond", "norms": ("a", "b") if n < 3 else ("a",)}) for n in range(30)
    ]
    _, (table,) = tables(report_of(figures), dossiers)
    assert {name: number for name, number in told(table).items() if number != 0} == {
        "a": 30,
        "b": None,
        "Totaal": 30,
    }


def test_what_is_for_the_organisation_only_is_left_out() -> None:
    chapters = [
        {"name": "Alles", "figures": [{"name": "A", "per": "ernst"}, {"name": "B", "per": "ernst", "internal": True}]},
        {"name": "Intern", "internal": True, "figures": [{"name": "C", "per": "ernst"}]},
    ]  # fmt: skip
    document = {"reports": {"r": {"name": "R", "period-by": "ontvangst", "chapters": chapters}}}
    one = build_reports(document, under().fact_types)["r"]
    assert [table.title for table in tables(one, [])[1]] == ["A"]
