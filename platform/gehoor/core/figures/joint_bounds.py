"""Bounds of hidden numbers by all tables together: what one table leaves open, another may close."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, TypeAlias

from gehoor.core.figures.published_numbers import SINK, SOURCE, Edge, Number

_Terms: TypeAlias = "tuple[tuple[Number, ...], tuple[Number, ...]]"
"""Numbers that together are no more than others together are."""

_ENDLESS: Final = 10**9


def narrow_together(
    sums: Iterable[Sequence[Edge]],
    loose: Iterable[Sequence[Edge]],
    values: Mapping[Number, int],
    hidden: set[Number],
    least: int,
) -> set[Number]:
    """Return a number that has to be hidden besides, as with all that is shown in any table a hidden one lies within
    less than ``least``; none where all are safe. ``sums``: tables that add up; ``loose``: those in which one dossier
    counts several times, so that each part is no more than the whole, and all together no less."""
    rules = [*_of_sums(sums), *_of_loose(loose)]
    bounds = _bounds(rules, values, hidden)
    for number in sorted(hidden, key=repr):
        low, high = bounds[number]
        if high - low >= least:
            continue
        near = _near(rules, number, hidden)
        shown = [one for one in near if one not in hidden and values[one]] or [
            one for one in values if one not in hidden and values[one]
        ]
        if shown:
            return {min(shown, key=lambda one: (values[one], repr(one)))}
    return set()


def _of_sums(sums: Iterable[Sequence[Edge]]) -> list[_Terms]:
    """Return that what flows into each place is what flows out of it."""
    found: list[_Terms] = []
    for edges in sums:
        places = {place for start, end, _ in edges for place in (start, end)}
        for place in sorted(places):
            coming = tuple(number for _, end, number in edges if end == place)
            going = tuple(number for start, _, number in edges if start == place)
            found += [(coming, going), (going, coming)]
    return found


def _of_loose(loose: Iterable[Sequence[Edge]]) -> list[_Terms]:
    found: list[_Terms] = []
    for edges in loose:
        whole = tuple(number for start, end, number in edges if (start, end) == (SINK, SOURCE))
        rows = tuple(number for start, _, number in edges if start == SOURCE)
        found += [((one,), whole) for one in rows if whole]
        if whole and rows:
            found.append((whole, rows))
    return found


def _bounds(
    rules: Sequence[_Terms], values: Mapping[Number, int], hidden: set[Number]
) -> dict[Number, tuple[int, int]]:
    """Return between what each number lies, narrowed by every rule until nothing gets narrower."""
    low = {one: 0 if one in hidden else value for one, value in values.items()}
    high = {one: _ENDLESS if one in hidden else value for one, value in values.items()}
    changed = True
    while changed:
        changed = False
        for less, more in rules:
            most = sum(high[one] for one in more)
            least = sum(low[one] for one in less)
            for one in less:
                bound = most - (least - low[one])
                if bound < high[one]:
                    high[one], changed = bound, True
            for one in more:
                bound = least - (most - high[one])
                if bound > low[one]:
                    low[one], changed = bound, True
                    most = sum(high[each] for each in more)
    return {one: (low[one], high[one]) for one in values}


def _near(rules: Sequence[_Terms], number: Number, hidden: set[Number]) -> set[Number]:
    """Return what stands in a sum with a number, or with another hidden one that does."""
    near, waiting = set[Number](), {number}
    seen = set[Number]()
    while waiting:
        one = waiting.pop()
        seen.add(one)
        beside = {other for less, more in rules if one in less or one in more for other in (*less, *more)}
        near |= beside
        waiting |= (beside & hidden) - seen
    return near - {number}
