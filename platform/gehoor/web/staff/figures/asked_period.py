"""Which days a report is asked for on its page: a year, a quarter, or from one day to another."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import islice
from typing import Any, Final

from flask_babel import gettext as _

from gehoor.core.figures.counted import Period
from gehoor.core.figures.periods import LONGEST, Beside, quarter_number, quarter_of, quarters_before
from gehoor.web.request.languages import said

_WORDS: Final = {"ervoor": Beside.DAYS_BEFORE}
_QUARTERS: Final = 5


def span_in(given: Mapping[str, str]) -> tuple[Period | None, str]:
    """Return the days that somebody asks for; None where they ask for a whole year, or for what cannot be, and then
    what is wrong."""
    first, last = given.get("van", ""), given.get("tot", "")
    if not first and not last:
        return None, ""
    try:
        period = Period(date.fromisoformat(first), date.fromisoformat(last))
    except ValueError:
        return None, str(_("Kies twee dagen: de eerste en de laatste."))
    if period.last < period.first:
        return None, str(_("De laatste dag komt voor de eerste."))
    if period.last - period.first >= LONGEST:
        return None, str(_("Kies hoogstens een jaar."))
    return (None if period == Period.of_year(period.first.year) else period), ""


def beside_in(given: Mapping[str, str]) -> Beside:
    """Return which days somebody wants the figures held beside."""
    return _WORDS.get(given.get("naast", ""), Beside.YEAR_BEFORE)


def in_address(period: Period | None, beside: Beside = Beside.YEAR_BEFORE) -> dict[str, Any]:
    """Return what an address of a report says of its days; nothing where those are of a year."""
    named = next((word for word, one in _WORDS.items() if one is beside), None)
    if period is None:
        return {"van": None, "tot": None, "naast": named}
    return {"van": period.first.isoformat(), "tot": period.last.isoformat(), "naast": named}


def period_name(period: Period) -> str:
    """Return what people call a period: a year, a quarter, or its days."""
    if period == Period.of_year(period.first.year):
        return str(period.first.year)
    number = quarter_number(period)
    if number is None:
        return said().formats.days(period.first, period.last)
    names = (
        _("eerste kwartaal %(year)s", year=period.first.year),
        _("tweede kwartaal %(year)s", year=period.first.year),
        _("derde kwartaal %(year)s", year=period.first.year),
        _("vierde kwartaal %(year)s", year=period.first.year),
    )
    return str(names[number - 1])


def short_name(period: Period) -> str:
    """Return a name of a period that fits above a column."""
    if period == Period.of_year(period.first.year):
        return str(period.first.year)
    number = quarter_number(period)
    if number is None:
        days: str = _("%(first)s tot %(last)s", first=_day(period.first), last=_day(period.last))
        return days
    quarter: str = _("kwartaal %(n)s %(year)s", n=number, year=period.first.year)
    return quarter


def quarters_offered(today: date) -> list[Period]:
    """Return the quarters that one can choose at once: this one, and those before it."""
    return [quarter_of(today), *islice(quarters_before(today), _QUARTERS)]


def last_quarter(today: date, beside: Beside = Beside.YEAR_BEFORE) -> tuple[str, dict[str, Any]]:
    """Return what the last quarter that is over is called, and what an address says of it."""
    quarter = next(quarters_before(today))
    return period_name(quarter), {"year": quarter.last.year, **in_address(quarter, beside)}


def _day(day: date) -> str:
    return f"{day.day}/{day.month}/{day.year}"


def beside_offered(span: Period | None, now: Beside) -> list[tuple[str, bool, dict[str, Any]]]:
    """Return what the figures of other days than a year can be held beside: its name, whether they are now, and what
    an address says of it."""
    if span is None:
        return []
    before = (
        _("de dagen die eraan voorafgingen") if quarter_number(span) is None else _("het kwartaal ervoor")
    )
    named = {Beside.YEAR_BEFORE: _("dezelfde dagen, een jaar eerder"), Beside.DAYS_BEFORE: before}
    return [(str(name), now is one, in_address(span, one)) for one, name in named.items()]
