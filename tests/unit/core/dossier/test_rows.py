"""Which row is which, whatever people do with a list."""

from __future__ import annotations

import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gehoor.core.dossier.rows import Row, keys_of

LIFT = {"wat": "Tweede tillift kopen voor de zuidvleugel", "tegen": "2027-02-01"}
BELL = {"wat": "Bel in kamer 12 herstellen", "tegen": "2027-02-01"}
ROTA = {"wat": "Rooster van de nacht nakijken", "tegen": "2027-03-01", "wie": "team"}
THREE = (LIFT, BELL, ROTA)
KEYS = ("1.1", "1.2", "1.3")


def after(*rows: Row, before: tuple[Row, ...] = THREE) -> list[str]:
    return [*keys_of(rows, 7, before, KEYS[: len(before)])]


def test_rows_that_move_keep_their_keys() -> None:
    assert after(ROTA, LIFT, BELL) == ["1.3", "1.1", "1.2"]


def test_a_row_that_went_leaves_nothing_to_the_next() -> None:
    assert after(BELL, ROTA) == ["1.2", "1.3"]
    assert after(LIFT, ROTA) == ["1.1", "1.3"]


def test_a_new_row_has_a_key_of_its_own_wherever_it_stands() -> None:
    new = {"wat": "Onthaal opleiden", "tegen": "2027-02-01"}
    assert after(new, LIFT, BELL, ROTA) == ["7.1", "1.1", "1.2", "1.3"]


def test_a_row_in_the_place_of_another_is_another_row_though_it_is_for_the_same_day() -> None:
    new = {"wat": "Onthaal opleiden", "tegen": "2027-02-01"}
    assert after(new, BELL, ROTA) == ["7.1", "1.2", "1.3"]


@pytest.mark.parametrize(
    "changed",
    [
        {"tegen": "2027-04-01"},
        {"gedaan": "2027-01-20"},
        {"wat": "Een tweede tillift kopen voor de zuidvleugel"},
        {"wat": "TWEEDE TILLIFT KOPEN VOOR DE ZUIDVLEUGEL", "tegen": "2027-05-05"},
    ],
)
def test_a_row_that_was_changed_is_still_the_same_row(changed: dict[str, str]) -> None:
    assert after(BELL, {**LIFT, **changed}, ROTA) == ["1.2", "1.1", "1.3"]


def test_rows_without_a_text_are_known_by_what_else_is_the_same() -> None:
    numbers = ({"hoeveel": 1, "tegen": "2027-02-01"}, {"hoeveel": 2, "tegen": "2027-03-01"})
    assert after({"hoeveel": 2, "tegen": "2027-04-01"}, before=numbers) == ["1.2"]
    assert after({"hoeveel": 9, "tegen": "2027-09-09"}, before=numbers) == ["7.1"]


def test_a_long_list_of_which_every_row_was_written_anew_is_soon_told_apart() -> None:
    words = [f"woord{number}" for number in range(60)]
    lists = [
        [{"wat": " ".join(words[place:] + words[:place] + [str(time)]), "wie": "team"} for place in range(50)]
        for time in (1, 2)
    ]
    calls = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        found = keys_of(lists[1], 7, lists[0], [f"1.{number}" for number in range(50)])
    finally:
        sys.setprofile(before)
    assert len(set(found)) == 50
    # Every row beside every other one, with a few steps for each.
    assert calls < 60 * 50 * 50


def test_two_equal_rows_are_two_rows() -> None:
    assert after(LIFT, LIFT) == ["1.1", "7.2"]
    assert after(LIFT, before=(LIFT, LIFT)) == ["1.1"]


WORDS = st.sampled_from(["lift", "bel", "rooster", "opleiding", "kamer twaalf", "nacht en ontij"])
ROWS: Any = st.lists(
    st.fixed_dictionaries(
        {"wat": WORDS},
        optional={"tegen": st.sampled_from(["2027-02-01", "2027-03-01"]), "klaar": st.booleans()},
    ),
    max_size=6,
)


@given(before=ROWS, rows=ROWS)
def test_no_key_is_there_twice_and_none_comes_from_nowhere(before: list[Row], rows: list[Row]) -> None:
    known = [f"1.{number}" for number in range(1, len(before) + 1)]
    found = keys_of(rows, 7, before, known)
    assert len(found) == len(rows)
    assert len(set(found)) == len(found)
    assert {key for key in found if not key.startswith("7.")} <= set(known)


@given(rows=ROWS, order=st.randoms())
def test_any_order_of_the_same_rows_has_the_same_keys(rows: list[Row], order: Any) -> None:
    known = tuple(f"1.{number}" for number in range(1, len(rows) + 1))
    pairs = [*zip(rows, known, strict=True)]
    order.shuffle(pairs)
    found = keys_of([row for row, _ in pairs], 7, rows, known)
    assert sorted(found) == sorted(known)
    by_key = dict(zip(known, rows, strict=True))
    assert [by_key[key] for key in found] == [row for row, _ in pairs]
