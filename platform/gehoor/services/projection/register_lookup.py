"""Register lookup: what rules ask of other dossiers, those of the same person or with the same answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from itertools import zip_longest
from typing import Any
from zoneinfo import ZoneInfo

from gehoor.core.agreement.model import Agreement
from gehoor.core.agreement.parse_terms import duration
from gehoor.core.calendar.working_days import CalendarError
from gehoor.core.conditions.register_questions import RegisterQuestion
from gehoor.core.deadlines.due import DeadlineError, TermRule, due_day
from gehoor.core.dossier.dossier import Dossier
from gehoor.core.dossier.events import BrokenChainError
from gehoor.core.dossier.match_keys import (
    is_same_mistyped,
    is_told_again,
    keys_of,
    match_keys,
    may_be_same_person,
    near_keys_of,
)
from gehoor.core.dossier.parts import Found
from gehoor.core.forms.fields import StoredValue
from gehoor.services.ports.records import MatchKey
from gehoor.services.ports.store import DamagedError
from gehoor.services.projection.match_keeping import GOES_ON
from gehoor.services.projection.receipt import local_hour, received_hour, received_on
from gehoor.services.register.register import MovedError, Register, UnknownDossierError

_MOST = 100
"""Of more dossiers than this the number is no longer exact, and no rule needs it to be."""
_COMPARED = 20
"""Of so many, the latest, it is looked at who told what."""
_NOTHING = Found(0, ())
_UNREADABLE = (DamagedError, BrokenChainError, UnknownDossierError)
"""What is wrong with another dossier keeps nobody from telling something; of one that is gone its keys may be left."""


def looked_up(
    register: Register,
    agreement: Agreement,
    dossier: Dossier,
    values: Mapping[str, StoredValue],
    now: datetime,
    keys: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """Return what an event says of what the register gives now for these answers; nothing when that is as it was.

    ``keys``, here and below: the match keys of the answers, where they were worked out before."""
    found = _found(register, agreement, (dossier, values, keys), now)
    if found == dict(dossier.found):
        return {}
    return {
        "found": {fact: {"count": one.count, "dossiers": list(one.dossiers)} for fact, one in found.items()}
    }


def still_found(
    register: Register,
    agreement: Agreement,
    dossier: Dossier,
    now: datetime,
    keys: Mapping[str, str] | None = None,
) -> None:
    """Raise ``MovedError`` when the register no longer gives what it gave for a dossier that is about to be kept."""
    asked = (dossier, dossier.values, keys)
    if agreement.register_questions and _found(register, agreement, asked, now) != dict(dossier.found):
        raise MovedError


def _found(
    register: Register,
    agreement: Agreement,
    asked: tuple[Dossier, Mapping[str, StoredValue], Mapping[str, str] | None],
    now: datetime,
) -> dict[str, Found]:
    """``asked``: the dossier, its answers, and their match keys where they are known."""
    found: dict[str, Found] = {}
    if not agreement.register_questions:
        return found
    dossier, values, keys = asked
    seen = match_keys(agreement, values) if keys is None else keys
    for fact, question in agreement.register_questions.items():
        others = _others(register, agreement, dossier, question, (values, seen), now)
        if others is not None:
            # Each by name: whoever may not know of one may not know that it was counted.
            found[fact] = Found(len(others), others)
    return found


def _others(
    register: Register,
    agreement: Agreement,
    dossier: Dossier,
    question: RegisterQuestion,
    known: tuple[Mapping[str, StoredValue], Mapping[str, str]],
    now: datetime,
) -> tuple[str, ...] | None:
    """Return the dossiers that came in before this one, the latest first; None when the question has no answer.

    ``known``: the answers, and what they are found by."""
    values, sighted = known
    groups = keys_of(question, sighted)
    if not groups:
        return None
    last = received_on(agreement, values, now)
    first = _days_before(agreement, question, last)
    found: dict[str, int] | None = None
    for name, keys in zip_longest(question.same, groups):
        seen = {
            one.dossier: one.ago
            for key in keys
            for one in register.match_keys(key, first, _MOST, last.toordinal())
            if _others_of(dossier, question, one)
        }
        if name is not None:
            near = _mistyped(register, name, values, sighted, (first, last.toordinal()))
            seen = {**{one.dossier: one.ago for one in near if _others_of(dossier, question, one)}, **seen}
        found = seen if found is None else {one: ago for one, ago in found.items() if one in seen}
    assert found is not None
    same_day = [one for one, ago in found.items() if ago == -last.toordinal()]
    own = _Moment.of(agreement, replace(dossier, values=values), now)
    # What is written down as it comes in, or without an hour, comes after all that is there.
    now_day = now.astimezone(ZoneInfo(agreement.time_zone)).date()
    before_now = bool(own.hour) and (last, own.hour) < (now_day, local_hour(agreement, now))
    if same_day and (dossier.version or before_now):
        later = {one for one in same_day if not _came_before(register, agreement, one, own)}
        found = {one: ago for one, ago in found.items() if one not in later}
    latest = sorted(found, key=lambda one: (found[one], one))
    if question.same:
        return tuple(latest)
    # Of the latest it is looked at who told what; no rule asks for a larger number.
    return tuple(
        one
        for one in latest[:_COMPARED]
        if _counts(register, agreement, one, values, (dossier, question.fact))
    ) + tuple(latest[_COMPARED:])


def came_later(
    register: Register, agreement: Agreement, dossier: Dossier, question: RegisterQuestion, now: datetime
) -> tuple[str, ...]:
    """Return the dossiers that came in after this one and of which a question would give this one, the latest first.

    Nothing is decided by it: it is told, so that an earlier dossier leads to a later one too."""
    sighted = match_keys(agreement, dossier.values)
    groups = keys_of(question, sighted)
    if not groups:
        return ()
    day = received_on(agreement, dossier.values, now)
    own, found = _Moment.of(agreement, dossier, now), dict[str, int]()
    for index, (name, keys) in enumerate(zip_longest(question.same, groups)):
        seen = {
            one.dossier: one.ago
            for key in keys
            for one in register.match_keys(key, day.toordinal(), _MOST)
            if _others_of(dossier, question, one)
        }
        if name is not None:
            near = _mistyped(register, name, dossier.values, sighted, (day.toordinal(), None))
            seen = {**{one.dossier: one.ago for one in near if _others_of(dossier, question, one)}, **seen}
        found = {one: ago for one, ago in seen.items() if not index or one in found}
    latest = sorted(found, key=lambda one: (found[one], one))
    return tuple(
        one
        for one in latest
        if day.toordinal() >= _days_before(agreement, question, date.fromordinal(-found[one]))
        and not (found[one] == -day.toordinal() and _came_before(register, agreement, one, own))
        and (question.same or _may_be_same(register, agreement, one, dossier.values))
    )


def _others_of(dossier: Dossier, question: RegisterQuestion, match: MatchKey) -> bool:
    """Say whether what was found is another dossier, of which a question asks."""
    return (
        match.dossier != dossier.id
        and match.dossier not in dossier.relations.one_message
        and _asked_of(question, match)
    )


def _mistyped(
    register: Register,
    name: str,
    values: Mapping[str, StoredValue],
    sighted: Mapping[str, str],
    days: tuple[int, int | None],
) -> Iterator[MatchKey]:
    """Give the latest dossiers in which the same stands in a field, mistyped here or there. ``days``: from, up to."""
    first, last = days
    may_be = {
        one.dossier: one
        for key in near_keys_of(name, sighted)
        for one in register.match_keys(key, first, _MOST, last)
    }
    for one in sorted(may_be.values(), key=lambda match: (match.ago, match.dossier))[:_MOST]:
        try:
            other = register.dossier(one.dossier).values.get(name)
        except _UNREADABLE:
            continue
        if is_same_mistyped(values.get(name), other):
            yield one


def _asked_of(question: RegisterQuestion, match: MatchKey) -> bool:
    """Say whether a question is about messages of the kind of one that was found."""
    return not match.kind.startswith(GOES_ON) and (not question.kinds or match.kind in question.kinds)


def _may_be_same(
    register: Register, agreement: Agreement, other: str, values: Mapping[str, StoredValue]
) -> bool:
    try:
        return may_be_same_person(agreement, values, register.dossier(other).values)
    except _UNREADABLE:
        return True


@dataclass(frozen=True, slots=True)
class _Moment:
    """When a message came in on its day: the local hour, as far as it is known, and when it was written down (UTC)."""

    hour: str
    opened_at: datetime
    id: str

    @classmethod
    def of(cls, agreement: Agreement, dossier: Dossier, now: datetime) -> _Moment:
        """Return that of a dossier, of a new one as it is opened now."""
        return cls(received_hour(agreement, dossier.values), dossier.opened_at or now, dossier.id)

    def is_after(self, other: _Moment) -> bool:
        """Say whether this one came later: by the hour where both tell one, else by when they were written down."""
        if self.hour and other.hour and self.hour != other.hour:
            return self.hour > other.hour
        return (self.opened_at, self.id) > (other.opened_at, other.id)


def _came_before(register: Register, agreement: Agreement, other: str, own: _Moment) -> bool:
    """Say whether another dossier of the same day came in before this one."""
    try:
        found = register.dossier(other)
    except _UNREADABLE:
        return True
    return own.is_after(_Moment.of(agreement, found, own.opened_at))


def _counts(
    register: Register,
    agreement: Agreement,
    other: str,
    values: Mapping[str, StoredValue],
    counting: tuple[Dossier, str],
) -> bool:
    """Say whether another dossier, found by how to reach someone, is an earlier message of the same person.

    The same told again while it is being handled is no second message. ``counting``: the dossier, and what it asks.
    """
    try:
        told = register.dossier(other).values
    except _UNREADABLE:
        return True
    if not may_be_same_person(agreement, values, told):
        return False
    if not is_told_again(agreement, values, told):
        return True
    summary = register.sound_summary(other)
    if summary is None or not summary.closed:
        return False
    before, fact = counting
    if before.opened_at is None or other in before.found.get(fact, _NOTHING).dossiers:
        return True
    # Of a dossier that was there already: whether the other was closed as it came in, and not whether it is now.
    zone = ZoneInfo(agreement.time_zone)
    closed = datetime.fromisoformat(summary.closed_at).astimezone(zone).date() if summary.closed_at else None
    return closed is not None and closed < before.opened_at.astimezone(zone).date()


def _days_before(agreement: Agreement, question: RegisterQuestion, last: date) -> int:
    """Return the first day that counts, as an ordinal."""
    return _first_within(agreement, question.within, last) if question.within else 0


@lru_cache(maxsize=1024)
def _first_within(agreement: Agreement, within: str, last: date) -> int:
    rule = TermRule(duration(within), agreement.calendar, backwards=True, time_zone=agreement.time_zone)
    try:
        day = due_day(rule, last)
    except (DeadlineError, CalendarError, OverflowError):
        # So long before this day there are no days.
        return 0
    assert day is not None
    return (day.date() if isinstance(day, datetime) else day).toordinal()
