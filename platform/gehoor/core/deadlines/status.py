"""The status of a term at a moment. The moment is always given; nothing here reads the clock."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from gehoor.core.calendar.working_days import Calendar
from gehoor.core.deadlines.due import Due, too_late_at
from gehoor.core.deadlines.local_time import local_moment


class TermStatus(StrEnum):
    """How a term stands. The values are the canonical keywords of the files."""

    RUNNING = "running"
    REMINDER = "reminder"
    """Due soon: in the window in which people are reminded."""
    TODAY = "today"
    LATE = "late"
    ON_TIME = "on-time"
    """Completed before it was too late."""
    LATE_DONE = "late-done"
    SUSPENDED = "suspended"
    NOT_NEEDED = "not-needed"


SOON: Final = timedelta(days=7)
"""So near is a due day that a list of what is due soon has it, and that it is shown as such."""


def as_seen(status: TermStatus, due: date | datetime | None, today: date) -> TermStatus:
    """Return how a term that runs is shown, by one rule for everything that lists terms: whether its day is near, as
    whoever reads it counts, whatever moment was agreed to remind people."""
    if due is None or status not in (TermStatus.RUNNING, TermStatus.REMINDER):
        return status
    day = due.date() if isinstance(due, datetime) else due
    return TermStatus.REMINDER if day - today <= SOON else TermStatus.RUNNING


def reminder_day(due: date, working_days: int, calendar: Calendar) -> date:
    """Give the first local day of the reminder window: so many working days before the due day.

    Raises UnknownYearError outside the years of the calendar.
    """
    return calendar.working_day_before(due, working_days)


def term_status(
    due: Due | date | datetime | None,
    *,
    now: datetime,
    completed_at: datetime | None = None,
    remind_from: date | None = None,
    suspended: bool = False,
    needed: bool = True,
    time_zone: str = "Europe/Brussels",
) -> TermStatus:
    """Give the status of a term at ``now``.

    ``due`` is a local day in ``time_zone``, an aware datetime for a term in hours, or None while it has no
    due date. What is completed never becomes late or due again: it is on time when it was completed before
    local midnight after the due day (before the instant itself for a term in hours), or when there was no due
    date. A term that is ``suspended``, or has no due date, is not late. ``remind_from`` is the first local
    day of the reminder window, see ``reminder_day``. Raises DeadlineError for naive datetimes and an unknown
    zone.
    """
    day = due.due if isinstance(due, Due) else due
    limit = due.too_late_at if isinstance(due, Due) else too_late_at(due, time_zone)
    today = local_moment(now, time_zone).date()
    if not needed:
        return TermStatus.NOT_NEEDED
    if completed_at is not None:
        in_time = limit is None or local_moment(completed_at, time_zone) < limit
        return TermStatus.ON_TIME if in_time else TermStatus.LATE_DONE
    if suspended or day is None or limit is None:
        return TermStatus.SUSPENDED
    if now >= limit:
        return TermStatus.LATE
    due_day = local_moment(day, time_zone).date() if isinstance(day, datetime) else day
    if today >= due_day:
        return TermStatus.TODAY
    return TermStatus.REMINDER if remind_from is not None and today >= remind_from else TermStatus.RUNNING
