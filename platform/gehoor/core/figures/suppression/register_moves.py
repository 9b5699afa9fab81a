"""Moves: single changes of the register that a report is made of, each with what it would change in what is shown."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from functools import cache
from itertools import islice
from typing import Any, Final, TypeAlias

from gehoor.core.figures.counted import Counted, Period
from gehoor.core.figures.suppression.alternatives import (
    Answer,
    Attribute,
    Closing,
    Day,
    Lead,
    Place,
    TermStanding,
    Together,
    attributes_of,
)
from gehoor.core.figures.suppression.contributions import Amounts, Member, Number, TableNumbers
from gehoor.core.figures.suppression.finer_tables import finer_tables, first_of
from gehoor.core.figures.suppression.possible import Possible
from gehoor.core.figures.suppression.reach import Reach
from gehoor.core.figures.tables import FigureTable
from gehoor.core.forms.fields import StoredValue
from gehoor.core.reports.model import Report, ReportTable

Change: TypeAlias = "dict[Number, int | Decimal]"

_MOST_ANSWERS: Final = 40
_MOST_LENGTHS: Final = 16
_MOST_CLASSES: Final = 250
_MOST_KINDS: Final = 24
_LEAST_CLASSES: Final = 40
_MOST_WORK: Final = 12_000


@dataclass(slots=True, eq=False)
class Move:
    """A change of one dossier. ``members``: those that could change so (their places in the register); empty: another
    dossier that is like one that is there. ``residual``: what of the effect is shown."""

    attribute: Attribute | None
    members: Sequence[int]
    change: Callable[[int], Change]
    effect: Change
    residual: Change

    def takes_away(self) -> bool:
        """Say whether it changes a dossier that is there."""
        return bool(self.members)


class RegisterMoves:
    """The register behind the public version of a report, and how it could have been otherwise."""

    def __init__(
        self,
        report: Report,
        period: Period,
        tables: Sequence[FigureTable],
        members: Sequence[Member],
    ) -> None:
        self.members = members
        self._period, self._report = period, report
        agreed = [report.tables[one.id] for one in tables]
        self._attributes = self._attributes_by_table(agreed)
        self.all_attributes = tuple(dict.fromkeys(one for each in self._attributes.values() for one in each))
        self._possible = Possible(report, [one.counted for one in members])
        self._reach = Reach(report, self._possible.laws(), self.all_attributes)
        shown = {one.id: one for one in tables}
        finer = list(finer_tables(agreed))
        for one in finer:
            self._attributes[one.id] = self._attributes[first_of(one, agreed).id]
        self.tables = [
            TableNumbers(report, one, period, shown.get(one.id), members) for one in (*agreed, *finer)
        ]
        self._read: dict[int, dict[Attribute, Hashable]] = {}
        self._seen = {one: self._seen_of(one) for one in self._reach.movers}
        self._kept: dict[int, Amounts] = {}

    def _attributes_by_table(self, agreed: Sequence[ReportTable]) -> dict[str, tuple[Attribute, ...]]:
        if not self.members:
            return {one.id: () for one in agreed}
        lists: defaultdict[str, set[str]] = defaultdict(set)
        for table in agreed:
            for named in (table.by, table.across, table.mean_of, table.sum_of):
                rows, dot, member = named.partition(".")
                if dot:
                    lists[rows].add(member)
        named_lists = {name: tuple(sorted(each)) for name, each in lists.items()}
        fields = self.members[0].counted.fields
        return {one.id: attributes_of(self._report, one, self._period, named_lists, fields) for one in agreed}

    def attributes_of(self, table: str) -> tuple[Attribute, ...]:
        """Return what can be otherwise so that a table is: what it goes by, that first by which few others go, and then
        what that hangs on."""
        often = Counter(one for each in self._attributes.values() for one in each)
        own = set(self._attributes[table])
        return tuple(
            sorted(
                self._reach.moving(own),
                key=lambda one: (one not in own, often[one], len(self._going_by(one)), repr(one)),
            )
        )

    def _going_by(self, mover: Attribute) -> list[tuple[Attribute, ...]]:
        """Return what the tables go by that may be otherwise when something is."""
        reached = self._reach.of(mover)
        return [each for each in self._attributes.values() if not reached.isdisjoint(each)]

    def contribution(self, place: int) -> Amounts:
        """Return what a dossier adds to all numbers."""
        found = self._kept.get(place)
        if found is None:
            one, read = self.members[place].counted, self._coordinates(place)
            kept: Change = {}
            for table in self._counting(place):
                kept.update(table.of(one, self._key(table, read)))
            found = self._kept[place] = kept
        return found

    def _counting(self, place: int) -> list[TableNumbers]:
        """Return the tables in which a dossier is counted."""
        left_out = self.members[place].left_out
        return [one for one in self.tables if one.id not in left_out] if left_out else self.tables

    def _key(self, table: TableNumbers, read: Mapping[Attribute, Hashable]) -> Hashable:
        return tuple(read[each] for each in self._attributes[table.id])

    def _changed(self, place: int, other: Counted) -> Change:
        """Return what changes when a dossier is otherwise: in the tables that go by what is otherwise."""
        before = self._coordinates(place)
        after = {each: each.read(other) for each in self.all_attributes}
        differing = {each for each, value in after.items() if value != before[each]}
        one = self.members[place].counted
        found: Change = {}
        for table in self._counting(place):
            if not differing.isdisjoint(self._attributes[table.id]):
                found |= _difference(
                    table.of(one, self._key(table, before)), table.of(other, self._key(table, after))
                )
        return found

    def _seen_of(self, attribute: Attribute) -> tuple[Any, ...]:
        """Return what there is of an attribute in the register, and so could be in another dossier."""
        match attribute:
            case Answer(name=name):
                found: dict[Hashable, Any] = {}
                times: Counter[Hashable] = Counter()
                for one in self.members:
                    value = one.counted.facts.values.get(name)
                    if value is not None:
                        found.setdefault(repr(value), value)
                        times[repr(value)] += 1
                return tuple(found[one] for one, _ in times.most_common(_MOST_ANSWERS))
            case Place():
                return tuple(dict.fromkeys(attribute.read(one.counted) for one in self.members))
            case Day(milestone=name, length=length):
                days = {
                    day[:length]: day for one in self.members if (day := one.counted.facts.reached.get(name))
                }
                before = self._period.back(max(one.years for one in self._report.tables.values())).first
                return (*days.values(), (before - timedelta(days=1)).isoformat())
            case Closing():
                return (self._report.period_by,)
            case Lead():
                return self._lengths(attribute)
            case _:
                return self._seen_beside(attribute)

    def _seen_beside(self, attribute: Attribute) -> tuple[Any, ...]:
        match attribute:
            case TermStanding():
                return (self._possible,)
            case Together(names=names):
                kinds = Counter(
                    tuple(_known(one.counted.facts.values.get(name)) for name in names)
                    for one in self.members
                )
                return tuple(tuple(each.value for each in kind) for kind, _ in kinds.most_common(_MOST_KINDS))
            case _:
                return ()

    def _lengths(self, lead: Lead) -> tuple[int, ...]:
        bounds = {
            bound
            for one in self._report.tables.values()
            if one.lead_time and (one.lead_time.start, one.lead_time.until) == (lead.start, lead.until)
            for bound in one.lead_time.bounds
        }
        known = {days for one in self.members if (days := lead.read(one.counted)) is not None}
        lengths = sorted(days for days in known if isinstance(days, int))
        step = max(1, len(lengths) // _MOST_LENGTHS)
        return tuple(
            sorted({*bounds, *(bound + 1 for bound in bounds), *lengths[::step], *lengths[-_MOST_LENGTHS:]})
        )

    def moves(self, attribute: Attribute | None, wanted: Callable[[Number], bool]) -> Iterator[Move]:
        """Give the moves in one attribute, of dossiers of each kind; None: dossiers that come or go. ``wanted``: which
        numbers are looked for: where there are very many kinds, those that stand in one go first."""
        if attribute is None:
            yield from self._comings_and_goings(wanted)
        else:
            yield from self._moves_of(attribute, wanted)

    def _classes(
        self, wanted: Callable[[Number], bool], key: Callable[[int], Hashable], most: int = _MOST_CLASSES
    ) -> list[tuple[int, ...]]:
        found: defaultdict[Hashable, list[int]] = defaultdict(list)
        for place in range(len(self.members)):
            found[key(place)].append(place)
        classes = [tuple(one) for one in found.values()]
        if len(classes) > most:
            classes.sort(
                key=lambda one: (
                    not any(wanted(each) for each in self.contribution(one[0])),
                    -len(one),
                    one[0],
                )
            )
        return classes[:most]

    def _coordinates(self, place: int) -> dict[Attribute, Hashable]:
        found = self._read.get(place)
        if found is None:
            one = self.members[place].counted
            found = self._read[place] = {each: each.read(one) for each in self.all_attributes}
        return found

    def _moves_of(self, attribute: Attribute, wanted: Callable[[Number], bool]) -> Iterator[Move]:
        going = self._going_by(attribute)
        near = tuple(dict.fromkeys(one for each in going for one in each))

        def key(place: int) -> Hashable:
            read = self._coordinates(place)
            own = attribute.read(self.members[place].counted) if attribute not in read else None
            return (self.members[place].left_out, own, *(read[one] for one in near))

        seen = self._seen[attribute]
        # What many tables go by, and can be otherwise in many ways, takes long to work out for each kind.
        most = _MOST_WORK // (max(len(going), 1) * (len(seen) + 1))
        for places in self._classes(wanted, key, min(max(most, _LEAST_CLASSES), _MOST_CLASSES)):
            first = self.members[places[0]].counted
            for number, raw in enumerate(attribute.otherwise(first, seen)):
                for way, other in enumerate(self._possible.settled(first, raw)):
                    effect = self._changed(places[0], other)
                    if effect:
                        same = self._same(attribute, (number, way))
                        yield Move(attribute, places, same, effect, dict(effect))

    def _same(self, attribute: Attribute, which: tuple[int, int]) -> Callable[[int], Change]:
        number, way = which

        @cache
        def change(place: int) -> Change:
            one = self.members[place].counted
            raw = next(islice(attribute.otherwise(one, self._seen[attribute]), number, None), None)
            other = next(islice(self._possible.settled(one, raw), way, None), None) if raw else None
            return self._changed(place, other) if other else {}

        return change

    def _comings_and_goings(self, wanted: Callable[[Number], bool]) -> Iterator[Move]:
        def key(place: int) -> Hashable:
            return frozenset(self.contribution(place).items())

        for places in self._classes(wanted, key):
            effect = dict(self.contribution(places[0]))
            if effect:
                gone = {number: -amount for number, amount in effect.items()}
                yield Move(None, (), _always(effect), effect, dict(effect))
                yield Move(None, places, _always(gone), gone, dict(gone))

    def shifted(self, attribute: Attribute, place: int, by: Decimal) -> Change | None:
        """Return what changes when a dossier took longer by so many days, or a number in it is so much more; None where
        it cannot."""
        one = self.members[place].counted
        raw = None
        match attribute:
            case Lead():
                days = attribute.read(one)
                if isinstance(days, int) and days + by >= 0 and by == int(by):
                    raw = attribute.changed(one, days + int(by))
            case Answer(name=name, members=()):
                value = one.facts.values.get(name)
                if isinstance(value, int) and not isinstance(value, bool) and by == int(by):
                    to = value + int(by)
                    raw = attribute.changed(one, to) if to in self._seen[attribute] else None
        other = next(self._possible.settled(one, raw), None) if raw else None
        return self._changed(place, other) if other else None


@dataclass(frozen=True, slots=True)
class _Known:
    """An answer, known by what it says: rows and codes have no hash."""

    said: str
    value: StoredValue | None = field(compare=False)


def _known(value: StoredValue | None) -> _Known:
    return _Known(repr(value), value)


def _always(change: Change) -> Callable[[int], Change]:
    return lambda _place: change


def _difference(before: Amounts, after: Amounts) -> Change:
    found: Change = {}
    for number, amount in after.items():
        if change := amount - before.get(number, 0):
            found[number] = change
    for number, amount in before.items():
        if number not in after and amount:
            found[number] = -amount
    return found
