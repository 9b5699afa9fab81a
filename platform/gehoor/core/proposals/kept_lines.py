"""Which lines of a text stayed when it was changed: in time that grows with their number, whatever they say."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from typing import Final, TypeAlias

Lines: TypeAlias = Sequence[Hashable]
_Part: TypeAlias = tuple[int, int, int, int]
"""Where a part begins and ends in the one, and in the other."""

_DEEPEST: Final = 16
"""So often a part is looked at again between what was found in it."""
_SMALL: Final = 1024
"""Parts of so many pairs of lines at the most are held against each other pair by pair."""


def kept_lines(before: Lines, after: Lines) -> list[tuple[int, int]]:
    """Return the lines that stayed, as pairs of where each stood and where it stands; both only go up.

    Lines that a part has only once are found first, as they say where the others belong; then those between them.
    """
    found: list[tuple[int, int]] = []
    waiting: list[tuple[_Part, int]] = [((0, len(before), 0, len(after)), 0)]
    while waiting:
        part, depth = waiting.pop()
        ends, (begin, end, other_begin, other_end) = _without_ends(before, after, part)
        found += ends
        if begin == end or other_begin == other_end:
            continue
        inner = begin, end, other_begin, other_end
        if (end - begin) * (other_end - other_begin) <= _SMALL:
            found += _longest(before, after, inner)
            continue
        anchors = _rising(_alike(before, after, inner)) if depth < _DEEPEST else []
        found += anchors
        if anchors:
            waiting += [(between, depth + 1) for between in _between(anchors, inner)]
    return sorted(found)


def _without_ends(before: Lines, after: Lines, part: _Part) -> tuple[list[tuple[int, int]], _Part]:
    """Return the lines with which both begin and end, and the part that is left."""
    begin, end, other_begin, other_end = part
    found = []
    while begin < end and other_begin < other_end and before[begin] == after[other_begin]:
        found.append((begin, other_begin))
        begin, other_begin = begin + 1, other_begin + 1
    while begin < end and other_begin < other_end and before[end - 1] == after[other_end - 1]:
        end, other_end = end - 1, other_end - 1
        found.append((end, other_end))
    return found, (begin, end, other_begin, other_end)


def _alike(before: Lines, after: Lines, part: _Part) -> list[tuple[int, int]]:
    """Return the lines that a part has once in both; where there are none, those that it has equally often, in turn."""
    begin, end, other_begin, other_end = part
    there, others = Counter(before[begin:end]), Counter(after[other_begin:other_end])
    wanted = {line for line, times in there.items() if times == 1 == others[line]}
    if not wanted:
        wanted = {line for line, times in there.items() if times == others[line]}
    places: dict[Hashable, list[int]] = {}
    for at in range(other_end - 1, other_begin - 1, -1):
        if after[at] in wanted:
            places.setdefault(after[at], []).append(at)
    return [(at, places[before[at]].pop()) for at in range(begin, end) if before[at] in wanted]


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the most of pairs, in the order of the one, that are also in the order of the other."""
    lowest: list[int] = []
    last: list[int] = []
    earlier: list[int] = []
    for number, (_, other) in enumerate(pairs):
        at = bisect_left(lowest, other)
        earlier.append(last[at - 1] if at else -1)
        lowest[at : at + 1] = [other]
        last[at : at + 1] = [number]
    found = []
    number = last[-1] if last else -1
    while number >= 0:
        found.append(pairs[number])
        number = earlier[number]
    return found[::-1]


def _between(anchors: list[tuple[int, int]], part: _Part) -> Iterator[_Part]:
    begin, end, other_begin, other_end = part
    for at, other in (*anchors, (end, other_end)):
        if begin < at and other_begin < other:
            yield begin, at, other_begin, other
        begin, other_begin = at + 1, other + 1


def _longest(before: Lines, after: Lines, part: _Part) -> list[tuple[int, int]]:
    """Return the most lines that two small parts have in the same order."""
    begin, end, other_begin, other_end = part
    wide = other_end - other_begin
    # How many lines both still have in the same order, from each pair of places on.
    most = [[0] * (wide + 1)]
    for at in range(end - 1, begin - 1, -1):
        below, row = most[-1], [0] * (wide + 1)
        for other in range(wide - 1, -1, -1):
            same = before[at] == after[other_begin + other]
            row[other] = below[other + 1] + 1 if same else max(below[other], row[other + 1])
        most.append(row)
    most.reverse()
    found = []
    at = other = 0
    while at < end - begin and other < wide:
        if before[begin + at] == after[other_begin + other]:
            found.append((begin + at, other_begin + other))
            at, other = at + 1, other + 1
        elif most[at + 1][other] >= most[at][other + 1]:
            at += 1
        else:
            other += 1
    return found
