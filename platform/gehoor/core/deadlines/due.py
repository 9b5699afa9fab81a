"""Deadlines: when something is due, when it is too late, and why.

Days are local dates in the zone of the rule, so a clock change never gains or loses a day. A term ends with
the last moment of its due day: at local midnight after it, it is too late. Nothing here reads the clock.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from gehoor.core.calendar.durations import Duration
from gehoor.core.deadlines.calculation import reckon
from gehoor.core.deadlines.derivation import derive
from gehoor.core.deadlines.derivation_steps import Step, StepKind
from gehoor.core.deadlines.errors import DeadlineError, DeadlineProblem
from gehoor.core.deadlines.local_time import end_of_day
from gehoor.core.deadlines.rule import Shift, Suspension, TermRule

__all__ = [
    "DeadlineError",
    "DeadlineProblem",
    "Due",
    "Shift",
    "Step",
    "StepKind",
    "Suspension",
    "TermRule",
    "due",
    "due_day",
    "due_days",
    "too_late_at",
]


@dataclass(frozen=True, slots=True)
class Due:
    """When a term is due.

    ``due`` is a local date, an aware local datetime for a term in hours, or None while a suspension is open.
    ``too_late_at`` is the first instant, in UTC, at which it is too late. ``start_day`` is the local day of
    the start. ``steps`` derive the result.
    """

    due: date | datetime | None
    too_late_at: datetime | None
    start_day: date
    steps: tuple[Step, ...]


def due(
    rule: TermRule,
    start: date | datetime,
    *,
    suspensions: Sequence[Suspension] = (),
    extensions: Sequence[Duration] = (),
) -> Due:
    """Reckon when a term is due, with its derivation.

    ``start`` is a local date or an aware datetime. Extensions in the unit of the term add to its amount and
    count from the original start; in another unit they count on from its end. A suspension weighs when it
    begins on or before the due day as it then is; for working days it makes the suspended ones not count, for
    other units it adds the days it lasts. Raises DeadlineError and UnknownYearError as
    ``deadline_reckoning.reckon`` does.
    """
    reckoning = reckon(rule, start, suspensions, extensions)
    return Due(
        reckoning.due,
        too_late_at(reckoning.due, rule.time_zone),
        reckoning.start_day,
        derive(rule, reckoning, suspensions, extensions),
    )


def due_day(
    rule: TermRule,
    start: date | datetime,
    *,
    suspensions: Sequence[Suspension] = (),
    extensions: Sequence[Duration] = (),
) -> date | datetime | None:
    """Reckon only when a term is due, without derivation: the ``due`` of what ``due`` gives."""
    return reckon(rule, start, suspensions, extensions).due


def due_days(
    rule: TermRule, starts: Iterable[date | datetime], *, extensions: Sequence[Duration] = ()
) -> list[date | datetime | None]:
    """Reckon when many terms of one kind are due, in the order of their starts. Raises as ``due`` does.

    What comes in falls on few days: each day is reckoned once.
    """
    known: dict[date, date | datetime | None] = {}
    found: list[date | datetime | None] = []
    for start in starts:
        if start.__class__ is not date:
            # Of instants, Python takes some for equal that are not the same.
            found.append(due_day(rule, start, extensions=extensions))
            continue
        if start not in known:
            known[start] = due_day(rule, start, extensions=extensions)
        found.append(known[start])
    return found


def too_late_at(due: date | datetime | None, time_zone: str) -> datetime | None:
    """Give the first instant, in UTC, that is too late: local midnight after a due day, or the due instant.

    Raises DeadlineError for a naive datetime, an unknown zone and the last day of the calendar.
    """
    if due is None:
        return None
    if not isinstance(due, datetime):
        try:
            return end_of_day(due, time_zone)
        except OverflowError as error:
            raise DeadlineError(DeadlineProblem.OUT_OF_RANGE) from error
    if due.utcoffset() is None:
        raise DeadlineError(DeadlineProblem.NAIVE_INSTANT)
    return due.astimezone(UTC)
