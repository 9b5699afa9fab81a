"""The steps of a derivation, as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any


class StepKind(StrEnum):
    """What a step of a derivation says. ``day``, ``last`` and the keys of ``detail`` are named with each."""

    START = "start"
    """``day``: the local day. instant (as given), local, time_zone, backwards, counts (None: untold)."""
    DAY_ZERO = "day-zero"
    """``day``: the working day that takes the place of the start. cutoff, late (after it), why, counts,
    days_of (there when it is a day of another calendar: its name)."""
    WEEKEND = "weekend"
    """``day`` to ``last``: skipped while counting. name."""
    HOLIDAY = "holiday"
    """``day`` to ``last``: skipped while counting. name."""
    CLOSED = "closed"
    """``day`` to ``last``: skipped while counting. name."""
    EXTENSION = "extension"
    """``day``: where it counts on from, None when counted from the start. amount, unit, total."""
    MONTH_END = "month-end"
    """``day``: the last day of a month that lacks the day asked for. asked."""
    COUNT = "count"
    """``day``: the day (for hours the moment) counting arrives at. amount, unit, after, backwards, counts."""
    CLOCK_CHANGE = "clock-change"
    """The clock changed between ``day`` and ``last``. minutes (forward above zero)."""
    SUSPENSION = "suspension"
    """``day`` to ``last``: the term stood still. amount (fell away), unit, to (the end so far), merged, seasons
    (there when everyone has some of them: their names)."""
    OPEN_SUSPENSION = "open-suspension"
    """``day``: the first day of a suspension that still runs. merged."""
    SUSPENSION_REFUSED = "suspension-refused"
    """``day`` to ``last`` (None when open): the term cannot be suspended."""
    SUSPENSION_IDLE = "suspension-idle"
    """``day`` to ``last`` (None when open): without effect. why: before-start, after-due or empty."""
    SHIFT = "shift"
    """``day``: a last day that is no working day. to, reasons (day and reason of each skipped day)."""
    NO_SHIFT = "no-shift"
    """``day``: stays, because counting back never moves forward."""
    MINIMUM = "minimum"
    """``day``: where the term would have ended. to, required, held."""
    LAST = "last"
    """``day``: the last day there can be, which the term is held to. amount, unit."""
    RESULT = "result"
    """``day``: the due date or due instant, None while a suspension is open. backwards."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step: a first or only day (or moment), a last day for a stretch, and what else the sum needs."""

    kind: StepKind
    day: date | datetime | None = None
    last: date | None = None
    detail: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_one_day(self) -> bool:
        """Whether the step is about a single day."""
        return self.last is None or self.last == self.day
