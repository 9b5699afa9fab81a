"""Alternatives: how a dossier could have been otherwise in what a report counts of it.

An attribute is what tables ask of a dossier. Dossiers that are alike in the attributes of a table are counted alike in
it.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final, TypeAlias

from gehoor.core.conditions.model import fact_names
from gehoor.core.deadlines.status import TermStatus
from gehoor.core.figures.counted import Counted, Period
from gehoor.core.figures.counting import lead_days, term_standings
from gehoor.core.figures.facts import DossierFacts
from gehoor.core.figures.suppression.possible import Possible
from gehoor.core.figures.suppression.possible_terms import UnsureError
from gehoor.core.forms.fields import Field, StoredValue
from gehoor.core.reports.model import DEPARTMENT, MONTH, PLACES_AND_TIMES, LeadTime, Report, ReportTable

_FAR: Final = "9999-12-31T00:00:00Z"
_MOST_ROWS: Final = 3
_NONE: Final = ""


def _with(one: Counted, facts: DossierFacts) -> Counted:
    return Counted(facts, one.agreement, one.now)


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a field, or its rows. ``members``: of a list, those that are counted."""

    name: str
    members: tuple[str, ...] = ()

    def read(self, one: Counted) -> Hashable:
        """Return what it is in a dossier."""
        value = one.facts.values.get(self.name)
        if self.members and isinstance(value, list):
            rows = [row for row in value if isinstance(row, Mapping)]
            return tuple(tuple(repr(row.get(name)) for name in self.members) for row in rows)
        return repr(value), one.agreement.fact_types.get(self.name)

    def changed(self, one: Counted, to: StoredValue | None) -> Counted:
        """Return a dossier with another answer; None: with none."""
        values = {name: value for name, value in one.facts.values.items() if name != self.name}
        if to is not None:
            values[self.name] = to
        return _with(one, replace(one.facts, values=values))

    def otherwise(self, one: Counted, seen: tuple[StoredValue, ...]) -> Iterator[Counted]:
        """Give a dossier as it could have been. ``seen``: the answers that there are in the register."""
        value = one.facts.values.get(self.name)
        if self.members:
            yield from self._rows_otherwise(one, value, seen)
            return
        several = [code for each in seen if isinstance(each, list) for code in each]
        if several:
            yield from self._several_otherwise(one, value, tuple(dict.fromkeys(map(str, several))))
            return
        for each in (None, *seen):
            if each != value:
                yield self.changed(one, each)

    def _several_otherwise(
        self, one: Counted, value: StoredValue | None, codes: tuple[str, ...]
    ) -> Iterator[Counted]:
        mine = [str(code) for code in value] if isinstance(value, list) else []
        for code in codes:
            if code in mine:
                yield self.changed(one, [each for each in mine if each != code] or None)
            else:
                yield self.changed(one, [*mine, code])
                for place in range(min(len(mine), _MOST_ROWS)):
                    yield self.changed(one, [*mine[:place], code, *mine[place + 1 :]])

    def _rows_otherwise(
        self, one: Counted, value: StoredValue | None, seen: tuple[StoredValue, ...]
    ) -> Iterator[Counted]:
        mine = [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []
        others = [row for rows in seen if isinstance(rows, list) for row in rows if isinstance(row, dict)]
        kept = {tuple(repr(row.get(name)) for name in self.members): row for row in others}
        for row in kept.values():
            yield self.changed(one, [*mine, row])
            for place in range(min(len(mine), _MOST_ROWS)):
                yield self.changed(one, [*mine[:place], row, *mine[place + 1 :]])
        for place in range(min(len(mine), _MOST_ROWS)):
            yield self.changed(one, [*mine[:place], *mine[place + 1 :]] or None)


@dataclass(frozen=True, slots=True)
class OtherFact:
    """What a condition asks that is no answer: it is never otherwise."""

    name: str

    def read(self, one: Counted) -> Hashable:
        """Return what it is in a dossier."""
        return repr(one.typed.get(self.name))

    def otherwise(self, _one: Counted, _seen: tuple[object, ...]) -> Iterator[Counted]:
        """Give no dossier."""
        return iter(())


@dataclass(frozen=True, slots=True)
class Place:
    """The department."""

    def read(self, one: Counted) -> Hashable:
        """Return what it is in a dossier."""
        return one.facts.organisation, one.facts.department

    def otherwise(self, one: Counted, seen: tuple[tuple[str, str], ...]) -> Iterator[Counted]:
        """Give a dossier as it would be in other departments."""
        for organisation, department in seen:
            if (organisation, department) != self.read(one):
                yield _with(one, replace(one.facts, organisation=organisation, department=department))


@dataclass(frozen=True, slots=True)
class Day:
    """The day by which a dossier is in the period. ``length``: how much of its ISO text is looked at."""

    milestone: str
    length: int

    def read(self, one: Counted) -> Hashable:
        """Return what it is in a dossier."""
        return one.facts.reached.get(self.milestone, _NONE)[: self.length]

    def otherwise(self, one: Counted, days: tuple[str, ...]) -> Iterator[Counted]:
        """Give a dossier as it would be on other days: all that happened later or earlier by as much."""
        now = one.facts.reached.get(self.milestone)
        for day in days if now else ():
            if now and day[: self.length] != now[: self.length]:
                apart = date.fromisoformat(day) - date.fromisoformat(now)
                reached = {name: _shifted(each, apart) for name, each in one.facts.reached.items()}
                closed = max(one.facts.closed_on, day) if one.facts.closed_on else _NONE
                yield _with(one, replace(one.facts, reached=reached, closed_on=closed))


def _shifted(day: str, apart: timedelta) -> str:
    return (date.fromisoformat(day) + apart).isoformat() if day else day


@dataclass(frozen=True, slots=True)
class Closing:
    """When a dossier was done. ``milestone``: by which it is; empty: closing."""

    milestone: str
    period: Period

    def _on(self, one: Counted) -> str:
        return one.facts.reached.get(self.milestone, _NONE) if self.milestone else one.facts.closed_on

    def read(self, one: Counted) -> Hashable:
        """Return what it is in a dossier."""
        day = self._on(one)
        return bool(day), self.period.before(day), self.period.holds(day)

    def otherwise(self, one: Counted, received: tuple[str, ...]) -> Iterator[Counted]:
        """Give a dossier as it would be if it were done at other times: not yet, in the period, or before it."""
        since = one.facts.reached.get(received[0], _NONE)
        before = (self.period.first - timedelta(days=1)).isoformat()
        # In a year that still runs, nothing was done on its last day.
        last = min(self.period.last, one.now.date()).isoformat()
        days = [_NONE, max(since, last)]
        if since and since <= before:
            days.append(before)
        for day in days:
            if self.milestone:
                reached = {name: each for name, each in one.facts.reached.items() if name != self.milestone}
                if day:
                    reached[self.milestone] = day
                yield _with(one, replace(one.facts, reached=reached))
            else:
                yield _with(one, replace(one.facts, closed_on=day, closed=bool(day)))


@dataclass(frozen=True, slots=True)
class Lead:
    """How many days there are from one milestone until another."""

    start: str
    until: str

    def read(self, one: Counted) -> Hashable:
        """Return what it is in a dossier."""
        return lead_days(LeadTime(self.start, self.until, ()), one)

    def changed(self, one: Counted, days: int | None) -> Counted:
        """Return a dossier in which it took so many days; None: in which it is not over."""
        reached = {name: day for name, day in one.facts.reached.items() if name != self.until}
        if days is not None:
            start = date.fromisoformat(one.facts.reached[self.start])
            reached[self.until] = (start + timedelta(days=days)).isoformat()
        return _with(one, replace(one.facts, reached=reached))

    def otherwise(self, one: Counted, seen: tuple[int, ...]) -> Iterator[Counted]:
        """Give a dossier as it would be if it took otherwise. ``seen``: the bounds of classes, and how long others
        took."""
        if not one.facts.reached.get(self.start):
            return
        mine = self.read(one)
        for days in (None, *seen):
            if days != mine:
                yield self.changed(one, days)


@dataclass(frozen=True, slots=True)
class TermStanding:
    """How a term stands."""

    term: str

    def read(self, one: Counted) -> Hashable:
        """Return what it is in a dossier."""
        return tuple(term_standings(self.term, one))

    def otherwise(self, one: Counted, seen: tuple[Possible, ...]) -> Iterator[Counted]:
        """Give a dossier as it would be if it had been done in time, too late, or not yet. ``seen``: what is known of
        the agreements. How a term stands follows from days, where it follows from those alone."""
        model = seen[0].law(one.agreement).plain.get(self.term)
        if model is None:
            yield from self._said_otherwise(one)
            return
        start = model.start(one.facts.reached)
        try:
            first, last = model.due(start) if start else ("", "")
        except UnsureError:
            return
        late = (date.fromisoformat(last) + timedelta(days=1)).isoformat() if last else ""
        for day in (first, late, start, _NONE) if start else ():
            reached = {name: each for name, each in one.facts.reached.items() if name != model.term.until}
            if day:
                reached[model.term.until] = day
            yield _with(one, replace(one.facts, reached=reached))
            # What is not done is open, and what is done is often closed.
            if day == _NONE and one.facts.closed_on:
                yield _with(one, replace(one.facts, reached=reached, closed_on=_NONE, closed=False))
            elif day and not one.facts.closed_on:
                yield _with(one, replace(one.facts, reached=reached, closed_on=day, closed=True))

    def _said_otherwise(self, one: Counted) -> Iterator[Counted]:
        mine = [each for each in one.facts.terms if each.term == self.term]
        rest = tuple(each for each in one.facts.terms if each.term != self.term)
        running = () if one.facts.closed else (TermStatus.RUNNING,)
        for status in (TermStatus.ON_TIME, TermStatus.LATE_DONE, *running) if mine else ():
            late_at = _FAR if status is TermStatus.RUNNING else _NONE
            first = replace(mine[0], status=status.value, late_at=late_at)
            yield _with(one, replace(one.facts, terms=(*rest, first, *mine[1:])))


@dataclass(frozen=True, slots=True)
class Together:
    """Answers that hang together: no table goes by them as such, but they can only be otherwise with each other."""

    names: tuple[str, ...]

    def read(self, one: Counted) -> Hashable:
        """Return what they are in a dossier."""
        return tuple(repr(one.facts.values.get(name)) for name in self.names)

    def otherwise(self, one: Counted, seen: tuple[tuple[StoredValue | None, ...], ...]) -> Iterator[Counted]:
        """Give a dossier with these answers as others have them."""
        for answers in seen:
            values = {name: of for name, of in one.facts.values.items() if name not in self.names}
            values |= {name: of for name, of in zip(self.names, answers, strict=True) if of is not None}
            yield _with(one, replace(one.facts, values=values))


Attribute: TypeAlias = Answer | OtherFact | Place | Day | Closing | Lead | TermStanding | Together


def attributes_of(
    report: Report,
    table: ReportTable,
    period: Period,
    lists: Mapping[str, tuple[str, ...]],
    fields: Mapping[str, Field],
) -> tuple[Attribute, ...]:
    """Return all of a dossier that a table goes by. ``lists``: the members that are counted, of each list of rows."""
    found: list[Attribute] = [
        Day(report.period_of(table), 7 if MONTH in (table.by, table.across) or table.years > 1 else 4)
    ]
    if DEPARTMENT in (table.by, table.across):
        found.append(Place())
    for named in (table.by, table.across, table.mean_of, table.sum_of):
        if named and named not in PLACES_AND_TIMES:
            name = named.partition(".")[0]
            found.append(Answer(name, lists.get(name, ())))
    if table.lead_time:
        found.append(Lead(table.lead_time.start, table.lead_time.until))
    if table.term:
        found.append(TermStanding(table.term))
    if table.flow:
        found.append(Closing(report.closing_of(table), period))
    for name in sorted(fact_names(table.only)) if table.only is not None else ():
        is_answer = name in fields and not fields[name].type.has_rows
        found.append(Answer(name) if is_answer else OtherFact(name))
    return tuple(dict.fromkeys(found))
