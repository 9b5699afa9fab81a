"""Small numbers in a public report, found again by nobody who knows the agreement: what follows from what, what is
asked when, and how a term stands after so many days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import product
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gehoor.core.figures.counted import Counted, Period
from gehoor.core.figures.counting import tally
from gehoor.core.figures.suppression.contributions import Member
from gehoor.core.figures.suppression.public_tables import public_tables
from gehoor.core.figures.tables import FigureTable, figure_table
from gehoor.core.reports.model import Report
from gehoor.core.reports.parse import build_reports
from gehoor.core.wording.registry import sentences_in
from tests.support.figures import COMPLAINT
from tests.support.possible_dossiers import agreement_of, possible
from tests.support.report_attacker import Attacker

LEAST: Final = 5
PERIOD: Final = Period.of_year(2026)
ANSWER: Final = {"from": "ontvangst", "until": "antwoord verstuurd"}
LONG: Final = {**ANSWER, "bounds": [20, 45, 90]}
FOUNDED: Final = {"gegrondheid": ["gegrond", "deels_gegrond"]}
OFTEN: Final = {"ernst": {"at-least": 3}, "herhaalkans": {"at-least": 4}}
DAYS: Final = (None, *range(121))
TOOK: Final = (None, 0, 3, 9, 10, 11, 15, 19, 20, 21, 28, 30, 31, 32, 33, 34, 44, 45, 46, 60, 90, 91, 99, 100)
"""How long it took in the registers; an attacker takes all days into account."""
KINDS: Final = ("klacht", "opmerking", None)
JUDGED: Final = (None, "gegrond", "deels_gegrond", "ongegrond")
Choices = Mapping[str, Sequence[Any]]

LINKED: Final[Mapping[str, tuple[list[dict[str, Any]], Choices]]] = {
    "terms beside lead times": (
        [
            {"name": "Duur", "if": COMPLAINT, "lead-time": LONG},
            {"name": "Kort", "lead-time": {**ANSWER, "bounds": [10]}},
            {"name": "Op tijd", "term": "antwoord"},
            {"name": "Opmerking op tijd", "term": "opmerking"},
            {"name": "Soort", "per": "type_bericht"},
        ],
        {"type_bericht": KINDS, "took": DAYS},
    ),
    "terms beside lead times, by department": (
        [
            {"name": "Duur", "if": COMPLAINT, "per": "department", "lead-time": {**ANSWER, "bounds": [20, 45]}},
            {"name": "Op tijd", "per": "department", "term": "antwoord"},
            {"name": "Afgerond", "in-and-out": True},
        ],
        {"type_bericht": KINDS, "department": ("beukenhof", "eikenrode"), "took": DAYS, "closed_after": (None, 101)},
    ),
    "how long it took, worked out": (
        [
            {"name": "Duur", "lead-time": LONG},
            {"name": "Binnen 45", "if": {"doorlooptijd_dagen": {"at-most": 45}}, "per": "type_bericht"},
            {"name": "Som", "sum-of": "doorlooptijd_dagen"},
        ],
        {"type_bericht": KINDS, "took": DAYS},
    ),
    "a class that follows from two answers": (
        [
            {"name": "Klasse", "per": "risicoklasse"},
            {"name": "Ernst", "per": "ernst"},
            {"name": "Ernstig en vaak", "if": OFTEN, "per": "ernst"},
            {"name": "Gevaar", "per": "acuut_gevaar"},
        ],
        {"ernst": (None, 1, 2, 3, 4, 5), "herhaalkans": (None, 1, 2, 3, 4, 5), "acuut_gevaar": (None, False, True)},
    ),
    "asked only beside another answer": (
        [
            {"name": "Oordeel", "per": "gegrondheid"},
            {"name": "Soort", "per": "type_bericht"},
            {"name": "Normen", "per": "toetsingsnormen"},
            {"name": "Excuses van gegronde", "if": COMPLAINT | FOUNDED, "per": "verontschuldiging"},
        ],
        {
            "type_bericht": KINDS,
            "gegrondheid": JUDGED,
            "toetsingsnormen": (None, ["a"], ["b"], ["a", "b"]),
            "verontschuldiging": (None, ["x"], ["y"]),
        },
    ),
    "required once it was looked into": (
        [
            {"name": "Oordeel", "per": "gegrondheid"},
            {"name": "Onderzocht", "lead-time": {"from": "ontvangst", "until": "onderzoek afgerond", "bounds": [20]}},
            {"name": "Onderzoek op tijd", "term": "onderzoek"},
            {"name": "Soort", "per": "type_bericht"},
        ],
        {
            "type_bericht": KINDS,
            "gegrondheid": JUDGED,
            "onderzoek_afgerond_op": (None, *(f"2026-02-{day:02}" for day in (2, 5, 22, 23, 24, 25)), "2026-03-20"),
        },
    ),
}  # fmt: skip


@cache
def atoms(hole: str) -> list[Counted]:
    """Every dossier that could exist."""
    choices = LINKED[hole][1]
    every = (dict(zip(choices, values, strict=True)) for values in product(*choices.values()))
    return [one for number, of in enumerate(every) if (one := possible(number, of)) is not None]


@cache
def report_of(hole: str) -> Report:
    chapters = [{"name": "Alles", "figures": LINKED[hole][0]}]
    document = {"reports": {"r": {"name": "R", "period-by": "ontvangst", "chapters": chapters}}}
    return build_reports(document, agreement_of("beukenhof").fact_types)["r"]


def published(one: Report, dossiers: Sequence[Counted]) -> list[FigureTable]:
    departments = [agreement_of("beukenhof"), agreement_of("eikenrode")]
    whole = [
        figure_table(one, table, PERIOD, tally(one, table, PERIOD, dossiers), departments, sentences_in("nl"))
        for table in one.tables.values()
    ]
    return public_tables(whole, one, PERIOD, [Member(each) for each in dossiers])


def attack(hole: str, register: Sequence[tuple[int, int]]) -> None:
    kinds = [one for one in atoms(hole) if one.facts.values.get("doorlooptijd_dagen") in TOOK]
    dossiers = [kinds[which % len(kinds)] for which, times in register for _ in range(times)]
    one = report_of(hole)
    attacker = Attacker(published(one, dossiers), one, PERIOD, atoms(hole))
    for number in attacker.hidden:
        least, most = attacker.range_of(number)
        assert most - least >= LEAST, (number, least, most)


REGISTER: Final = st.lists(st.tuples(st.integers(0, 10**6), st.sampled_from([1, 1, 2, 3, 7, 20])), max_size=9)
"""Of which dossiers there are some, and how many."""


@pytest.mark.parametrize("hole", LINKED)
@settings(max_examples=6, deadline=None)
@given(register=REGISTER)
def test_who_knows_the_agreement_recovers_no_hidden_number(
    hole: str, register: list[tuple[int, int]]
) -> None:
    attack(hole, register)


@pytest.mark.soak
@pytest.mark.parametrize("hole", LINKED)
@settings(max_examples=100, deadline=None)
@given(register=REGISTER)
def test_who_knows_the_agreement_recovers_no_hidden_number_at_length(
    hole: str, register: list[tuple[int, int]]
) -> None:
    attack(hole, register)
