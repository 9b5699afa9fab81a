"""Suspensions made ready for counting: in order, merged and cut to the days of the term."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from gehoor.core.calendar.working_days import ClosedPeriod
from gehoor.core.deadlines.rule import Suspension


class Span(NamedTuple):
    """Suspended days ``[start, end)``, made of so many suspensions, ``seasons`` among them; no end while one still
    runs."""

    start: date
    end: date | None
    made_of: int
    seasons: tuple[str, ...] = ()


def merged_spans(suspensions: Sequence[Suspension], day_zero: date) -> list[Span]:
    """Merge suspensions that overlap or touch, leaving out the days up to and including day zero."""
    first = day_zero + timedelta(days=1)
    spans: list[Span] = []
    for suspension in sorted(suspensions, key=_start):
        start, end = max(suspension.start, first), suspension.end
        if end is not None and end <= start:
            continue
        last = spans[-1] if spans else None
        if last is not None and (last.end is None or start <= last.end):
            later = None if last.end is None or end is None else max(last.end, end)
            seasons = tuple(dict.fromkeys((*last.seasons, *_seasons(suspension))))
            spans[-1] = Span(last.start, later, last.made_of + 1, seasons)
        else:
            spans.append(Span(start, end, 1, _seasons(suspension)))
    return spans


def in_seasons(seasons: Iterable[ClosedPeriod], first: date, last: date) -> Iterator[Suspension]:
    """Give the suspensions that seasons come to, of those that may have a day from first to last."""
    for season in seasons:
        for begins, ends in season.stretches(first, last):
            yield Suspension(begins, ends + timedelta(days=1), season.name)


def _seasons(suspension: Suspension) -> tuple[str, ...]:
    return (suspension.season,) if suspension.season else ()


def _start(suspension: Suspension) -> date:
    return suspension.start
