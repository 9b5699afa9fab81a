"""Terms of a dossier at a moment: when they are due, how they stand, and what they call for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from gehoor.core.agreement.model import Agreement
from gehoor.core.agreement.tasks import named_for
from gehoor.core.agreement.terms import Term
from gehoor.core.calendar.working_days import CalendarError
from gehoor.core.conditions.facts import LATE_TERMS, FactValue
from gehoor.core.deadlines.due import DeadlineError
from gehoor.core.deadlines.status import TermStatus, term_status
from gehoor.core.decision.model import TermState, acting_role
from gehoor.core.decision.moments import reckoned
from gehoor.core.decision.onset import Onset
from gehoor.core.decision.term_course import Course, course_of, row_courses
from gehoor.core.dossier.dossier import Dossier
from gehoor.core.rules import names as rule_names

_LATE = frozenset({TermStatus.LATE, TermStatus.LATE_DONE})


class _Case(NamedTuple):
    """What a dossier says of a term: that it is not needed, that the dossier is closed, that it begins on any day."""

    not_needed: bool
    closed: bool
    any_day: bool


def term_states(
    agreement: Agreement,
    dossier: Dossier,
    now: datetime,
    holding: frozenset[str],
    known: tuple[bool, Mapping[str, Onset]],
) -> dict[str, TermState]:
    """Return the state of every term that applies. ``holding`` are the names of conditions that hold; ``known``:
    whether the dossier is closed, and when what terms begin by became true."""
    closed, begun = known
    states: dict[str, TermState] = {}
    of_rows: dict[str, list[TermState]] = {}
    waiting = [term for term in agreement.terms.values() if _applies(term, holding)]
    while waiting:
        # A term that starts from another waits for that one; loading refuses circles.
        ready = [t for t in waiting if t.from_term not in {other.id for other in waiting}] or waiting
        for term in ready:
            settled = dossier.settled.get(term.id)
            waived = settled is not None and settled.waived
            case = _Case(
                not_needed=waived or rule_names.term_not_needed(term.id) in holding,
                closed=closed,
                any_day=term.start_days_if is not None and rule_names.start_days(term.id) not in holding,
            )
            if term.rows:
                of_rows[term.id] = [*_row_states(agreement, dossier, now, term, case)]
            else:
                came = (states.get(term.from_term), begun.get(term.id))
                states[term.id] = _state(agreement, dossier, now, term, came, case)
        waiting = [term for term in waiting if term.id not in states and term.id not in of_rows]
    if not of_rows:
        return {name: states[name] for name in agreement.terms if name in states}
    found = (of_rows.get(name, [states[name]] if name in states else []) for name in agreement.terms)
    return {state.key: state for each in found for state in each}


def _applies(term: Term, holding: frozenset[str]) -> bool:
    applies = term.applies_if is None or rule_names.term_applies(term.id) in holding
    return applies and (term.begins_if is None or rule_names.term_begins(term.id) in holding)


def _state(
    agreement: Agreement,
    dossier: Dossier,
    now: datetime,
    term: Term,
    came: tuple[TermState | None, Onset | None],
    case: _Case,
) -> TermState:
    """``came``: the term that this one begins after, and when what it begins by became true."""
    before, onset = came
    chained = before.due.due if before and before.due else None
    try:
        course = course_of(agreement, dossier, term, now, chained, onset)
    except (DeadlineError, CalendarError, OverflowError):
        return TermState(term, TermStatus.RUNNING, faulty=True, responsible=term.responsible)
    state = _standing(term, course, now, case)
    if named := _named(agreement, term, dossier.values):
        state = replace(state, named=named)
    return replace(state, began=onset.at) if onset else state


def _named(agreement: Agreement, term: Term, answers: Any) -> tuple[str, ...]:
    """Return the accounts that have the task of a term, by what stands in its row, or in the dossier."""
    task = agreement.tasks.get(term.task)
    return named_for(task, answers) if task else ()


def _row_states(
    agreement: Agreement, dossier: Dossier, now: datetime, term: Term, case: _Case
) -> Iterator[TermState]:
    """Give the state of a term for each row that has a day to count from."""
    title = agreement.dossier_form.fields[term.rows].row_title
    rows = dossier.values.get(term.rows, ())
    assert isinstance(rows, Sequence)
    for number, course in row_courses(agreement, dossier, term):
        if course.start is not None:
            state = replace(_standing(term, course, now, case), occurrence=course.occurrence)
            named = _named(agreement, term, rows[number - 1])
            yield replace(state, row=number, row_title=title, named=named)


def _standing(term: Term, course: Course, now: datetime, case: _Case) -> TermState:
    try:
        ended = case.closed and course.completed_at is None and not term.after_closing
        if case.not_needed or ended:
            return TermState(
                term,
                TermStatus.NOT_NEEDED,
                completed_at=course.completed_at,
                responsible=term.responsible,
                cancelled=not case.not_needed and course.start is not None,
            )
        if course.start is None:
            return TermState(
                term, TermStatus.RUNNING, completed_at=course.completed_at, responsible=term.responsible
            )
        when, moments = reckoned(
            term, course.start, course.suspensions, course.extensions, any_day=case.any_day
        )
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
    if term.recurring_until and status is TermStatus.ON_TIME:
        # What it comes back for has ended before its day: this round was not done, it was not needed any more.
        status = TermStatus.NOT_NEEDED
    return TermState(
        term,
        status,
        when,
        course.completed_at,
        moments,
        occurrence=course.occurrence,
        resumes_at=course.resumes_at,
        responsible=term.responsible,
        adjusted_before=course.adjusted_before,
    )


def late_facts(states: Mapping[str, TermState]) -> dict[str, FactValue]:
    """Return the fact that says which terms are late or were done late; nothing when there are none."""
    late = tuple(dict.fromkeys(state.term.id for state in states.values() if state.status in _LATE))
    return {LATE_TERMS: late} if late else {}


def with_responsible(states: Mapping[str, TermState], stand_ins: Mapping[str, str]) -> dict[str, TermState]:
    """Say of each term which role is responsible for it in this dossier."""
    acting = {name: acting_role(stand_ins, state.term.responsible) for name, state in states.items()}
    return {
        name: state if state.responsible == acting[name] else replace(state, responsible=acting[name])
        for name, state in states.items()
    }
