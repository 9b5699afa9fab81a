"""Terms of a dossier at a moment: when they are due, how they stand, and what they call for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from gehoor.core import rule_names
from gehoor.core.agreement import Agreement, Milestone
from gehoor.core.deadline_clock import start_of_day
from gehoor.core.deadlines import DeadlineError, Due, Shift, TermRule, due, due_day
from gehoor.core.decision import Firing, Moment, TermState
from gehoor.core.dossier import Dossier, occurrence_key
from gehoor.core.durations import Duration, Unit
from gehoor.core.events import EventKind
from gehoor.core.fields import KINDS
from gehoor.core.term_status import TermStatus, term_status
from gehoor.core.terms import Term
from gehoor.core.working_days import CalendarError

FIRST_OCCURRENCE = 1
"""Which time round a term is in: terms that come back count on from here."""


def milestone_at(agreement: Agreement, dossier: Dossier, milestone: Milestone) -> date | datetime | None:
    """Return when a milestone was reached: a local date, or an instant where the field holds one."""
    value = dossier.values.get(milestone.field)
    if value is None:
        return None
    moment = KINDS[agreement.dossier_form.fields[milestone.field].kind].fact(value)
    assert isinstance(moment, date)
    return moment


def term_states(
    agreement: Agreement, dossier: Dossier, now: datetime, holding: frozenset[str], closed: bool
) -> dict[str, TermState]:
    """Return the state of every term that applies. ``holding`` are the names of conditions that hold."""
    states = {}
    for term in agreement.terms.values():
        if term.applies_if is not None and rule_names.term_applies(term.id) not in holding:
            continue
        not_needed = rule_names.term_not_needed(term.id) in holding
        states[term.id] = _state(agreement, dossier, now, term, not_needed, closed)
    return states


def _state(
    agreement: Agreement, dossier: Dossier, now: datetime, term: Term, not_needed: bool, closed: bool
) -> TermState:
    completed = _completed(agreement, dossier, term)
    start = _start(agreement, dossier, term)
    if not_needed or (closed and completed is None):
        return TermState(term, TermStatus.NOT_NEEDED, completed_at=completed)
    if start is None:
        return TermState(term, TermStatus.RUNNING, completed_at=completed)
    try:
        when = due(term.rule, start)
        moments = (*_reminders(term, when), *_levels(term, when)) if when.due is not None else ()
    except (DeadlineError, CalendarError, OverflowError):
        return TermState(term, TermStatus.RUNNING, completed_at=completed, faulty=True)
    if completed is not None:
        moments = tuple(moment for moment in moments if moment.level and moment.at <= completed)
    remind_at = min((moment.at for moment in moments if not moment.level), default=None)
    status = term_status(
        when,
        now=now,
        completed_at=completed,
        remind_from=remind_at.astimezone(ZoneInfo(term.rule.time_zone)).date() if remind_at else None,
        time_zone=term.rule.time_zone,
    )
    return TermState(term, status, when, completed, moments)


def _start(agreement: Agreement, dossier: Dossier, term: Term) -> date | datetime | None:
    milestone = agreement.milestones[term.starts]
    day = milestone_at(agreement, dossier, milestone)
    if day is None or isinstance(day, datetime):
        return day
    hour = str(dossier.values.get(milestone.hour, ""))
    needs_hour = term.rule.within.unit is Unit.HOURS or term.rule.cutoff is not None
    if needs_hour and (hour or term.rule.within.unit is Unit.HOURS):
        return datetime.fromisoformat(f"{day.isoformat()}T{hour or '00:00'}").replace(
            tzinfo=ZoneInfo(term.rule.time_zone)
        )
    return day


def _completed(agreement: Agreement, dossier: Dossier, term: Term) -> datetime | None:
    reached = milestone_at(agreement, dossier, agreement.milestones[term.until])
    if reached is None or isinstance(reached, datetime):
        return reached
    # A day without an hour: done on that day is done in time for anything that ends with it.
    try:
        return start_of_day(reached, term.rule.time_zone)
    except OverflowError:
        # East of Greenwich the first day there is begins before the first instant there is.
        return datetime.min.replace(tzinfo=UTC)


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


def term_firings(states: Mapping[str, TermState], dossier: Dossier, holding: frozenset[str]) -> list[Firing]:
    """Return what terms call for now and has not been done: misses, escalations, reminders; oldest first."""
    called = [
        (moment, state)
        for state in states.values()
        for moment in state.moments
        if moment.name in holding and occurrence_key(moment.name, FIRST_OCCURRENCE) not in dossier.fired
    ]
    return [_firing(state, moment) for moment, state in sorted(called, key=lambda pair: pair[0].at)]


def _firing(state: TermState, moment: Moment) -> Firing:
    term, when = state.term, state.due
    assert when is not None
    assert when.due is not None
    data = {"term": term.id, "occurrence": FIRST_OCCURRENCE, "due": when.due.isoformat()}
    if not moment.level:
        told = {**data, "index": moment.index, "told": term.responsible}
        return Firing(moment.name, EventKind.REMINDED, told, term.responsible)
    level = term.levels[moment.level - 1]
    kind = EventKind.DEADLINE_MISSED if level.level == 1 else EventKind.ESCALATED
    # What was done late is still a miss, but it is no use to urge anyone now.
    tell = level.tell if state.completed_at is None else ""
    return Firing(moment.name, kind, {**data, "level": level.level, "told": tell}, tell)


def next_moment(states: Iterable[TermState], now: datetime) -> datetime | None:
    """Return the earliest instant after ``now`` at which a term calls for something."""
    coming = (moment.at for state in states for moment in state.moments if moment.at > now)
    return min(coming, default=None)
