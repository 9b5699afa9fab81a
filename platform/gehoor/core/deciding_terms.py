"""Terms of a dossier at a moment: when they are due, how they stand, and what they call for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from gehoor.core import rule_names
from gehoor.core.agreement import Agreement, Milestone
from gehoor.core.deadline_clock import start_of_day
from gehoor.core.deadlines import DeadlineError, Due, Shift, TermRule, due, due_day
from gehoor.core.decision import Firing, TermState
from gehoor.core.dossier import Dossier, occurrence_key
from gehoor.core.durations import Duration, Unit
from gehoor.core.events import EventKind
from gehoor.core.fields import KINDS
from gehoor.core.term_status import TermStatus, term_status
from gehoor.core.terms import Term
from gehoor.core.working_days import CalendarError

FIRST_OCCURRENCE = 1
"""Which time round a term is in: terms that come back count on from here."""


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant (UTC) at which a term calls for something, by the name of its rule."""

    name: str
    at: datetime


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
    if start is None or not_needed or (closed and completed is None):
        status = TermStatus.RUNNING if start is None and not not_needed else TermStatus.NOT_NEEDED
        return TermState(term, status, None, completed, None)
    try:
        when = due(term.rule, start)
    except (DeadlineError, CalendarError):
        return TermState(term, TermStatus.RUNNING, None, completed, None, faulty=True)
    remind_at = min((moment.at for moment in _reminders(term, when)), default=None)
    zone = ZoneInfo(term.rule.time_zone)
    status = term_status(
        when,
        now=now,
        completed_at=completed,
        remind_from=remind_at.astimezone(zone).date() if remind_at else None,
        time_zone=term.rule.time_zone,
    )
    return TermState(term, status, when, completed, remind_at)


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
    return start_of_day(reached, term.rule.time_zone)


def moments(state: TermState) -> list[Moment]:
    """Return the instants at which a started term calls for something, as long as nobody did it."""
    if state.due is None or state.due.due is None or state.due.too_late_at is None:
        return []
    found = [] if state.completed_at else _reminders(state.term, state.due)
    for level in state.term.levels:
        at = state.due.too_late_at if level.after is None else _shifted(state.term, state.due, level.after)
        if state.completed_at is None or state.completed_at >= at:
            found.append(Moment(rule_names.late(state.term.id, level.level), at))
    return found


def _reminders(term: Term, when: Due) -> list[Moment]:
    if when.due is None:
        return []
    return [
        Moment(rule_names.reminder(term.id, index), _shifted(term, when, before, backwards=True))
        for index, before in enumerate(term.reminders)
    ]


def _shifted(term: Term, when: Due, by: Duration, *, backwards: bool = False) -> datetime:
    """Count from the due day: back for a reminder, on for a next level. Such a moment begins with its day."""
    assert when.due is not None
    rule = TermRule(by, term.rule.calendar, Shift.NONE, backwards=backwards, time_zone=term.rule.time_zone)
    day = due_day(rule, when.due)
    assert day is not None
    return day if isinstance(day, datetime) else start_of_day(day, term.rule.time_zone)


def moment_facts(states: Iterable[TermState], now: datetime) -> dict[str, int]:
    """Return the fact of each moment: whole seconds since then; below zero while it is still to come."""
    return {
        moment.name: int((now - moment.at).total_seconds())
        for state in states
        for moment in moments(state)
        if not (_is_reminder(moment) and state.status is TermStatus.LATE)
    }


def _is_reminder(moment: Moment) -> bool:
    return moment.name.startswith("remind/")


def term_firings(states: Mapping[str, TermState], dossier: Dossier, holding: frozenset[str]) -> list[Firing]:
    """Return what terms call for now and has not been done: misses, escalations, reminders; oldest first."""
    firings: list[tuple[datetime, Firing]] = []
    for state in states.values():
        called = [moment for moment in moments(state) if moment.name in holding]
        fresh = [m for m in called if occurrence_key(m.name, FIRST_OCCURRENCE) not in dossier.fired]
        firings += [(moment.at, _firing(state, moment)) for moment in fresh]
    return [firing for _, firing in sorted(firings, key=lambda pair: pair[0])]


def _firing(state: TermState, moment: Moment) -> Firing:
    term, when = state.term, state.due
    assert when is not None
    assert when.due is not None
    data = {"term": term.id, "occurrence": FIRST_OCCURRENCE, "due": when.due.isoformat()}
    for index in range(len(term.reminders)):
        if moment.name == rule_names.reminder(term.id, index):
            return Firing(
                moment.name,
                EventKind.REMINDED,
                {**data, "index": index, "told": term.responsible},
                term.responsible,
            )
    level = next(level for level in term.levels if rule_names.late(term.id, level.level) == moment.name)
    kind = EventKind.DEADLINE_MISSED if level.level == 1 else EventKind.ESCALATED
    # What was done late is still a miss, but it is no use to urge anyone now.
    tell = level.tell if state.completed_at is None else ""
    return Firing(moment.name, kind, {**data, "level": level.level, "told": tell}, tell)


def next_moment(states: Iterable[TermState], now: datetime) -> datetime | None:
    """Return the earliest instant after ``now`` at which a term calls for something."""
    return min(
        (m.at for state in states if state.completed_at is None for m in moments(state) if m.at > now),
        default=None,
    )
