"""Whether a condition can ever hold, given what its facts can be; and which of its parts exclude each other.

Never is something that can hold called impossible. What is called possible can hold, but for what no domain
tells: patterns, how long a text may be, what a day reckoned from another field will be, and conditions so
intricate that trying them would take too long.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain, combinations
from typing import Any, Final, TypeAlias

from gehoor.core.analysis.domains import Domain, Domains, candidates
from gehoor.core.conditions.evaluate import compare
from gehoor.core.conditions.facts import FactType, FactValue, by_member
from gehoor.core.conditions.model import (
    ORDERING,
    PRESENCE,
    ROW_COUNT,
    All,
    AnyOf,
    Comparison,
    Condition,
    Leaf,
    Not,
    Operator,
    Quantified,
    Quantifier,
)
from gehoor.core.conditions.relative_dates import RelativeDate

_Wish: TypeAlias = tuple[Comparison, bool]
"""A comparison, and whether it must hold or must not."""
_Choice: TypeAlias = tuple[tuple[Condition, ...], bool]
"""Conditions of which one must hold, or must not."""
_Asked: TypeAlias = Mapping[str, tuple[_Wish, ...]]
"""Fact -> what is asked of it so far."""

_MOST_STEPS: Final = 2000
_MOST_CHOICES: Final = 200
_MOST_PARTS: Final = 30
"""Of more parts, those to blame are not looked for."""
_SIGNS: Final = {
    Operator.LESS_THAN: frozenset({-1}),
    Operator.AT_MOST: frozenset({-1, 0}),
    Operator.MORE_THAN: frozenset({1}),
    Operator.AT_LEAST: frozenset({0, 1}),
}
"""How the one day may lie to the other for a comparison to hold: before, equal, after."""


class _TooMuchError(Exception):
    """More ways to try than is worth it."""


@dataclass
class _Search:
    domains: Domains
    of_rows: dict[str, Domains]
    """Of lists of groups that were asked about, the domains of the members."""
    known: dict[tuple[str, tuple[_Wish, ...]], bool]
    steps: int
    """How many are left."""
    depth: int = 0

    def any_way(
        self, waiting: list[tuple[Condition, bool]], asked: _Asked, choices: tuple[_Choice, ...] = ()
    ) -> bool:
        """Say whether all that waits can be what it must be, with what is asked and left to choose already.

        What leaves no choice is done first: a choice that cannot work out is then seen at once.
        """
        self.depth += 1
        if self.depth > _MOST_CHOICES:
            raise _TooMuchError
        found = list(choices)
        while waiting:
            condition, wanted = waiting.pop()
            match condition:
                case Comparison() | Quantified():
                    narrowed = self._ask(asked, condition, wanted)
                    if narrowed is None:
                        self.depth -= 1
                        return False
                    asked = narrowed
                case Not(part):
                    waiting.append((part, not wanted))
                case All(parts) | AnyOf(parts) if isinstance(condition, All) is wanted:
                    waiting += [(part, wanted) for part in parts]
                case All(parts) | AnyOf(parts):
                    found.append((parts, wanted))
        outcome = True
        if found:
            (parts, wanted), *others = found
            outcome = any(self.any_way([(part, wanted)], asked, tuple(others)) for part in parts)
        self.depth -= 1
        return outcome

    def _ask(self, asked: _Asked, comparison: Leaf, wanted: bool) -> _Asked | None:
        self.steps -= 1
        if self.steps < 0:
            raise _TooMuchError
        if isinstance(comparison, Quantified):
            return asked if self._rows_can(comparison, wanted) else None
        wishes: list[_Wish] = [(comparison, wanted)]
        if comparison.than is not None and wanted:
            # Two days can only be compared when both are there.
            wishes += [
                (Comparison(name, Operator.FILLED), True) for name in (comparison.fact, comparison.than.fact)
            ]
        result = dict(asked)
        for wish in wishes:
            fact = wish[0].fact
            result[fact] = tuple(dict.fromkeys((*result.get(fact, ()), wish)))
        names = {wish[0].fact for wish in wishes}
        return result if all(self._one_fact(name, result[name]) for name in names) else None

    def _rows_can(self, condition: Quantified, wanted: bool) -> bool:
        """Say whether there can be such rows. What is asked elsewhere of the same list is not held against it."""
        if condition.quantifier is Quantifier.COUNT:
            rows = self.domains.get(condition.fact)
            most = None if rows is None or rows.most is None else Decimal(rows.most)
            number = {ROW_COUNT: Domain(FactType.INTEGER, minimum=Decimal(0), maximum=most)}
            return self._within(
                number, [(Comparison(ROW_COUNT, Operator.FILLED), True), (condition.part, wanted)]
            )
        if not wanted:
            # Of a list without rows nothing of this holds.
            return True
        holds = condition.quantifier is not Quantifier.NONE
        if condition.fact not in self.of_rows:
            self.of_rows[condition.fact] = by_member(self.domains, condition.fact)
        return self._within(self.of_rows[condition.fact], [(condition.part, holds)])

    def _within(self, domains: Domains, waiting: list[tuple[Condition, bool]]) -> bool:
        """Look at what is asked of other facts than these, with the steps that are left."""
        inner = _Search(domains, {}, {}, self.steps)
        try:
            return inner.any_way(waiting, {})
        finally:
            self.steps = inner.steps

    def _one_fact(self, fact: str, wishes: tuple[_Wish, ...]) -> bool:
        key = (fact, wishes)
        if key not in self.known:
            self.known[key] = self._worked_out(fact, wishes)
        return self.known[key]

    def _worked_out(self, fact: str, wishes: tuple[_Wish, ...]) -> bool:
        fixed = [(comparison, wanted) for comparison, wanted in wishes if comparison.than is None]
        if not _days_agree(wishes):
            return False
        domain = self.domains.get(fact)
        tried = candidates(domain, _operands(fixed), _contained(fixed)) if domain else None
        if tried is None:
            # Which answers there are is not known; only that there may be one, or none.
            present = [wish for wish in fixed if wish[0].operator in PRESENCE]
            return _suits(fixed, None) or all(
                (c.operator is Operator.FILLED) is wanted for c, wanted in present
            )
        return any(_suits(fixed, value) for value in (None, *tried))


class Judge:
    """Judges conditions over the same facts.

    ``effort``: how many steps all that it is asked may take together. What comes after that is called possible.
    """

    def __init__(self, domains: Domains, effort: int = 50_000) -> None:
        self._domains = domains
        self._of_rows: dict[str, Domains] = {}
        self._left = effort
        self._known: dict[tuple[str, tuple[_Wish, ...]], bool] = {}

    def possible(self, *conditions: Condition) -> bool:
        """Say whether these conditions can hold together for some answers.

        A fact without a domain can be anything.
        """
        # Looking at each is work too, however little follows from it.
        self._left -= len(conditions)
        if self._left <= 0:
            return True
        allowed = min(_MOST_STEPS, self._left)
        search = _Search(self._domains, self._of_rows, self._known, allowed)
        try:
            return search.any_way([(condition, True) for condition in reversed(conditions)], {})
        except _TooMuchError:
            return True
        finally:
            self._left -= allowed - max(search.steps, 0)

    def can_fail(self, condition: Condition) -> bool:
        """Say whether a condition can fail to hold; one that cannot, says nothing."""
        return self.possible(Not(condition))

    def culprits(self, condition: Condition) -> tuple[Condition, ...]:
        """Return the parts of an impossible condition that are to blame; empty when it is possible.

        That is one part, else two that exclude each other, else all.
        """
        if self.possible(condition):
            return ()
        parts = tuple(_parts(condition))
        for size in (1, 2) if len(parts) <= _MOST_PARTS else ():
            for some in combinations(parts, size):
                if not self.possible(*some):
                    return some
        return parts


def words_in(data: Any) -> set[str]:
    """Return every word in data; a field that a day is reckoned from stands in a text."""
    if isinstance(data, str):
        return set(data.split())
    if isinstance(data, dict):
        return {*data, *chain.from_iterable(map(words_in, data.values()))}
    if isinstance(data, list):
        return {*chain.from_iterable(map(words_in, data))}
    return set()


def _parts(condition: Condition) -> Iterator[Condition]:
    """Give what must hold together, however deep it is written."""
    match condition:
        case All(parts) if parts:
            for part in parts:
                yield from _parts(part)
        case Not(AnyOf(parts)) if len(parts) > 1:
            for part in parts:
                yield Not(AnyOf((part,)))
        case _:
            yield condition


def _suits(wishes: list[_Wish], value: FactValue | None) -> bool:
    return all(compare(comparison, value) is wanted for comparison, wanted in wishes)


def _operands(wishes: list[_Wish]) -> Iterator[FactValue]:
    for comparison, _ in wishes:
        if isinstance(comparison.operand, tuple):
            yield from comparison.operand
        elif comparison.operand is not None:
            yield comparison.operand


def _contained(wishes: list[_Wish]) -> Iterator[str]:
    for comparison, wanted in wishes:
        if comparison.operator is Operator.CONTAINS and wanted:
            yield str(comparison.operand)


def _days_agree(wishes: tuple[_Wish, ...]) -> bool:
    """Say whether comparisons with one and the same day leave room: before it and after it do not go together."""
    left: dict[RelativeDate, frozenset[int]] = {}
    for comparison, wanted in wishes:
        if comparison.than is not None and wanted and comparison.operator in ORDERING:
            signs = _SIGNS[comparison.operator]
            left[comparison.than] = left.get(comparison.than, signs) & signs
    # A day that is compared with itself is equal to it.
    equal = {day: signs & {0} for day, signs in left.items() if day.by is None}
    itself = {comparison.fact for comparison, _ in wishes}
    return all(left.values()) and all(signs for day, signs in equal.items() if day.fact in itself)
