"""Bounds of a date that no day lies between are known as such, and no others."""

from __future__ import annotations

from typing import Any

import pytest

from gehoor.core.forms.date_bounds import never_fits, outside_agreed_days
from gehoor.core.forms.fields import Field
from gehoor.core.forms.parse import build_field


def _date(**bounds: Any) -> Field:
    words = {word.replace("_", "-"): day for word, day in bounds.items()}
    return build_field("dag", {"title": "Dag", "type": "string", "format": "date", **words}, {})


@pytest.mark.parametrize(
    "bounds",
    [
        {"not_before": "2026-05-02", "not_after": "2026-05-01"},
        {"not_before": "1 calendar-days after today", "not_after": "today"},
        {"not_before": "andere", "not_after": "1 months before andere"},
        {"not_before": "1 weeks after dag"},
        {"not_after": "1 years before dag"},
        {"not_before": "1 weeks before dag", "not_after": "1 weeks before dag"},
    ],
)
def test_bounds_that_cross_are_known(bounds: dict[str, str]) -> None:
    assert never_fits(_date(**bounds))


@pytest.mark.parametrize(
    "bounds",
    [
        {},
        {"not_before": "2026-05-01", "not_after": "2026-05-01"},
        {"not_before": "today", "not_after": "today"},
        {"not_before": "1 months after andere", "not_after": "30 calendar-days after andere"},
        {"not_before": "2 weeks after andere", "not_after": "today"},
        {"not_before": "2030-01-01", "not_after": "today"},
        {"not_before": "1 weeks before dag", "not_after": "1 weeks after dag"},
    ],
)
def test_bounds_between_which_a_day_can_lie_are_not(bounds: dict[str, str]) -> None:
    assert not never_fits(_date(**bounds))


def test_a_day_of_the_files_is_held_against_days_of_the_files_only() -> None:
    bounded = _date(not_before="2026-05-01", not_after="today")
    assert outside_agreed_days(bounded, "2026-04-30")
    assert not outside_agreed_days(bounded, "2026-05-01")
    assert not outside_agreed_days(bounded, "2999-01-01")
