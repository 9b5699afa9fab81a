"""A term held against what a law demands: where it is laxer, shown on a day on which that makes a difference."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from gehoor.core.agreement.terms import Term
from gehoor.core.analysis.law import Demand
from gehoor.core.calendar.durations import Duration
from gehoor.core.calendar.working_days import UnknownYearError
from gehoor.core.deadlines.due import DeadlineError, Shift, TermRule, due_day

YEARS_TRIED: Final = 4
"""Enough for every weekday on every day of the year to have met most holidays, and for a leap day."""


class Laxity(StrEnum):
    """In what way a term is laxer than a law."""

    START = "start"
    """It does not start with the receipt."""
    TERM = "term"
    EXTENDED = "extended"
    """With every extension it is longer than with every extension that the law knows."""
    EXTENSION = "extension"
    """It can be extended, and the law knows no extension."""
    CONSENT = "consent"
    SUSPENSION = "suspension"


@dataclass(frozen=True, slots=True)
class Laxer:
    """One way in which a term is laxer. The days: what came in then is due then, here and by law."""

    laxity: Laxity
    start: date | None = None
    own: date | None = None
    legal: date | None = None


def laxer_than(term: Term, demand: Demand, from_year: int, *, from_receipt: bool) -> Iterator[Laxer]:
    """Give the ways in which a term is laxer than a demand; it is tried on every day of four years.

    ``from_receipt``: whether the term starts when the message was received.
    """
    if demand.suspension is False and term.suspending is not None:
        yield Laxer(Laxity.SUSPENSION)
    extending = term.extending
    if extending is not None and demand.extended == ():
        yield Laxer(Laxity.EXTENSION)
    if extending is not None and extending.consent and demand.consent is False:
        yield Laxer(Laxity.CONSENT)
    if demand.from_receipt and not from_receipt:
        yield Laxer(Laxity.START)
    elif demand.at_most is not None:
        legal = _legal_rule(term.rule, demand, demand.at_most)
        found = _later(Laxity.TERM, (term.rule, ()), (legal, ()), from_year)
        if found is None and extending is not None and demand.extended:
            longest = tuple(extending.length(times) for times in range(extending.at_most))
            found = _later(Laxity.EXTENDED, (term.rule, longest), (legal, demand.extended), from_year)
        if found is not None:
            yield found


def _legal_rule(own: TermRule, demand: Demand, at_most: Duration) -> TermRule:
    plain = replace(
        own,
        within=at_most,
        count_day_zero=False,
        cutoff=None,
        start_days=None,
        min_working_days=0,
        seasons=(),
    )
    if at_most.unit.elapses:
        return replace(plain, shift=Shift.NONE)
    # Where it is not known whether the law shifts the last day, what the organisation does is no offence.
    return plain if demand.shift is None else replace(plain, shift=demand.shift)


_Counted = tuple[TermRule, tuple[Duration, ...]]


# Departments share terms, and of files that are checked again most terms are as they were.
@lru_cache(maxsize=256)
def _later(laxity: Laxity, own: _Counted, legal: _Counted, from_year: int) -> Laxer | None:
    day, last = date(from_year, 1, 1), date(from_year + YEARS_TRIED, 1, 1)
    found: Laxer | None = None
    try:
        while day < last:
            here, there = _due(*own, day), _due(*legal, day)
            if here > there:
                found = found or Laxer(laxity, day, here, there)
                # An ordinary day convinces more than a holiday, on which nothing may come in.
                if own[0].calendar.is_working_day(day):
                    return Laxer(laxity, day, here, there)
            day += timedelta(days=1)
    except (DeadlineError, UnknownYearError):
        # What cannot be counted together is no proof of anything.
        return None
    return found


def _due(rule: TermRule, extensions: Sequence[Duration], day: date) -> date:
    hours = rule.within.unit.elapses
    start = datetime.combine(day, time(12), ZoneInfo(rule.time_zone)) if hours else day
    due = due_day(rule, start, extensions=extensions)
    if due is None:
        raise UnknownYearError(day.year)
    return due.date() if isinstance(due, datetime) else due
