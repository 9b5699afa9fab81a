"""The course of a term in one dossier: when it started, when it was done, when it stood still, what was added."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from gehoor.core.agreement.course import Milestone
from gehoor.core.agreement.model import Agreement
from gehoor.core.agreement.parse_terms import duration
from gehoor.core.agreement.terms import Term
from gehoor.core.calendar.durations import Duration
from gehoor.core.conditions.model import fact_names
from gehoor.core.deadlines.due import due_day
from gehoor.core.deadlines.legs import counts_saturday, counts_working_days
from gehoor.core.deadlines.local_time import start_of_day
from gehoor.core.deadlines.rule import Suspension, TermRule
from gehoor.core.deadlines.status import TermStatus
from gehoor.core.decision.model import FIRST_OCCURRENCE, REOPENED, ROW, TermState
from gehoor.core.decision.onset import Onset
from gehoor.core.dossier.dossier import Dossier
from gehoor.core.forms.fields import Field


@dataclass(frozen=True, slots=True)
class Course:
    """How a term runs: its start (None: not yet), when it was done (UTC), and what changed its length.

    ``occurrence`` tells one time round from another. ``resumes_at`` is the instant (UTC) at which a suspension
    that still runs will have lasted as long as agreed, and the term runs on by itself.
    """

    start: date | datetime | None
    completed_at: datetime | None
    occurrence: int | str = FIRST_OCCURRENCE
    suspensions: tuple[Suspension, ...] = ()
    extensions: tuple[Duration, ...] = ()
    resumes_at: datetime | None = None
    adjusted_before: tuple[int, int] = (0, 0)
    """How many of the suspensions and extensions of the term are from before this course."""


def milestone_at(agreement: Agreement, dossier: Dossier, milestone: Milestone) -> date | datetime | None:
    """Return when a milestone was reached: a local date, or an instant where the field holds one."""
    return _moment(agreement.dossier_form.fields, dossier.values, milestone.field)


def _moment(fields: Mapping[str, Field], values: Mapping[str, Any], name: str) -> date | datetime | None:
    value = values.get(name)
    if value is None:
        return None
    moment = fields[name].type.fact(value, fields[name])
    assert isinstance(moment, date)
    return moment


def row_courses(agreement: Agreement, dossier: Dossier, term: Term) -> Iterator[tuple[int, Course]]:
    """Give the course of a term for each row of its list, with the number of the row."""
    rows, fields = dossier.values.get(term.rows, ()), agreement.dossier_form.fields
    assert isinstance(rows, Sequence)
    begun = None if term.day else _begun(agreement, dossier, term)
    members = fields[term.rows].members
    keys = dossier.rows.get(term.rows, ())
    for number, row in enumerate(rows, start=1):
        assert isinstance(row, Mapping)
        key = keys[number - 1] if number <= len(keys) else number
        start = _moment(members, row, term.day) if term.day else begun
        yield (
            number,
            Course(
                start=_with_hour(start, dossier, agreement, term),
                completed_at=_instant(_moment(members, row, term.done), term),
                occurrence=f"{ROW}{key}",
            ),
        )


def course_of(
    agreement: Agreement,
    dossier: Dossier,
    term: Term,
    now: datetime,
    chained: date | datetime | None,
    onset: Onset | None = None,
) -> Course:
    """Return the course of a term. ``chained`` is the due day of the term it starts from, if it does; ``onset`` says
    when what it begins by became true, if it does so."""
    begun = chained if term.from_term else onset.at if onset else _begun(agreement, dossier, term)
    done = None if onset and onset.done_before else _done(agreement, dossier, term)
    before = onset.adjusted_before if onset else (0, 0)
    occurrence: int | str = FIRST_OCCURRENCE
    if term.recurring_until:
        begun, done, occurrence = _round(agreement, dossier, term, begun, done)
    if term.again_on_reopening and dossier.reopened_on is not None and begun is not None:
        begun = dossier.reopened_on
        done = done if _done_again(agreement, dossier, term, done) else None
        occurrence = f"{REOPENED}{dossier.reopened_on.isoformat()}"
        before = dossier.adjusted_before.get(term.id, (0, 0))
    suspensions, resumes_at = stood_still(dossier, term, now, before)
    return Course(
        start=_with_hour(begun, dossier, agreement, term),
        completed_at=_instant(done, term),
        occurrence=occurrence,
        suspensions=suspensions,
        extensions=tuple(duration(text) for text in extended_by(dossier, term, before)),
        resumes_at=resumes_at,
        adjusted_before=before,
    )


def _begun(agreement: Agreement, dossier: Dossier, term: Term) -> date | datetime | None:
    if term.day:
        return _moment(agreement.dossier_form.fields, dossier.values, term.day)
    last = _last_start(agreement, dossier, term)
    return milestone_at(agreement, dossier, last) if last else None


def _last_start(agreement: Agreement, dossier: Dossier, term: Term) -> Milestone | None:
    """Return the milestone at which a term starts: where it has several, the last that was reached, once all are."""
    if not term.other_starts:
        return agreement.milestones.get(term.starts)
    starts = [agreement.milestones[name] for name in (term.starts, *term.other_starts)]
    reached = [(at, one) for one in starts if (at := milestone_at(agreement, dossier, one)) is not None]
    if len(reached) < len(starts):
        return None
    return max(reached, key=lambda one: (_day(one[0], term), _hour(one[0], dossier, one[1], term)))[1]


def _hour(at: date | datetime, dossier: Dossier, milestone: Milestone, term: Term) -> str:
    if isinstance(at, datetime):
        return f"{at.astimezone(ZoneInfo(term.rule.time_zone)):%H:%M:%S}"
    return str(dossier.values.get(milestone.hour, ""))


def _done(agreement: Agreement, dossier: Dossier, term: Term) -> date | datetime | None:
    if not term.of_duty:
        return milestone_at(agreement, dossier, agreement.milestones[term.until])
    settled = dossier.settled.get(term.id)
    return settled.at if settled and not settled.waived else None


def _round(
    agreement: Agreement,
    dossier: Dossier,
    term: Term,
    begun: date | datetime | None,
    done: date | datetime | None,
) -> tuple[date | datetime | None, date | datetime | None, int | str]:
    """A term that comes back starts again on the day it was last done, until its end is reached."""
    ended = milestone_at(agreement, dossier, agreement.milestones[term.recurring_until])
    if begun is None:
        return None, ended, FIRST_OCCURRENCE
    latest = _day(begun, term) if done is None else max(_day(begun, term), _day(done, term))
    return latest, ended, latest.isoformat()


def _with_hour(
    start: date | datetime | None, dossier: Dossier, agreement: Agreement, term: Term
) -> date | datetime | None:
    """A day gets its hour where the term needs one: for hours always, for a cutoff when it is known."""
    if start is None or isinstance(start, datetime):
        return start
    in_hours = term.rule.within.unit.elapses
    milestone = _last_start(agreement, dossier, term)
    hour = str(dossier.values.get(milestone.hour, "")) if milestone else ""
    if not in_hours and (term.rule.cutoff is None or not hour):
        return start
    local = datetime.fromisoformat(f"{start.isoformat()}T{hour or '00:00'}")
    return local.replace(tzinfo=ZoneInfo(term.rule.time_zone))


def _instant(done: date | datetime | None, term: Term) -> datetime | None:
    if done is None or isinstance(done, datetime):
        return done
    # A day without an hour: done on that day is done in time for anything that ends with it.
    try:
        return start_of_day(done, term.rule.time_zone)
    except OverflowError:
        # East of Greenwich the first day there is begins before the first instant there is.
        return datetime.min.replace(tzinfo=UTC)


def _day(moment: date | datetime, term: Term) -> date:
    return moment.astimezone(ZoneInfo(term.rule.time_zone)).date() if isinstance(moment, datetime) else moment


def _done_again(agreement: Agreement, dossier: Dossier, term: Term, done: date | datetime | None) -> bool:
    """Say whether a term was done since its dossier was opened again: what was done before does not count."""
    if done is None or dossier.reopened_on is None or _day(done, term) < dossier.reopened_on:
        return False
    since = dossier.changed.get(agreement.milestones[term.until].field, 0) if not term.of_duty else None
    return since is None or since > dossier.reopened_at


def extended_by(dossier: Dossier, term: Term, before: tuple[int, int]) -> tuple[str, ...]:
    """Return the durations by which a term was made longer, since it last started anew. ``before``, here and below: how
    many suspensions and extensions are from before that."""
    return dossier.extensions.get(term.id, ())[before[1] :]


def stood_still(
    dossier: Dossier, term: Term, now: datetime, before: tuple[int, int]
) -> tuple[tuple[Suspension, ...], datetime | None]:
    """Return when a term stood still since it last started anew, and the instant (UTC) at which it runs on by itself.

    All of it together is no longer than agreed: one that would be has ended by itself.
    """
    found = dossier.suspensions.get(term.id, ())[before[0] :]
    if not found or term.suspending is None or term.suspending.at_most is None:
        return found, None
    held: list[Suspension] = []
    for one in found:
        until = may_stand_still_until(term, term.suspending.at_most, held, one.start)
        at = start_of_day(until, term.rule.time_zone)
        if one.end is None and now < at:
            return (*held, one), at
        held.append(Suspension(one.start, until if one.end is None else min(one.end, until)))
    return tuple(held), None


def may_stand_still_until(term: Term, at_most: Duration, held: Sequence[Suspension], start: date) -> date:
    """Return the local day that counts again, for a term that stands still from a day until it did for as long as
    agreed. ``held``: when it stood still before, each with an end."""
    unit, calendar, day = at_most.unit, term.rule.calendar, timedelta(days=1)
    spans = [(one.start, one.end) for one in held if one.end is not None]
    left, days = at_most.amount, timedelta(0)
    if counts_working_days(unit):
        used = sum(calendar.count(begin - day, end - day, counts_saturday(unit)) for begin, end in spans)
        left = max(0, left - used)
    else:
        days = sum((end - begin for begin, end in spans), timedelta(0))
    end = due_day(TermRule(Duration(left, unit), calendar, time_zone=term.rule.time_zone), start)
    assert end is not None
    return max(start, _day(end, term) - days)


def standing_since(dossier: Dossier, state: TermState) -> date | None:
    """Return the local day from which a term stands still because somebody let it; None for one that runs, is done, or
    stands still in a season that everyone has."""
    if state.status is not TermStatus.SUSPENDED or state.completed_at is not None:
        return None
    own = dossier.suspensions.get(state.term.id, ())
    return own[-1].start if own and own[-1].end is None else None


def fields_timing(agreement: Agreement, term: Term) -> frozenset[str]:
    """Return the fields of the dossier of which it is known when they were answered, or what, by whoever knows when a
    term began and when it was done."""
    counted, terms = set[str](), [term]
    for one in terms:
        ends = (one.starts, *one.other_starts, one.until, one.recurring_until)
        for milestone in (agreement.milestones[name] for name in ends if name in agreement.milestones):
            counted |= {milestone.field, milestone.hour}
        # Of a term of rows, the day and what is done stand in the list.
        counted |= {one.rows} if one.rows else {one.day}
        if one.begins_if is not None:
            counted |= fact_names(one.begins_if)
        if (before := agreement.terms.get(one.from_term)) is not None and before not in terms:
            terms.append(before)
    return frozenset(counted & agreement.dossier_form.fields.keys())
