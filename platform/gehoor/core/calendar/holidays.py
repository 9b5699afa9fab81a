"""The public holidays of each calendar a term may be reckoned with, by year, with their Dutch names."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Final

from gehoor.core.calendar.known_years import known_names

CALENDAR_NAMES: Final = ("BE-WET", "BE-VL", "BE-FED", "NL-ATW", "GEEN")
"""BE-WET: the ten statutory holidays of Belgium. BE-VL: and 11 July. BE-FED: and 2 November, 15 November and
26 December. NL-ATW: the days of the Algemene termijnenwet art. 3 and Good Friday. GEEN: no holidays."""

FIRST_YEAR: Final = 1990
LAST_YEAR: Final = 2100
"""The years whose holidays are known; the holidays library stops at 2100."""

_ADDED: Final[Mapping[str, Mapping[tuple[int, int], str]]] = {
    "BE-VL": {(7, 11): "Feest van de Vlaamse Gemeenschap"},
    "BE-FED": {(11, 2): "Allerzielen", (11, 15): "Feest van de Dynastie", (12, 26): "Tweede Kerstdag"},
}

_PLAIN_NAMES: Final[Mapping[str, str]] = {
    "O. L. H. Hemelvaart": "Hemelvaart",
    "O. L. V. Hemelvaart": "Onze-Lieve-Vrouw-Hemelvaart",
    "Goede vrijdag": "Goede Vrijdag",
    "Eerste paasdag": "Eerste Paasdag",
    "Tweede paasdag": "Tweede Paasdag",
    "Eerste pinksterdag": "Eerste Pinksterdag",
    "Tweede pinksterdag": "Tweede Pinksterdag",
    "Eerste kerstdag": "Eerste Kerstdag",
    "Tweede kerstdag": "Tweede Kerstdag",
}


class CalendarError(ValueError):
    """A calendar cannot answer. The text is Dutch and meant for people."""


class UnknownCalendarError(CalendarError):
    """There is no calendar of this name."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.known = CALENDAR_NAMES
        super().__init__(f"kalender {name!r} bestaat niet; kies uit {', '.join(CALENDAR_NAMES)}")


class UnknownYearError(CalendarError):
    """The holidays of this year are not known, so no working day in it can be told."""

    def __init__(self, year: int) -> None:
        self.year = year
        super().__init__(
            f"van {year} zijn geen feestdagen bekend, alleen van {FIRST_YEAR} tot en met {LAST_YEAR}"
        )


@cache
def holiday_names(calendar: str, year: int) -> Mapping[date, str]:
    """Give the holidays of one year with their Dutch names, also those that fall in a weekend.

    Raises UnknownCalendarError for a name outside CALENDAR_NAMES and UnknownYearError for a year outside
    FIRST_YEAR..LAST_YEAR.
    """
    if calendar not in CALENDAR_NAMES:
        raise UnknownCalendarError(calendar)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise UnknownYearError(year)
    if calendar == "GEEN":
        return MappingProxyType({})
    country = calendar[:2]
    found = known_names(country, year) or library_names(country, year)
    names = {day: _plain(name) for day, name in found.items()}
    for (month, day_number), name in _ADDED.get(calendar, {}).items():
        names[date(year, month, day_number)] = name
    return MappingProxyType(names)


def library_names(country: str, year: int) -> Mapping[date, str]:
    """Return what the library says of a year."""
    # Importing it takes about 0.1 s: a command that needs no calendar should not wait for it.
    from holidays.constants import OPTIONAL, PUBLIC  # noqa: PLC0415
    from holidays.utils import country_holidays  # noqa: PLC0415

    if country == "NL":
        # The library counts 5 May outside the lustrum years among the optional days.
        return country_holidays("NL", years=year, language="nl", categories=(PUBLIC, OPTIONAL))
    return country_holidays(country, years=year, language="nl")


def _plain(name: str) -> str:
    # The library joins the names of two holidays on one day with a semicolon.
    return " en ".join(_PLAIN_NAMES.get(part, part) for part in name.split("; "))
