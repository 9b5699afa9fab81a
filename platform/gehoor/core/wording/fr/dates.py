"""Dates and moments the way French writes them."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Final

from gehoor.core.text import month_names

DAY_NAMES: Final = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
"""From Monday, as ``date.weekday`` counts."""

MONTH_NAMES: Final = month_names.MONTH_NAMES["fr"]


def show_month(day: date) -> str:
    """Show the month and year of a day: "avril 2026"."""
    return f"{MONTH_NAMES[day.month - 1]} {day.year}"


def show_date(day: date) -> str:
    """Show a day in full: "mardi 7 avril 2026", "mercredi 1er avril 2026"."""
    return f"{_weekday(day)} {show_month(day)}"


def show_dates(first: date, last: date) -> str:
    """Show a stretch of days, both ends included, as short as stays clear.

    "samedi 23 et dimanche 24 mai 2026", "du jeudi 24 au jeudi 31 décembre 2026".
    """
    if first == last:
        return show_date(first)
    if _is_two_days(first, last):
        return f"{_start(first, last)} et {show_date(last)}"
    return f"du {_start(first, last)} au {show_date(last)}"


def the_days(first: date, last: date, *, whole: bool = False) -> str:
    """Show when something was: "le samedi 23 et le dimanche 24 mai 2026". ``whole``: the days themselves."""
    if first == last:
        return f"le {show_date(first)}"
    if _is_two_days(first, last):
        return f"le {_start(first, last)} et le {show_date(last)}"
    return f"{'les jours ' if whole else ''}{show_dates(first, last)} inclus"


def of_the_days(first: date, last: date) -> str:
    """Show of which days something is: "du samedi 23 et du dimanche 24 mai 2026"."""
    if _is_two_days(first, last):
        return f"du {_start(first, last)} et du {show_date(last)}"
    return f"du {show_date(first)}" if first == last else f"{show_dates(first, last)} inclus"


def _is_two_days(first: date, last: date) -> bool:
    """Say whether a stretch is a day and the next."""
    return (last - first).days == 1


def show_time(moment: datetime | time) -> str:
    """Show the time of the clock: "19h00", with seconds only when there are any."""
    return f"{moment:%H:%M:%S}" if moment.second else f"{moment:%H}h{moment:%M}"


def show_instant(moment: datetime) -> str:
    """Show a moment on the clock of its own zone: "dimanche 29 mars 2026 à 19h00"."""
    return f"{show_date(moment)} à {show_time(moment)}"


def _weekday(day: date) -> str:
    return f"{DAY_NAMES[day.weekday()]} {'1er' if day.day == 1 else day.day}"


def _start(first: date, last: date) -> str:
    return _weekday(first) if (first.year, first.month) == (last.year, last.month) else show_date(first)
