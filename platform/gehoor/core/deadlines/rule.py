"""Terms: how an agreement lays down when something must be done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from typing import NamedTuple

from gehoor.core.calendar.durations import Duration
from gehoor.core.calendar.working_days import Calendar, ClosedPeriod
from gehoor.core.deadlines.errors import DeadlineError, DeadlineProblem
from gehoor.core.deadlines.local_time import zone_of


class Shift(StrEnum):
    """What happens to a last day that is no working day."""

    NONE = "none"
    NEXT = "next"
    """To the next working day, as in the Algemene termijnenwet art. 1."""
    PREVIOUS = "previous"


class StartDays(NamedTuple):
    """The days on which a term can begin: the working days of a calendar that people know by this name."""

    name: str
    calendar: Calendar


@dataclass(frozen=True, slots=True)
class TermRule:
    """How the due date follows from a start.

    * ``within`` is counted from day zero, which itself does not count (Regulation (EEC, Euratom) No 1182/71
      art. 3(1)) unless ``count_day_zero``: then it is day 1.
    * ``calendar`` tells working days, for counting them and for ``shift``, which is applied once, at the end.
      Saturday is never a working day for shifting.
    * ``cutoff``: what comes in later than this local time, or not on a working day, has the next working day
      for its day zero.
    * ``start_days``: day zero is the first of these days, on or after the start (after it, past the ``cutoff``);
      working days do not matter then.
    * ``min_working_days``: the term holds at least so many (Algemene termijnenwet art. 2; Regulation 1182/71
      art. 3(5)).
    * ``never_past``: counted from the same day zero, the last day there can be, whatever stands still, extends or
      shifts.
    * ``backwards``: counted back from the start, for reminders; the result never moves forward.
    * ``seasons``: days on which the term stands still for everyone, whatever else lets it.
    * ``time_zone``: the IANA name of the zone in which an instant becomes a local day.
    * ``suspension_allowed``: without it suspensions change nothing.

    Raises DeadlineError for an unknown zone, a negative minimum and for combinations without a meaning: a
    term in hours simply elapses, and counting back knows neither a cutoff, days to begin on, a minimum, a last
    day nor a season.
    """

    within: Duration
    calendar: Calendar
    shift: Shift = Shift.NONE
    count_day_zero: bool = False
    cutoff: time | None = None
    start_days: StartDays | None = None
    min_working_days: int = 0
    never_past: Duration | None = None
    backwards: bool = False
    seasons: tuple[ClosedPeriod, ...] = ()
    time_zone: str = "Europe/Brussels"
    suspension_allowed: bool = True

    def __post_init__(self) -> None:
        zone_of(self.time_zone)
        if self.min_working_days < 0:
            raise DeadlineError(DeadlineProblem.NEGATIVE_MINIMUM)
        starts = self.cutoff is not None or self.start_days is not None
        moved = starts or self.min_working_days > 0 or self.never_past is not None
        if self.backwards and (moved or self.seasons):
            raise DeadlineError(DeadlineProblem.BACKWARDS_ONLY_COUNTS)
        if self.within.unit.elapses and (moved or self.count_day_zero or self.shift is not Shift.NONE):
            raise DeadlineError(DeadlineProblem.HOURS_ONLY_ELAPSE)
        if self.never_past is not None and self.never_past.unit.elapses:
            raise DeadlineError(DeadlineProblem.HOURS_MIXED)


@dataclass(frozen=True, slots=True)
class Suspension:
    """Local days on which a term stands still: from ``start`` up to but not including ``end``.

    ``end`` is the day that counts again, None while the suspension still runs; ``season`` is what it is called where it
    is one that everyone has. Raises ValueError when the end
    lies before the start; a suspension that ends on its own first day is empty.
    """

    start: date
    end: date | None
    season: str = ""

    def __post_init__(self) -> None:
        if self.end is not None and self.end < self.start:
            raise ValueError(f"a suspension cannot end ({self.end}) before it starts ({self.start})")
