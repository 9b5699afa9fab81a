"""Days reckoned from the date in another field, and comparisons with them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from gehoor.core.calendar.durations import Duration, Unit
from gehoor.core.conditions.evaluate import holds
from gehoor.core.conditions.facts import FactType
from gehoor.core.conditions.model import Comparison, Operator, fact_names
from gehoor.core.conditions.relative_dates import RelativeDate, read_relative_date
from gehoor.core.conditions.type_check import ErrorKind, type_errors
from gehoor.loading.keywords.relative_dates import canonical_day, day_hint, is_relative, read_day, written_day
from gehoor.loading.keywords.vocabulary import load_vocabulary
from gehoor.loading.merge.keyword_rendering import written_value

DUTCH = load_vocabulary("nl")


@pytest.mark.parametrize(
    ("text", "of", "day"),
    [
        ("a", "2024-02-29", "2024-02-29"),
        ("1 years before a", "2026-03-10", "2025-03-10"),
        ("1 years before a", "2024-02-29", "2023-02-28"),
        ("1 years after a", "2024-02-29", "2025-02-28"),
        ("1 months after a", "2026-01-31", "2026-02-28"),
        ("1 months before a", "2026-03-31", "2026-02-28"),
        ("2 weeks after a", "2026-12-25", "2027-01-08"),
        ("90 calendar-days before a", "2026-03-01", "2025-12-01"),
        ("0 calendar-days after a", "2026-03-01", "2026-03-01"),
        ("100 years before a", "0050-01-01", "0001-01-01"),
        ("3650 calendar-days after a", "9999-01-01", "9999-12-31"),
    ],
)
def test_a_day_is_reckoned_on_the_calendar(text: str, of: str, day: str) -> None:
    assert read_relative_date(text).on({"a": date.fromisoformat(of)}) == date.fromisoformat(day)


def test_a_day_from_a_field_without_an_answer_is_not_known() -> None:
    assert read_relative_date("1 years before a").on({}) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a", "2026-01-01"),
        ("a", datetime(2026, 1, 1, tzinfo=UTC)),
        ("5 working-days after a", date(2026, 1, 1)),
    ],
)
def test_what_the_type_check_would_have_refused_is_no_day(text: str, value: Any) -> None:
    with pytest.raises(TypeError):
        read_relative_date(text).on({"a": value})


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1 years",
        "before a",
        "1 before a",
        "1 years van a",
        "1 years before A",
        "-1 years before a",
        "2026",
    ],
)
def test_any_other_text_is_no_relative_date(text: str) -> None:
    assert not is_relative(text)


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("1 jaar voor ontvangen_op", "1 years before ontvangen_op"),
        ("2 jaren na ontvangen_op", "2 years after ontvangen_op"),
        ("1 week na ontvangen_op", "1 weeks after ontvangen_op"),
        ("ontvangen_op", "ontvangen_op"),
        ("2026-12-31", "2026-12-31"),
        ("1 jaar vor ontvangen_op", "1 jaar vor ontvangen_op"),
    ],
)
def test_the_words_of_a_file_become_canonical(written: str, canonical: str) -> None:
    assert canonical_day(written, DUTCH) == canonical


@pytest.mark.parametrize("text", ["1 jaar voor dag", "3 maanden na dag", "dag"])
def test_a_day_is_written_as_it_is_read(text: str) -> None:
    assert written_day(read_day(text, DUTCH), DUTCH) == text


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("1 years before dag", "1 jaar voor dag"),
        ("3 months after dag", "3 maanden na dag"),
        ("dag", "dag"),
        ("2026-12-31", "2026-12-31"),
    ],
)
def test_people_see_a_day_in_dutch(value: str, words: str) -> None:
    assert written_value(("rules", "r", "if", "dag", "at-latest"), value) == words


def test_a_slip_in_the_duration_is_recognised() -> None:
    assert "maanden" in day_hint("3 maaanden na dag", DUTCH)
    assert day_hint("ooit", DUTCH) == ""


BEFORE = Comparison(
    "end", Operator.LESS_THAN, than=RelativeDate("filed", Duration(1, Unit.YEARS), backwards=True)
)
FACTS = {"end": date(2025, 3, 9), "filed": date(2026, 3, 10)}


def test_a_comparison_asks_about_both_fields() -> None:
    assert fact_names(BEFORE) == {"end", "filed"}


@pytest.mark.parametrize("missing", ["end", "filed"])
def test_a_comparison_with_what_is_not_known_never_holds(missing: str) -> None:
    assert holds(BEFORE, FACTS)
    assert not holds(BEFORE, {name: day for name, day in FACTS.items() if name != missing})


@pytest.mark.parametrize(
    ("comparison", "kind"),
    [
        (Comparison("end", Operator.IS, than=RelativeDate("filed")), ErrorKind.OPERATOR_NOT_ALLOWED),
        (
            Comparison("end", Operator.LESS_THAN, date(2026, 1, 1), RelativeDate("filed")),
            ErrorKind.SURPLUS_OPERAND,
        ),
    ],
)
def test_a_comparison_with_another_field_is_about_order_alone(
    comparison: Comparison, kind: ErrorKind
) -> None:
    (error,) = type_errors(comparison, {"end": FactType.DATE, "filed": FactType.DATE})
    assert error.kind is kind
