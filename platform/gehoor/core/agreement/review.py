"""Reviewing an agreement: before which day it has to be looked at again, and what is said when nobody did."""

from __future__ import annotations

from datetime import date

from gehoor.core.text.dates import show_date


def review_overdue(review_before: date | None, today: date) -> bool:
    """Say whether the review should have been done. Both are local days; on the day itself it is too late."""
    return review_before is not None and today >= review_before


def overdue_notice(department: str, review_before: date | None, today: date) -> str:
    """Say calmly that the review of a department's agreement should have been done; nothing when there is time."""
    if review_before is None or not review_overdue(review_before, today):
        return ""
    return f"De afspraken van {department} moesten herzien zijn vóór {show_date(review_before)}."
