"""Dates and moments the way Dutch writes them."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Final

from gehoor.core.text import month_names

DAY_NAMES: Final = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
"""From Monday, as ``date.weekday`` counts."""

MONTH_NAMES: Final = month_names.MONTH_NAMES["nl"]


def show_month(day: date) -> str:
    """Show the month and year of a day: "april 2026"."""
    return f"{MONTH_NAMES[day.month - 1]} {day.year}"


def show_date(day: date) -> str:
    """Show a day in full: "dinsdag 7 april 2026"."""
    return f"{DAY_NAMES[day.weekday()]} {day.day} {show_month(day)}"


def show_dates(first: date, last: date) -> str:
    """Show a stretch of days, both ends included, as short as stays clear.

    "zaterdag 23 en zondag 24 mei 2026", "donderdag 24 tot en met donderdag 31 december 2026".
    """
    if first == last:
        return show_date(first)
    between = "en" if (last - first).days == 1 else "tot en met"
    if (first.year, first.month) == (last.year, last.month):
        return f"{DAY_NAMES[first.weekday()]} {first.day} {between} {show_date(last)}"
    return f"{show_date(first)} {between} {show_date(last)}"


def show_time(moment: datetime | time) -> str:
    """Show the time of the clock: "19.00 uur", with seconds only when there are any."""
    return f"{moment:%H.%M.%S} uur" if moment.second else f"{moment:%H.%M} uur"


def show_instant(moment: datetime) -> str:
    """Show a moment on the clock of its own zone: "zondag 29 maart 2026 om 19.00 uur"."""
    return f"{show_date(moment)} om {show_time(moment)}"
