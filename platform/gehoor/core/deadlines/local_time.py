"""Between instants and local days. Nothing here reads the clock."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from gehoor.core.deadlines.errors import DeadlineError, DeadlineProblem


def zone_of(name: str) -> ZoneInfo:
    """Give the time zone of an IANA name. Raises DeadlineError when there is none."""
    try:
        return ZoneInfo(name)
    # A folder among the zone files ("Europe") gives an OSError, a path a ValueError.
    except (KeyError, ValueError, OSError) as error:
        raise DeadlineError(DeadlineProblem.UNKNOWN_TIME_ZONE) from error


def local_moment(moment: datetime, time_zone: str) -> datetime:
    """Give an instant on the clock of a zone. Raises DeadlineError for a naive datetime."""
    if moment.utcoffset() is None:
        raise DeadlineError(DeadlineProblem.NAIVE_INSTANT)
    return moment.astimezone(zone_of(time_zone))


def start_of_day(day: date, time_zone: str) -> datetime:
    """Give the instant, in UTC, at which a local day begins, also where the clock changes at midnight."""
    return datetime(day.year, day.month, day.day, tzinfo=zone_of(time_zone)).astimezone(UTC)


def end_of_day(day: date, time_zone: str) -> datetime:
    """Give the first instant, in UTC, that no longer belongs to a local day: 24:00."""
    return start_of_day(day + timedelta(days=1), time_zone)
