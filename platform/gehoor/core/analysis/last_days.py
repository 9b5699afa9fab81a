"""The last day that there can be for a term: what else is said of the term and never shows because of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Final

from gehoor.core.agreement.terms import Term
from gehoor.core.calendar.durations import Duration
from gehoor.core.calendar.working_days import UnknownYearError
from gehoor.core.deadlines.due import DeadlineError, Shift, TermRule, due_day

_DAYS_TRIED: Final = 366


class Idle(StrEnum):
    """What of a term never shows, as its last day comes first."""

    WITHIN = "within"
    MINIMUM = "min-working-days"
    SEASON = "stands-still-in"
    SUSPENDING = "suspend"
    EXTENDING = "extend"


def without_effect(term: Term, from_year: int) -> frozenset[Idle]:
    """Return what never shows, whenever a term begins in the year that is tried; nothing of a term without a last day.

    Where its length itself never shows, nothing else is told: it is what all else hangs on.
    """
    if term.rule.never_past is None:
        return frozenset()
    lengths = (
        () if term.extending is None else tuple(map(term.extending.length, range(term.extending.at_most)))
    )
    found = _idle(term.rule, lengths, from_year)
    if Idle.WITHIN in found:
        return frozenset({Idle.WITHIN})
    return found if term.suspending is not None else found - {Idle.SUSPENDING}


# Departments share terms, and of files that are checked again most terms are as they were.
@lru_cache(maxsize=256)
def _idle(rule: TermRule, lengths: tuple[Duration, ...], from_year: int) -> frozenset[Idle]:
    days = [date(from_year, 1, 1) + timedelta(days=n) for n in range(_DAYS_TRIED)]
    try:
        return frozenset(_found(rule, lengths, days))
    except (DeadlineError, UnknownYearError):
        # What cannot be counted is told elsewhere, or cannot be told of that year.
        return frozenset()


def _found(rule: TermRule, lengths: Sequence[Duration], days: Sequence[date]) -> Iterator[Idle]:
    bare, least = replace(rule, min_working_days=0, seasons=()), replace(rule, min_working_days=0)
    last = _last(rule)
    if all(_due(_endless(bare), day) > _due(last, day) for day in days):
        yield Idle.WITHIN
    if all(_due(_endless(rule), day) > _due(last, day) for day in days) and any(
        _due(_endless(least), day) <= _due(last, day) for day in days
    ):
        yield Idle.MINIMUM
    if rule.seasons and _same(rule, replace(rule, seasons=()), days):
        yield Idle.SEASON
    if all(_due(rule, day) == _due(last, day) for day in days):
        yield Idle.SUSPENDING
    if lengths and all(_due(rule, day, lengths) == _due(rule, day) for day in days):
        yield Idle.EXTENDING


def _endless(rule: TermRule) -> TermRule:
    return replace(rule, never_past=None)


def _last(rule: TermRule) -> TermRule:
    """Return the rule by which the last day itself is found."""
    assert rule.never_past is not None
    length = rule.never_past
    return replace(rule, within=length, never_past=None, shift=Shift.NONE, min_working_days=0, seasons=())


def _same(one: TermRule, other: TermRule, days: Sequence[date]) -> bool:
    return all(_due(one, day) == _due(other, day) for day in days)


def _due(rule: TermRule, day: date, extensions: Sequence[Duration] = ()) -> date:
    found = due_day(rule, day, extensions=extensions)
    assert found is not None  # Nothing is suspended here.
    return found
