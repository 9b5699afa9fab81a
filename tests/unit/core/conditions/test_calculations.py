"""Sums in rules: read, typed and worked out exactly."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gehoor.core.conditions.calculations import read_calculation
from gehoor.core.conditions.facts import FactType

TYPES = {
    "ernst": FactType.INTEGER,
    "kans": FactType.INTEGER,
    "bedrag": FactType.DECIMAL,
    "van": FactType.DATE,
    "tot": FactType.DATE,
    "naam": FactType.TEXT,
}


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("ernst x kans", 12),
        ("ernst + 1", 5),
        ("10 - kans", 7),
        ("bedrag x 2", Decimal("25.00")),
        ("ernst x 0,5", Decimal("2.0")),
        ("tot - van", 59),
    ],
)
def test_a_sum(text: str, result: object) -> None:
    facts = {
        "ernst": 4, "kans": 3, "bedrag": Decimal("12.50"), "van": date(2026, 1, 1), "tot": date(2026, 3, 1),
    }  # fmt: skip
    found = read_calculation(text).result(facts)
    assert (found, type(found)) == (result, type(result))


@pytest.mark.parametrize(
    "text",
    ["ernst", "ernst x", "ernst keer 2", "1 + 2", "ernst / 2", "ernst  x kans y", "Ernst x 2", "a x b x c"],
)
def test_what_is_no_sum(text: str) -> None:
    with pytest.raises(ValueError, match=r"[A-Za-z0-9]") as refused:
        read_calculation(text)
    assert str(refused.value) in text, "it names the part that is wrong"


@pytest.mark.parametrize(
    ("text", "fact_type"),
    [
        ("ernst x kans", FactType.INTEGER),
        ("ernst x 0,5", FactType.DECIMAL),
        ("bedrag + ernst", FactType.DECIMAL),
        ("tot - van", FactType.INTEGER),
        ("tot + van", None),
        ("tot - 3", None),
        ("naam + 1", None),
        ("onbekend + 1", None),
    ],
)
def test_the_type_of_a_sum(text: str, fact_type: FactType | None) -> None:
    assert read_calculation(text).result_type(TYPES) is fact_type


@given(st.integers(-(10**6), 10**6), st.integers(-(10**6), 10**6), st.sampled_from("+-x"))
def test_whole_numbers_stay_whole(left: int, right: int, sign: str) -> None:
    expected = {"+": left + right, "-": left - right, "x": left * right}[sign]
    found = read_calculation(f"ernst {sign} kans").result({"ernst": left, "kans": right})
    assert (found, type(found)) == (expected, int)


def test_nothing_comes_of_what_is_not_answered() -> None:
    assert read_calculation("ernst x kans").result({"ernst": 4}) is None
