"""Moments: when a term calls for something, and for what: a reminder, a miss, an escalation."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from gehoor.core.agreement.terms import Term
from gehoor.core.calendar.durations import Duration
from gehoor.core.deadlines.due import Due, Shift, Suspension, TermRule, due, due_day, too_late_at
from gehoor.core.deadlines.local_time import start_of_day
from gehoor.core.deadlines.status import TermStatus
from gehoor.core.decision.model import Moment, TermState
from gehoor.core.rules import names as rule_names


def reckoned(
    term: Term,
    start: date | datetime,
    suspensions: tuple[Suspension, ...],
    extensions: tuple[Duration, ...],
    *,
    any_day: bool = False,
) -> tuple[Due, tuple[Moment, ...]]:
    """Return when a term is due that starts so, and at which moments it calls for something. ``any_day``: it begins on
    any day, also where its rule names days to begin on.

    Raises as ``due`` does.
    """
    # Python takes one instant in two zones for equal, and both times of an hour that comes back.
    return _reckoned(_Itself(term), start, repr(start), suspensions, extensions, any_day)


def moments_until(term: Term, shown: str) -> tuple[Moment, ...]:
    """Return the moments at which a term calls for something that is due so: a local date or an instant, as ISO
    text."""
    return _moments_until(_Itself(term), shown)


class _Itself:
    """A term, known by which object it is: an agreement is built once, and a whole term is dear to compare."""

    __slots__ = ("term",)

    def __init__(self, term: Term) -> None:
        self.term = term

    def __hash__(self) -> int:
        return id(self.term)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Itself) and other.term is self.term


@lru_cache(maxsize=4096)
def _reckoned(
    itself: _Itself,
    start: date | datetime,
    exactly: str,  # noqa: ARG001 - tells starts apart that Python takes for equal
    suspensions: tuple[Suspension, ...],
    extensions: tuple[Duration, ...],
    any_day: bool,
) -> tuple[Due, tuple[Moment, ...]]:
    """Return when a term is due and at which moments it calls for something.

    The dossiers of one day have this in common, and a dossier keeps it until its term is changed.
    """
    term = itself.term
    rule = replace(term.rule, start_days=None) if any_day else term.rule
    when = due(rule, start, suspensions=suspensions, extensions=extensions)
    return when, _moments(term, when.due, when.too_late_at)


@lru_cache(maxsize=4096)
def _moments_until(itself: _Itself, shown: str) -> tuple[Moment, ...]:
    zone = itself.term.rule.time_zone
    day = (
        datetime.fromisoformat(shown).astimezone(ZoneInfo(zone))
        if "T" in shown
        else date.fromisoformat(shown)
    )
    return _moments(itself.term, day, too_late_at(day, zone))


def _moments(term: Term, day: date | datetime | None, too_late: datetime | None) -> tuple[Moment, ...]:
    if day is None or too_late is None:
        return ()
    return (*_reminders(term, day), *_levels(term, day, too_late))


def _reminders(term: Term, day: date | datetime) -> list[Moment]:
    return [
        Moment(rule_names.reminder(term.id, i), _shifted(term, day, before, backwards=True), index=i)
        for i, before in enumerate(term.reminders)
    ]


def _levels(term: Term, day: date | datetime, too_late: datetime) -> list[Moment]:
    return [
        Moment(
            rule_names.late(term.id, level.level),
            too_late if level.after is None else _shifted(term, day, level.after),
            level.level,
        )
        for level in term.levels
    ]


def _shifted(term: Term, due_on: date | datetime, by: Duration, *, backwards: bool = False) -> datetime:
    """Count from the due day: back for a reminder, on for a next level. Such a moment begins with its day."""
    rule = TermRule(by, term.rule.calendar, Shift.NONE, backwards=backwards, time_zone=term.rule.time_zone)
    day = due_day(rule, due_on)
    assert day is not None
    return day if isinstance(day, datetime) else start_of_day(day, term.rule.time_zone)


def moment_facts(states: Iterable[TermState], now: datetime) -> dict[str, int]:
    """Return the fact of each moment: whole seconds since then; below zero while it is still to come. Of a term that
    runs for each row, the row where it came first.

    Once it is too late, a reminder that was missed says nothing any more.
    """
    second = timedelta(seconds=1)
    facts: dict[str, int] = {}
    for state in states:
        late, of_row = state.status is TermStatus.LATE, state.row
        for moment in state.moments:
            if moment.level or not late:
                since = (now - moment.at) // second
                # Rows have a term in common: the one that came first says whether there is one.
                if not of_row or facts.get(moment.name, since) <= since:
                    facts[moment.name] = since
    return facts


def calls_later(moment: Moment, state: TermState) -> bool:
    """Say whether a term calls for something once a moment has come: not to remind when it is too late."""
    return moment.level > 0 or state.status is not TermStatus.LATE


def next_moment(states: Iterable[TermState], now: datetime) -> datetime | None:
    """Return the earliest instant after ``now`` at which a term calls for something."""
    found = list(states)
    coming = [moment.at for state in found for moment in state.moments if moment.at > now]
    return min(coming + [state.resumes_at for state in found if state.resumes_at], default=None)
