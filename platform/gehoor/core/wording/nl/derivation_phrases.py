"""The parts Dutch sentences about a derivation are made of."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from gehoor.core.calendar.durations import Duration, show_duration
from gehoor.core.deadlines.derivation_steps import Step
from gehoor.core.wording.nl.dates import show_date, show_dates, show_instant

_ONE_DAY = timedelta(days=1)


def day_text(value: date | datetime | None) -> str:
    """Say a day or a moment in full."""
    if isinstance(value, datetime):
        return show_instant(value)
    return "onbekend" if value is None else show_date(value)


def stretch_text(step: Step) -> str:
    """Say the day or the days of a step."""
    if step.day is None:
        return "onbekend"
    return show_dates(step.day, step.day if step.last is None else step.last)


def amount_text(detail: Mapping[str, Any], key: str = "amount") -> str:
    """Say an amount in the unit of a step."""
    return show_duration(Duration(detail[key], detail["unit"]))


def counts_text(counts: bool | None) -> str:
    """Say, as the end of a sentence, whether the first day counts; nothing when that is not told here."""
    if counts is None:
        return ""
    return "; die dag telt mee als dag 1" if counts else "; die dag telt niet mee"


def pause_text(step: Step) -> str:
    """Say when a suspension was, with the preposition Dutch wants before it."""
    if step.day is None or step.last is None:
        return f"vanaf {day_text(step.day)}"
    return f"{'van' if step.last - step.day > _ONE_DAY else 'op'} {stretch_text(step)}"
