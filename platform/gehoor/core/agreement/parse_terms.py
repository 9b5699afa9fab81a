"""From canonical data to terms, with the calendar they count by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, time
from types import MappingProxyType
from typing import Any

from gehoor.core.agreement.terms import Extending, LateLevel, Suspending, Term
from gehoor.core.calendar.durations import Duration, Unit, parse_duration
from gehoor.core.calendar.working_days import WORK_WEEK, Calendar, ClosedPeriod
from gehoor.core.calendar.year import CLOSED
from gehoor.core.conditions.facts import FactType
from gehoor.core.conditions.parse import build_condition
from gehoor.core.conditions.relative_dates import read_relative_date
from gehoor.core.deadlines.due import Shift, TermRule
from gehoor.core.deadlines.rule import StartDays

_WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_UNITS = {unit.value: unit for unit in Unit}
_ON_THE_DAY = Duration(0, Unit.CALENDAR_DAYS)


def duration(text: str) -> Duration:
    """Read a canonical duration, such as ``5 working-days``. Raises ``DurationError``."""
    return parse_duration(text, _UNITS)


def build_calendar(data: Mapping[str, Any]) -> Calendar:
    """Build a calendar: holidays by name, closing days, and the days of the week on which people work."""
    said = data.get("days")
    days = [said] if isinstance(said, str) else said
    week = frozenset(map(_WEEK.index, days)) if days else WORK_WEEK
    return Calendar(data["holidays"], tuple(_closed(item) for item in data.get("closed", ())), week)


def build_calendars(document: Mapping[str, Any]) -> dict[str, Calendar]:
    """Build the calendars that terms may name."""
    return {name: build_calendar(data) for name, data in document.get("calendars", {}).items()}


def start_days(term: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what a term (canonical data) says of the days on which it can begin: their calendar, and perhaps when they
    hold; nothing where it says nothing."""
    said: str | Mapping[str, Any] = term.get("begins-on-day-of", {})
    return {"calendar": said} if isinstance(said, str) else said


def _closed(item: Mapping[str, Any]) -> ClosedPeriod:
    first = date.fromisoformat(item.get("day") or item["from-day"])
    last = date.fromisoformat(item.get("day") or item["to-day"])
    return ClosedPeriod(first, last, item.get("why") or CLOSED, bool(item.get("each-year")))


def build_term(
    term_id: str,
    data: Mapping[str, Any],
    calendar: Calendar,
    time_zone: str,
    types: Mapping[str, FactType],
    place: str,
    calendars: Mapping[str, Calendar] = MappingProxyType({}),
) -> Term:
    """Build a term from canonical data; ``calendars``: those that it may name.

    Raises ``ConditionError`` and ``DeadlineError``.
    """
    day = read_relative_date(data["at-latest"]) if "at-latest" in data else None
    rows = data.get("every", "")
    given = data.get("from", "")
    starts = [given] if isinstance(given, str) else given
    on = start_days(data)
    return Term(
        id=term_id,
        name=data["name"],
        rule=TermRule(
            within=duration(data["within"]) if day is None else day.by or _ON_THE_DAY,
            calendar=calendars.get(data.get("calendar", ""), calendar),
            shift=Shift(data.get("shift", "none")),
            count_day_zero=data.get("count-day-zero", False),
            cutoff=time.fromisoformat(data["cutoff"]) if "cutoff" in data else None,
            start_days=StartDays(on["calendar"], calendars[on["calendar"]]) if on else None,
            min_working_days=data.get("min-working-days", 0),
            never_past=duration(data["never-past"]) if "never-past" in data else None,
            seasons=calendars[still].closed if (still := data.get("stands-still-in")) else (),
            backwards=day is not None and day.backwards,
            time_zone=time_zone,
            suspension_allowed="suspend" in data,
        ),
        starts=starts[0],
        other_starts=tuple(starts[1:]),
        day=day.fact if day else "",
        rows=rows,
        done=data["until"] if rows else "",
        begins_if=build_condition(data["as-soon-as"], types) if "as-soon-as" in data else None,
        start_days_if=build_condition(on["if"], types) if "if" in on else None,
        from_term=data.get("from-term", ""),
        recurring_until=data.get("recurring-until", ""),
        again_on_reopening=data.get("on-reopening") == "again",
        suspending=_suspending(data["suspend"]) if "suspend" in data else None,
        extending=_extending(data) if "extend" in data else None,
        until="" if rows else data["until"],
        responsible=data["responsible"],
        reminders=tuple(duration(text) for text in data.get("remind", ())),
        levels=_levels(data.get("late", ())),
        applies_if=build_condition(data["applies-if"], types) if "applies-if" in data else None,
        not_needed_if=build_condition(data["not-needed-if"], types) if "not-needed-if" in data else None,
        source=data.get("source", ""),
        calendar=data.get("calendar", ""),
        season=data.get("stands-still-in", ""),
        held_against=data.get("held-against", ""),
        public=data.get("public", ""),
        task=data.get("task", ""),
        handler_too=bool(data.get("handler-too", False)),
        after_closing=bool(data.get("after-closing", False)),
        place=place,
    )


def _levels(data: tuple[Mapping[str, Any], ...] | list[Mapping[str, Any]]) -> tuple[LateLevel, ...]:
    """Level 1 is always the miss itself, also when the file says nothing of that moment."""
    said = [
        LateLevel(
            0,
            duration(item["after"]) if "after" in item else None,
            item.get("tell", ""),
            item.get("fill", {}),
            item.get("because", ""),
        )
        for item in data
    ]
    if not said or said[0].after is not None:
        said.insert(0, LateLevel(1))
    return tuple(replace(level, level=number) for number, level in enumerate(said, start=1))


def _suspending(data: Mapping[str, Any]) -> Suspending:
    return Suspending(tuple(data["reasons"]), duration(data["at-most"]) if "at-most" in data else None)


def _extending(data: Mapping[str, Any]) -> Extending:
    extend = data["extend"]
    given = extend["with"]
    chosen = isinstance(given, Mapping)
    lengths = (given["at-most"],) if chosen else (given,) if isinstance(given, str) else given
    return Extending(
        lengths=tuple(map(duration, lengths)),
        at_most=extend.get("at-most", len(lengths)),
        chosen=chosen,
        reason_required=extend.get("reason", "required") == "required",
        tell=tuple(extend.get("tell-to", ())),
        consent=data.get("further-delay") == "consent",
    )
