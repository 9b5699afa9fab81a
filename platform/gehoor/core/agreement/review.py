"""Reviewing an agreement: before which day it has to be looked at again."""

from __future__ import annotations

from datetime import date


def review_overdue(review_before: date | None, today: date) -> bool:
    """Say whether the review should have been done. Both are local days; on the day itself it is too late."""
    return review_before is not None and today >= review_before
