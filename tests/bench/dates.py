"""W5: due dates, one with its derivation and many at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

import numpy

from gehoor.core.calendar.durations import Duration, Unit
from gehoor.core.calendar.working_days import Calendar
from gehoor.core.deadlines.due import Shift, Suspension, TermRule, due, due_day, due_days
from tests.bench.report import Bar
from tests.bench.run import Run
from tests.bench.timing import by_turns

CALENDAR = Calendar("BE-WET")
START = date(2026, 3, 27)


def dates(run: Run) -> None:
    """Print what a due date costs."""
    month = TermRule(Duration(30, Unit.CALENDAR_DAYS), CALENDAR, Shift.NEXT)
    suspended = (Suspension(date(2026, 4, 1), date(2026, 4, 15)),)
    working = TermRule(Duration(10, Unit.WORKING_DAYS), CALENDAR)
    one, stopped, day, loop = by_turns(
        [
            lambda: due(month, START),
            lambda: due(month, START, suspensions=suspended),
            lambda: due_day(working, START),
            lambda: plain_loop([START], 10),
        ],
        run.less(3000),
    )
    beside = f"a plain loop over days, without derivation, {loop:.1f} us"
    run.report.row("one date with derivation", f"{one:.1f} us", beside, Bar(one, 30, "us"))
    run.report.row("  with a suspension", f"{stopped:.1f} us", "", Bar(stopped, 30, "us"))
    run.report.row("  the day only, 10 working days", f"{day:.1f} us")
    starts = [START + timedelta(days=number % 300) for number in range(run.less(100_000))]
    ours, theirs, plain = by_turns(
        [
            lambda: due_days(working, starts),
            with_numpy(starts, 10),
            lambda: plain_loop(starts, 10),
        ],
        1,
        rounds=3,
    )
    assert [str(found) for found in due_days(working, starts[:300])] == [
        str(found) for found in with_numpy(starts[:300], 10)()
    ]
    run.report.row(
        f"{len(starts):,} dates in bulk",
        f"{ours / len(starts):.2f} us each",
        f"numpy {theirs / len(starts):.2f}, a plain loop {plain / len(starts):.1f} us",
        Bar(ours / theirs, 2),
    )


def holidays() -> list[date]:
    """Return the days from Monday to Friday on which nobody works."""
    days = (date(2026, 1, 1) + timedelta(days=number) for number in range(730))
    return [day for day in days if day.weekday() < 5 and not CALENDAR.is_working_day(day)]


def with_numpy(starts: Sequence[date], amount: int) -> Callable[[], Any]:
    """Return what adds working days to all dates by numpy: the dates go in as Python has them, and come out so."""
    closed = numpy.array(holidays(), dtype="datetime64[D]")
    calendar = numpy.busdaycalendar(holidays=closed)

    def reckon() -> Any:
        days = numpy.array(starts, dtype="datetime64[D]")
        # The day it starts does not count: from a free day, the first working day after it is the first.
        return numpy.busday_offset(days, amount, roll="backward", busdaycal=calendar).tolist()

    return reckon


def plain_loop(
    starts: Sequence[date], amount: int, closed: frozenset[date] = frozenset(holidays())
) -> list[date]:
    """Add working days one by one."""
    found = []
    for start in starts:
        day, left = start, amount
        while left:
            day += timedelta(days=1)
            left -= day.weekday() < 5 and day not in closed
        found.append(day)
    return found
