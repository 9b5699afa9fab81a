"""Exchanges: changes of the register that nobody could see in what a report shows, and that change a hidden number.

A hidden number is safe when there are registers that come to exactly the same public report, and in which it is so
much higher or lower. Such registers are looked for among those in which some dossiers were otherwise: each by itself,
or two that make up for each other. What is found is a proof, whatever somebody knows of how tables hang together; where
none is found, something more is to be hidden.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from typing import Final, TypeAlias

from gehoor.core.figures.suppression.alternatives import Attribute
from gehoor.core.figures.suppression.contributions import ANSWERS, COUNT, SILENT, SUM, Number, unit
from gehoor.core.figures.suppression.move_sums import (
    add_to,
    changed_by_either,
    changes_only_sums,
    sums_of,
    times_of,
)
from gehoor.core.figures.suppression.register_moves import Change, Move, RegisterMoves

_Residual: TypeAlias = "frozenset[tuple[Number, int | Decimal]]"
_MOST_BUNDLES: Final = 600
_MOST_TRIED: Final = 40
_MOST_PARTNERS: Final = 120
_MOST_LOOKED_AT: Final = 30
_NEAREST: Final = 2
"""So many attributes of a table are looked at first: those by which few others go."""
_EACH: Final = 3
"""So much each number is worth by itself, however small it is."""
_MOST_SHIFTED: Final = 8
_MOST_SHIFTS: Final = 1000


@dataclass(frozen=True, slots=True)
class Hiding:
    """What could be hidden besides, so that a number can be otherwise."""

    units: frozenset[Number]
    cost: float


class Exchanges:
    """What could be exchanged unseen. ``least``: so far apart everything has to lie that a hidden number could be."""

    def __init__(self, register: RegisterMoves, hidden: set[Number], least: int) -> None:
        self._register, self._least = register, least
        self.values = sums_of(register)
        self.hidden = set(hidden)
        self._counts = {number for table in register.tables for number in table.shown}
        self._twice = {number[0] for number in self._counts if number[1] and number[2]}
        self._affecting: defaultdict[Number, list[Move]] = defaultdict(list)
        self._alike: defaultdict[_Residual, list[Move]] = defaultdict(list)
        self._looked_at: set[Attribute | None] = set()
        self.withheld: set[str] = set()
        self._grain = self._grains()

    def _grains(self) -> dict[str, float]:
        """Return of how many dossiers a number of each table is, on average: the fewer, the finer."""
        found: defaultdict[str, list[float]] = defaultdict(list)
        for number in self._counts:
            if (value := self.values.get(number, 0)) > 0:
                found[number[0]].append(float(value))
        return {table: sum(each) / len(each) for table, each in found.items()}

    def _look_at(self, attribute: Attribute | None) -> None:
        """Find the moves in an attribute; None: dossiers that come and go."""
        self._looked_at.add(attribute)
        for move in self._register.moves(attribute, self.hidden.__contains__):
            for number in move.effect:
                self._affecting[number].append(move)
            move.residual = {one: of for one, of in move.effect.items() if not self._is_hidden(one)}
            self._alike[frozenset(move.residual.items())].append(move)

    def _is_hidden(self, number: Number) -> bool:
        """Say whether a number is not shown: it is hidden, or no table has it."""
        if number[0] in self.withheld:
            return True
        if number[3] == COUNT:
            return number in self.hidden or number not in self._counts
        return number[3] == SILENT or unit(number) in self.hidden

    def hide(self, units: Iterable[Number]) -> None:
        """Hide numbers."""
        new = set(units) - self.hidden
        self.hidden |= new
        self._look_again(new)

    def show(self, units: Iterable[Number]) -> None:
        """Show numbers that were hidden."""
        again = self.hidden.intersection(units)
        self.hidden -= again
        self._look_again(again)

    def withhold(self, table: str) -> None:
        """Leave out a table whole."""
        self.withheld.add(table)
        self._look_at_anew([one for one in self._affecting if one[0] == table])

    def loss(self, units: Iterable[Number]) -> int:
        """Return how much is lost when numbers are hidden: totals and what stands by itself count for more."""
        return sum(
            1 if one[3] != COUNT or (one[1] and one[2]) else 3 if one[1] is None and one[2] is None else 2
            for one in units
        )

    def left_of(self, table: str) -> set[Number]:
        """Return the counts that a table still tells."""
        return {
            one
            for one in self._counts
            if one[0] == table and one not in self.hidden and self.values.get(one, 0) > 0
        }

    def is_finer(self, table: str, than: str) -> bool:
        """Say whether the numbers of a table are of fewer dossiers than those of another."""
        return self._grain.get(table, 0) < self._grain.get(than, 0)

    def _look_again(self, units: set[Number]) -> None:
        """Work out anew what is seen of the changes in some numbers."""
        self._look_at_anew([number for number in self._affecting if unit(number) in units])

    def _look_at_anew(self, parts: Iterable[Number]) -> None:
        for move in {id(one): one for number in parts for one in self._affecting[number]}.values():
            self._alike[frozenset(move.residual.items())].remove(move)
            move.residual = {one: of for one, of in move.effect.items() if not self._is_hidden(one)}
            self._alike[frozenset(move.residual.items())].append(move)

    def is_safe(self, number: Number) -> bool:
        """Say whether a hidden number could be at least ``least`` apart."""
        if self._is_apart(number):
            return True
        for attribute in self._register.attributes_of(number[0])[:_NEAREST]:
            if attribute not in self._looked_at:
                self._look_at(attribute)
                if self._is_apart(number):
                    return True
        return False

    def look_further(self, number: Number) -> bool:
        """Look at the next attribute by which a number may be otherwise. Say whether there was one left."""
        for attribute in self._register.attributes_of(number[0]):
            if attribute not in self._looked_at:
                self._look_at(attribute)
                return True
        return False

    def look_wider(self, number: Number) -> bool:
        """Look also at what changes much besides: attributes that many tables go by, and dossiers that come and go. Say
        whether that was not done yet."""
        wider = [
            one for one in (*self._register.attributes_of(number[0]), None) if one not in self._looked_at
        ]
        for attribute in wider:
            self._look_at(attribute)
        return bool(wider)

    def _is_apart(self, number: Number) -> bool:
        up = self._reach(number, 1, self._least)
        return up >= self._least or up + self._reach(number, -1, self._least - up) >= self._least

    def _reach(self, number: Number, sign: int, enough: int) -> int:
        """Return how far a number could be otherwise, in one direction and in one register."""
        world = _World(self)
        reached = 0
        for bundle in islice(self._bundles(number, sign), _MOST_BUNDLES):
            while reached < enough and (gain := world.apply(bundle, number)):
                reached += gain * sign
            if reached >= enough:
                break
        return reached

    def _bundles(self, number: Number, sign: int) -> Iterator[tuple[Move, ...]]:
        """Give what leaves all that is shown as it is, and makes a number more (1) or less (-1)."""
        moving = self._affecting[number]
        for move in moving:
            if not move.residual and move.effect[number] * sign > 0:
                yield (move,)
        for move in moving:
            if move.residual:
                opposite = frozenset((one, -of) for one, of in move.residual.items())
                for other in islice(self._alike.get(opposite, ()), _MOST_PARTNERS):
                    if (move.effect[number] + other.effect.get(number, 0)) * sign > 0:
                        yield (move, other)
        for move in moving:
            if move.residual and move.effect[number] * sign > 0 and changes_only_sums(move):
                yield (move,)

    def made_up_for(self, move: Move, used: set[int]) -> tuple[list[int], Change] | None:
        """Return dossiers with what would change in them, a little in each, to keep the sums that a move changes as
        they are; None where that cannot be."""
        attribute = move.attribute
        if attribute is None:
            return None
        left = -next(Decimal(of) for of in move.residual.values())
        taken: list[int] = []
        effect: Change = {}
        step, tried = left, 0
        near = [
            place
            for place in range(len(self._register.members))
            if place not in used and all(one in self._register.contribution(place) for one in move.residual)
        ]
        while step and len(taken) < _MOST_SHIFTED and tried < _MOST_SHIFTS:
            for place in near:
                tried += 1
                if place not in taken and (change := self._unseen_shift(attribute, place, step, move)):
                    taken.append(place)
                    add_to(effect, change)
                    left -= step
                    if abs(step) > abs(left) or tried >= _MOST_SHIFTS:
                        break
            if not left:
                return taken, effect
            # Halves, and at last ones.
            half = Decimal(int(abs(step) / 2))
            step = half.copy_sign(left) if half <= abs(left) else left
        return None

    def _unseen_shift(self, attribute: Attribute, place: int, by: Decimal, move: Move) -> Change | None:
        """Return what changes when a dossier takes so much longer, if of that only the sums are seen that a move
        changes; else None."""
        change = self._register.shifted(attribute, place, by)
        if change is None or any(change.get(number, 0) != by for number in move.residual):
            return None
        return change if all(one in move.residual or self._is_hidden(one) for one in change) else None

    def stays(self, number: Number, value: int | Decimal) -> bool:
        """Say whether a number can be so much: what is told to be hidden is never nothing."""
        untold = number not in self._counts or number not in self.hidden or number[0] in self.withheld
        return value >= 1 or untold

    def could_hide(self, number: Number) -> Hiding | None:
        """Return what to hide besides, so that a number could be otherwise: what tells least."""
        room: defaultdict[frozenset[Number], int] = defaultdict(int)
        for residual, times in self._blocked(number):
            # A sum may be made up for in other dossiers: it is hidden when nothing else is left.
            apart = [one for one in residual if one[3] != SUM]
            units = frozenset(map(unit, apart or residual))
            if units and all(map(self._can_hide, units)):
                room[units] += times
        choices = [
            Hiding(units, sum(map(self._cost, units)) * (self._least / min(times, self._least)) ** 2)
            for units, times in room.items()
        ]
        return min(choices, key=lambda one: (one.cost, sorted(map(repr, one.units))), default=None)

    def _blocked(self, number: Number) -> Iterator[tuple[Iterable[Number], int]]:
        """Give what would be seen of the changes that make a number otherwise, and how often they could be done."""
        moving = sorted(self._affecting[number], key=lambda one: len(one.residual))[:_MOST_BUNDLES]
        for move in moving:
            yield move.residual, times_of(move)
        for move in moving[:_MOST_LOOKED_AT]:
            partners = {
                id(other): other
                for seen in move.residual
                for other in self._affecting[seen][:_MOST_LOOKED_AT]
                if other.attribute == move.attribute and other.residual.get(seen) == -move.residual[seen]
            }
            for other in islice(partners.values(), _MOST_LOOKED_AT):
                if move.effect[number] + other.effect.get(number, 0):
                    yield (
                        changed_by_either(move.residual, other.residual),
                        min(times_of(move), times_of(other)),
                    )

    def _can_hide(self, one: Number) -> bool:
        """Say whether a number can be hidden: one that is shown, and is more than nothing."""
        if one[3] == COUNT:
            return one in self._counts and self.values.get(one, 0) > 0
        # A row that would be there for all to see cannot be hidden, nor what lies between two in the middle.
        return self.values.get((*one[:3], ANSWERS), 0) > 0

    def _cost(self, one: Number) -> float:
        """Return how much is lost by hiding: the more a number is of, the more it tells."""
        if one[3] != COUNT:
            return 60.0 if one[1] is None else 20.0
        _, row, column, _ = one
        weight = 1.0
        if row is None:
            weight = 6.0 if column is None else 2.0
        elif column is None and one[0] in self._twice:
            weight = 2.0
        return (float(self.values[one]) + _EACH) * weight

    def smallest_shown(self, number: Number) -> Number | None:
        """Return what is left to hide when nothing else helps: the smallest in the same table, else of all."""
        shown = [one for one in self._counts if one not in self.hidden and self.values.get(one, 0) > 0]
        here = [one for one in shown if one[0] == number[0]]
        return min(here or shown, key=lambda one: (self._cost(one), repr(one)), default=None)


class _World:
    """A register in which some dossiers are otherwise."""

    def __init__(self, exchanges: Exchanges) -> None:
        self._exchanges = exchanges
        self._apart: defaultdict[Number, int | Decimal] = defaultdict(int)
        self._used: set[int] = set()

    def apply(self, bundle: tuple[Move, ...], number: Number) -> int:
        """Do a bundle of changes once more, and return how much a number changes by it; 0: it cannot be done."""
        taken: list[int] = []
        effect: dict[Number, int | Decimal] = {}
        for move in bundle:
            if move.takes_away():
                place = self._free(move, taken)
                if place is None:
                    return 0
                taken.append(place)
            add_to(effect, move.effect)
        if len(bundle) == 1 and bundle[0].residual:
            found = self._exchanges.made_up_for(bundle[0], {*self._used, *taken})
            if found is None:
                return 0
            taken += found[0]
            add_to(effect, found[1])
        values = self._exchanges.values
        if not all(
            self._exchanges.stays(one, values.get(one, 0) + self._apart[one] + of)
            for one, of in effect.items()
        ):
            return 0
        self._used.update(taken)
        add_to(self._apart, effect)
        return int(effect.get(number, 0))

    def _free(self, move: Move, taken: list[int]) -> int | None:
        tried = 0
        for place in move.members:
            if place in self._used or place in taken:
                continue
            tried += 1
            if place == move.members[0] or move.change(place) == move.effect:
                return place
            if tried >= _MOST_TRIED:
                break
        return None
