"""Pairs that people judged: one person or two who look alike, one story or two, one place or two."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from gehoor.core.text.contacts import same_email, same_phone
from gehoor.core.text.people_names import Name, one_person
from gehoor.core.text.place_names import near_signs, same_place
from gehoor.core.text.similarity import nearly_same

Row = Mapping[str, str]
PAIRS = Path(__file__).parent / "likeness"
RECOGNISED = 0.98
"""At least such a share of what is the same is recognised."""
MISTAKEN = 0.01
"""At most such a share of what is not the same is taken for it."""


def pairs(name: str) -> list[dict[str, str]]:
    with (PAIRS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def same_person(row: Row) -> bool:
    def shared(column: str, same: Callable[[str], str]) -> bool:
        one, other = (row[f"{column}_{side}"] for side in (1, 2))
        return bool(one and other) and same(one) == same(other)

    names = [Name(row[f"voornaam_{side}"], row[f"naam_{side}"]) for side in (1, 2)]
    reached = shared("email", same_email) or shared("telefoon", lambda number: same_phone(number, "BE"))
    return reached and one_person(*names)


def same_story(row: Row) -> bool:
    return nearly_same(row["verhaal_1"], row["verhaal_2"])


def named_alike(row: Row) -> bool:
    return same_place(row["plaats_1"], row["plaats_2"])


@pytest.mark.parametrize(
    ("name", "column", "judge", "least"),
    [
        ("people.csv", "dezelfde", same_person, 300),
        ("stories.csv", "hetzelfde", same_story, 120),
        ("places.csv", "dezelfde", named_alike, 120),
    ],
)
def test_what_is_the_same_is_recognised_and_what_looks_alike_is_not(
    name: str, column: str, judge: Callable[[Row], bool], least: int
) -> None:
    rows = pairs(name)
    same = [row for row in rows if row[column] == "ja"]
    others = [row for row in rows if row[column] == "nee"]
    assert len(rows) >= least
    assert abs(len(same) - len(others)) <= len(rows) // 10
    missed = [row["waarom"] for row in same if not judge(row)]
    mistaken = [row["waarom"] for row in others if judge(row)]
    assert len(missed) <= (1 - RECOGNISED) * len(same), missed
    assert len(mistaken) <= MISTAKEN * len(others), mistaken


@pytest.mark.parametrize("row", pairs("people.csv"), ids=lambda row: row["waarom"])
def test_it_makes_no_difference_who_told_first(row: Row) -> None:
    turned = {name[:-1] + {"1": "2", "2": "1"}.get(name[-1], name[-1]): value for name, value in row.items()}
    assert same_person(row) == same_person(turned)


@pytest.mark.parametrize(
    "row", [one for one in pairs("places.csv") if one["dezelfde"] == "ja"], ids=lambda row: row["plaats_2"]
)
def test_a_place_with_a_slip_of_the_pen_is_found_by_some_sign(row: Row) -> None:
    one, other = (near_signs(row[f"plaats_{side}"]) for side in (1, 2))
    assert {*one} & {*other}
    assert len(one) <= 12, "each is kept for each dossier"
