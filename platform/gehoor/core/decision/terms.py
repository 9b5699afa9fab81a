"""Terms of a dossier at a moment: when they are due, how they stand, and what they call for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from gehoor.core.agreement.model import Agreement
from gehoor.core.agreement.terms import Term
from gehoor.core.calendar.durations import Duration
from gehoor.core.calendar.working_days import CalendarError
from gehoor.core.conditions.facts import LATE_TERMS, FactValue
from gehoor.core.deadlines.due import DeadlineError, Due, Shift, Suspension, TermRule, due, due_day
from gehoor.core.deadlines.local_time import start_of_day
from gehoor.core.deadlines.status import TermStatus, term_status
from gehoor.core.decision.model import DueAction, Moment, TermState, acting_role
from gehoor.core.decision.term_course import course_of
from gehoor.core.dossier.dossier import Dossier, occurrence_key
from gehoor.core.dossier.events import EventKind
from gehoor.core.rules import names as rule_names

_LATE = frozenset({TermStatus.LATE, TermStatus.LATE_DONE})


def term_states(
    agreement: Agreement, dossier: Dossier, now: datetime, holding: frozenset[str], closed: bool
) -> dict[str, TermState]:
    """Return the state of every term that applies. ``holding`` are the names of conditions that hold."""
    states: dict[str, TermState] = {}
    waiting = [term for term in agreement.terms.values() if _applies(term, holding)]
    while waiting:
        # A term that starts from another waits for that one; loading refuses circles.
        ready = [t for t in waiting if t.from_term not in {other.id for other in waiting}] or waiting
        for term in ready:
            settled = dossier.settled.get(term.id)
            waived = settled is not None and settled.waived
            not_needed = waived or rule_names.term_not_needed(term.id) in holding
            states[term.id] = _state(agreement, dossier, now, term, states, (not_needed, closed))
        waiting = [term for term in waiting if term.id not in states]
    return {name: states[name] for name in agreement.terms if name in states}


def _applies(term: Term, holding: frozenset[str]) -> bool:
    return term.applies_if is None or rule_names.term_applies(term.id) in holding


def _state(
    agreement: Agreement,
    dossier: Dossier,
    now: datetime,
    term: Term,
    states: Mapping[str, TermState],
    moot: tuple[bool, bool],
) -> TermState:
    """``moot``: whether the term is not needed, and whether the dossier is closed."""
    before = states.get(term.from_term)
    chained = before.due.due if before and before.due else None
    try:
        course = course_of(agreement, dossier, term, now, chained)
        not_needed, closed = moot
        if not_needed or (closed and course.completed_at is None):
            return TermState(
                term, TermStatus.NOT_NEEDED, completed_at=course.completed_at, responsible=term.responsible
            )
        if course.start is None:
            return TermState(
                term, TermStatus.RUNNING, completed_at=course.completed_at, responsible=term.responsible
            )
        # Python takes one instant in two zones for equal, and both times of an hour that comes back.
        exactly = repr(course.start)
        when, moments = _reckoned(_Itself(term), course.start, exactly, course.suspensions, course.extensions)
    except (DeadlineError, CalendarError, OverflowError):
        return TermState(term, TermStatus.RUNNING, faulty=True, responsible=term.responsible)
    if course.completed_at is not None:
        moments = tuple(moment for moment in moments if moment.level and moment.at <= course.completed_at)
    remind_at = min((moment.at for moment in moments if not moment.level), default=None)
    status = term_status(
        when,
        now=now,
        completed_at=course.completed_at,
        remind_from=remind_at.astimezone(ZoneInfo(term.rule.time_zone)).date() if remind_at else None,
        suspended=when.due is None,
        time_zone=term.rule.time_zone,
    )
    return TermState(
        term,
        status,
        when,
        course.completed_at,
        moments,
        occurrence=course.occurrence,
        resumes_at=course.resumes_at,
        responsible=term.responsible,
    )


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
) -> tuple[Due, tuple[Moment, ...]]:
    """Return when a term is due and at which moments it calls for something.

    The dossiers of one day have this in common, and a dossier keeps it until its term is changed.
    """
    term = itself.term
    when = due(term.rule, start, suspensions=suspensions, extensions=extensions)
    return when, (*_reminders(term, when), *_levels(term, when)) if when.due is not None else ()


def _reminders(term: Term, when: Due) -> list[Moment]:
    return [
        Moment(rule_names.reminder(term.id, i), _shifted(term, when, before, backwards=True), index=i)
        for i, before in enumerate(term.reminders)
    ]


def _levels(term: Term, when: Due) -> list[Moment]:
    assert when.too_late_at is not None
    return [
        Moment(
            rule_names.late(term.id, level.level),
            when.too_late_at if level.after is None else _shifted(term, when, level.after),
            level.level,
        )
        for level in term.levels
    ]


def _shifted(term: Term, when: Due, by: Duration, *, backwards: bool = False) -> datetime:
    """Count from the due day: back for a reminder, on for a next level. Such a moment begins with its day."""
    assert when.due is not None
    rule = TermRule(by, term.rule.calendar, Shift.NONE, backwards=backwards, time_zone=term.rule.time_zone)
    day = due_day(rule, when.due)
    assert day is not None
    return day if isinstance(day, datetime) else start_of_day(day, term.rule.time_zone)


def late_facts(states: Mapping[str, TermState]) -> dict[str, FactValue]:
    """Return the fact that says which terms are late or were done late; nothing when there are none."""
    late = tuple(name for name, state in states.items() if state.status in _LATE)
    return {LATE_TERMS: late} if late else {}


def moment_facts(states: Iterable[TermState], now: datetime) -> dict[str, int]:
    """Return the fact of each moment: whole seconds since then; below zero while it is still to come.

    Once it is too late, a reminder that was missed says nothing any more.
    """
    second = timedelta(seconds=1)
    return {
        moment.name: (now - moment.at) // second
        for state in states
        for moment in state.moments
        if moment.level or state.status is not TermStatus.LATE
    }


def with_responsible(states: Mapping[str, TermState], stand_ins: Mapping[str, str]) -> dict[str, TermState]:
    """Say of each term which role is responsible for it in this dossier."""
    acting = {name: acting_role(stand_ins, state.term.responsible) for name, state in states.items()}
    return {
        name: state if state.responsible == acting[name] else replace(state, responsible=acting[name])
        for name, state in states.items()
    }


def term_actions(
    states: Mapping[str, TermState],
    dossier: Dossier,
    holding: frozenset[str],
    stand_ins: Mapping[str, str],
) -> list[DueAction]:
    """Return what terms call for now and has not been done: misses, escalations, reminders; oldest first."""
    called = [
        (moment, state)
        for state in states.values()
        for moment in state.moments
        if moment.name in holding and occurrence_key(moment.name, state.occurrence) not in dossier.fired
    ]
    ordered = sorted(called, key=lambda pair: pair[0].at)
    return [_due_action(state, moment, stand_ins) for moment, state in ordered]


def _due_action(state: TermState, moment: Moment, stand_ins: Mapping[str, str]) -> DueAction:
    term, when = state.term, state.due
    assert when is not None
    assert when.due is not None
    data = {"term": term.id, "occurrence": state.occurrence, "due": when.due.isoformat()}
    if not moment.level:
        told = {**data, "index": moment.index, "told": state.responsible}
        return DueAction(moment.name, EventKind.REMINDED, told, state.responsible)
    level = term.levels[moment.level - 1]
    kind = EventKind.DEADLINE_MISSED if level.level == 1 else EventKind.ESCALATED
    # What was done late is still a miss, but it is no use to urge anyone now.
    tell = acting_role(stand_ins, level.tell) if state.completed_at is None else ""
    return DueAction(moment.name, kind, {**data, "level": level.level, "told": tell}, tell)


def next_moment(states: Iterable[TermState], now: datetime) -> datetime | None:
    """Return the earliest instant after ``now`` at which a term calls for something."""
    found = list(states)
    coming = [moment.at for state in found for moment in state.moments if moment.at > now]
    return min(coming + [state.resumes_at for state in found if state.resumes_at], default=None)
