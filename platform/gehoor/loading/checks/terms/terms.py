"""Terms can be counted: on a calendar that makes sense, from something else than themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any, Final

from gehoor.core.agreement.model import DOSSIER_FORM
from gehoor.core.agreement.parse_terms import (
    build_calendar,
    build_calendars,
    build_term,
    duration,
    start_days,
)
from gehoor.core.calendar.durations import Duration, Unit
from gehoor.core.calendar.working_days import Calendar
from gehoor.core.conditions.facts import FactType
from gehoor.core.conditions.relative_dates import read_relative_date
from gehoor.core.deadlines.due import DeadlineError
from gehoor.core.forms.fields import type_of
from gehoor.core.text.problems import Problem, Severity
from gehoor.loading.checks.check import Check, Pass
from gehoor.loading.checks.conditions.condition_places import without_conditions
from gehoor.loading.checks.effect_places import effect_places
from gehoor.loading.keywords.relative_dates import is_relative
from gehoor.loading.keywords.vocabulary import DEFAULT_LANGUAGE, load_vocabulary
from gehoor.loading.merge.located_document import Sourced
from gehoor.loading.merge.source_map import Path

_LENGTHS: Final = {Unit.CALENDAR_DAYS: 1, Unit.WEEKS: 7, Unit.MONTHS: 30, Unit.YEARS: 365}
_A_DAY: Final = date(2096, 1, 1)
"""In a leap year so late that what comes each year has come by then."""


def term_problems(whole: Sourced) -> Iterator[Problem]:
    """Yield the closing days and terms that cannot be, and the terms of which nobody hears that they are late."""
    closed = [*_closing_days(whole)]
    # Terms are counted with the calendar.
    yield from closed or _broken_terms(whole)
    yield from _duties(whole)
    yield from _term_circles(whole)


def _closing_days(whole: Sourced) -> Iterator[Problem]:
    """A closing day is one day, or a first and a last one in that order."""
    named: list[Path] = [("calendars", name) for name in whole.data.get("calendars") or ()]
    for path in [("calendar",), *named]:
        for index, closed in enumerate(whole.at(path).get("closed", ())):
            given = {key: closed[key] for key in ("day", "from-day", "to-day") if key in closed}
            if set(given) not in ({"day"}, {"from-day", "to-day"}) or not _can_be(closed):
                yield Problem(whole.spot((*path, "closed", index)).value, "sluitingsdag-klopt-niet")


def _can_be(closed: Mapping[str, Any]) -> bool:
    try:
        build_calendar({"holidays": "GEEN", "closed": [closed]})
    except ValueError:
        return False
    return True


def _broken_terms(whole: Sourced) -> Iterator[Problem]:
    calendar, calendars = build_calendar(whole.data["calendar"]), build_calendars(whole.data)
    for name, data in whole.data["terms"].items():
        bare = without_conditions(data)
        spot = whole.spot(("terms", name))
        if not is_relative(data.get("at-latest", "day")):
            continue
        try:
            build_term(name, bare, calendar, whole.data["organisation"]["time-zone"], {}, "", calendars)
        except DeadlineError:
            yield Problem(spot.key, "termijn-kan-niet", {"value": name})
        else:
            yield from _early_reminders(whole, ("terms", name), data)
        yield from _seasons(whole, name, data, calendars)
        yield from _start_days(whole, name, data, calendars)
        yield from _extensions(whole, name, data)
        yield from _without_hour(whole, ("terms", name), data)
        if str(data.get("within", "")).split(" ")[0] == "0":
            place = whole.spot(("terms", name, "within")).value
            yield Problem(place, "termijn-van-nul", {"value": name}, Severity.WARNING)
        if not data.get("late"):
            yield Problem(spot.key, "niemand-verwittigd", {"value": name}, Severity.WARNING)


def _seasons(
    whole: Sourced, name: str, data: Mapping[str, Any], calendars: Mapping[str, Calendar]
) -> Iterator[Problem]:
    """A calendar by which a term stands still closes at times, and not always."""
    named = data.get("stands-still-in")
    closed = calendars[named].closed if named else ()
    always = not any(
        all(not {*period.days_in(day, day)} for period in closed)
        for day in (_A_DAY + timedelta(days=n) for n in range(366))
    )
    if named and (not closed or always):
        reason = "sluit het hele jaar, en dan loopt de termijn nooit" if closed else "sluit nooit"
        details = {"value": named, "reason": reason}
        yield Problem(whole.spot(("terms", name, "stands-still-in")).value, "stilstand-klopt-niet", details)


def _start_days(
    whole: Sourced, name: str, data: Mapping[str, Any], calendars: Mapping[str, Calendar]
) -> Iterator[Problem]:
    """A calendar on whose days a term begins has days, and not each day."""
    said = start_days(data)
    if not said:
        return
    calendar = calendars[said["calendar"]]
    found = calendar.count(_A_DAY - timedelta(days=1), _A_DAY + timedelta(days=365))
    if found in (0, 366) and (found == 0 or not calendar.closed):
        reason = (
            "heeft elke dag van het jaar, en dan zegt dit woord niets"
            if found
            else "heeft geen enkele dag, en dan begint de termijn nooit"
        )
        path: Path = ("terms", name, "begins-on-day-of")
        details = {"value": said["calendar"], "reason": reason}
        inner = (*path, "calendar") if isinstance(data["begins-on-day-of"], dict) else path
        yield Problem(whole.spot(inner).value, "begindag-klopt-niet", details)


def _extensions(whole: Sourced, name: str, data: Mapping[str, Any]) -> Iterator[Problem]:
    """As many lengths as a term may be extended, in a unit that goes with its own."""
    extend = data.get("extend")
    if extend is None:
        return
    given = extend["with"]
    lengths = [given["at-most"]] if isinstance(given, dict) else [given] if isinstance(given, str) else given
    reason = ""
    if extend.get("at-most", len(lengths)) < len(lengths):
        times = extend["at-most"]
        reason = f"er staan {len(lengths)} verlengingen, en bij 'hoogstens' staat {times}"
    elif {duration(text).unit.elapses for text in lengths} != {_elapses(data)}:
        reason = "uren gaan niet samen met een andere eenheid"
    if reason:
        spot = whole.spot(("terms", name, "extend", "with"))
        yield Problem(spot.key, "verlenging-klopt-niet", {"value": name, "reason": reason})


def _elapses(data: Mapping[str, Any]) -> bool:
    """Say whether a term counts hours."""
    if "within" in data:
        return duration(data["within"]).unit.elapses
    by = read_relative_date(data["at-latest"]).by
    return by is not None and by.unit.elapses


def _without_hour(whole: Sourced, path: Path, data: Mapping[str, Any]) -> Iterator[Problem]:
    """A term in hours begins at a moment: a milestone of which only the day is known began at midnight."""
    given = data.get("from", "")
    for starts in [given] if isinstance(given, str) else given:
        yield from _start_without_hour(whole, path, data, starts)


def _start_without_hour(
    whole: Sourced, path: Path, data: Mapping[str, Any], starts: str
) -> Iterator[Problem]:
    milestone = whole.data["milestones"].get(starts)
    if milestone is None or "within" not in data or not duration(data["within"]).unit.elapses:
        return
    field = (whole.at(("forms", DOSSIER_FORM, "properties")) or {}).get(milestone["field"], {})
    of_type = type_of(field)
    if "hour" not in milestone and (of_type is None or of_type.fact_type is not FactType.INSTANT):
        file = whole.spot(("milestones", starts)).key.file
        details = {"value": data.get("name") or data.get("duty"), "milestone": starts, "file": file}
        yield Problem(whole.spot((*path, "within")).value, "termijn-zonder-uur", details)


def _early_reminders(whole: Sourced, path: Path, data: Mapping[str, Any]) -> Iterator[Problem]:
    """A reminder comes while a term runs: one that comes as soon as it begins, or before, reminds nobody."""
    if "within" not in data:
        return
    within = duration(data["within"])
    if not within.amount:
        return
    place = whole.spot((*path, "within"))
    for index, text in enumerate(data.get("remind", ())):
        if _days(duration(text)) < _days(within):
            continue
        spot = whole.spot((*path, "remind", index))
        # Who says only how long it lasts, is told there: the reminder is that of others.
        at = place.value if place.key.file != spot.key.file else spot.value
        details = {"value": _said(duration(text)), "within": _said(within)}
        yield Problem(at, "herinnering-te-vroeg", details, Severity.WARNING)


def _days(length: Duration) -> float:
    """Return how many days a length usually has."""
    match length.unit:
        case Unit.WORKING_DAYS:
            return length.amount * 7 / 5
        case Unit.WORKING_DAYS_MON_SAT:
            return length.amount * 7 / 6
        case Unit.HOURS:
            return length.amount / 24
    return length.amount * _LENGTHS[length.unit]


def _said(length: Duration) -> str:
    words = load_vocabulary(DEFAULT_LANGUAGE).unit_words(length.unit.value)
    return f"{length.amount} {words[-1] if length.amount == 1 else words[0]}"


def _duties(whole: Sourced) -> Iterator[Problem]:
    for path, effect in effect_places(whole.data):
        if "duty" in effect and "within" in effect:
            yield from _without_hour(whole, path, effect)
            yield from _early_reminders(whole, path, effect)


def _term_circles(whole: Sourced) -> Iterator[Problem]:
    """A term may start from another, never, along the way, from itself."""
    terms = whole.data["terms"]
    for name in terms:
        chain = [name]
        while (before := terms[chain[-1]].get("from-term")) in terms and before not in chain:
            chain.append(before)
        if before == name:
            spot = whole.spot(("terms", name, "from-term"))
            yield Problem(spot.value, "termijn-kring", {"chain": " na ".join([*chain, name])})


CHECK = Check(
    Pass.CONSISTENCY,
    (
        "sluitingsdag-klopt-niet",
        "termijn-kan-niet",
        "termijn-van-nul",
        "termijn-zonder-uur",
        "herinnering-te-vroeg",
        "stilstand-klopt-niet",
        "begindag-klopt-niet",
        "verlenging-klopt-niet",
        "niemand-verwittigd",
        "termijn-kring",
    ),
    lambda on: term_problems(on.whole),
)
