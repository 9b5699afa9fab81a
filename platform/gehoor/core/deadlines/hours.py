"""Terms in hours: elapsed time, whatever the clock on the wall does meanwhile."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from gehoor.core.deadlines.local_time import start_of_day
from gehoor.core.deadlines.suspensions import Span


class HourPause(NamedTuple):
    """A suspension that weighed: the hours that fell away and the end as it then was."""

    span: Span
    hours: float
    end: datetime | None


class HourCount(NamedTuple):
    """Hours as counted, in local time. ``end`` is None while a suspension is open."""

    amount: int
    start: datetime
    plain_end: datetime
    end: datetime | None
    pauses: tuple[HourPause, ...]


def run_hours(amount: int, start: datetime, spans: Iterable[Span]) -> HourCount:
    """Let hours elapse from a local start, back when negative; on suspended local days none elapse.

    ``start`` carries its ZoneInfo. Raises OverflowError outside the years 1 to 9999.
    """
    zone = start.tzinfo
    if not isinstance(zone, ZoneInfo):
        raise TypeError("the start of a term in hours must carry its zone")
    # The addition is done in UTC: adding to a local time would follow the clock on the wall.
    plain_end = end = start.astimezone(UTC) + timedelta(hours=amount)
    pauses: list[HourPause] = []
    for span in spans:
        begin = start_of_day(span.start, zone.key)
        if begin >= end:
            break
        if span.end is None:
            return HourCount(
                amount, start, plain_end.astimezone(zone), None, (*pauses, HourPause(span, 0, None))
            )
        fallen = start_of_day(span.end, zone.key) - begin
        end += fallen
        pauses.append(HourPause(span, fallen / timedelta(hours=1), end.astimezone(zone)))
    return HourCount(amount, start, plain_end.astimezone(zone), end.astimezone(zone), tuple(pauses))
