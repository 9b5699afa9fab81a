"""Days, numbers, sizes and durations the way French writes them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from gehoor.core.calendar.durations import Duration, Unit
from gehoor.core.text.formats import Formats
from gehoor.core.wording.fr.dates import show_date, show_dates, show_instant, show_time
from gehoor.core.wording.fr.typography import COLON, SEMICOLON, quoted
from gehoor.core.wording.port import Durations

_UNITS: Final[Mapping[Unit, tuple[str, str]]] = {
    Unit.CALENDAR_DAYS: ("jour calendrier", "jours calendrier"),
    Unit.WORKING_DAYS: ("jour ouvrable", "jours ouvrables"),
    Unit.WORKING_DAYS_MON_SAT: ("jour ouvrable, samedi compris", "jours ouvrables, samedis compris"),
    Unit.WEEKS: ("semaine", "semaines"),
    Unit.MONTHS: ("mois", "mois"),
    Unit.YEARS: ("an", "ans"),
    Unit.HOURS: ("heure", "heures"),
}


def show_duration(duration: Duration) -> str:
    """Show a duration: "10 jours calendrier". French has its plural from two."""
    return f"{duration.amount} {_UNITS[duration.unit][duration.amount > 1]}"


def number(value: Decimal | float | str) -> str:
    """Show a number with a comma."""
    return str(value).replace(".", ",")


def size(number_of_bytes: int) -> str:
    """Show a number of bytes as people read it."""
    if number_of_bytes < 1024 * 1024:
        return f"{max(1, round(number_of_bytes / 1024))} Ko"
    return f"{number(f'{number_of_bytes / (1024 * 1024):.1f}').removesuffix(',0')} Mo"


FORMATS: Final = Formats(
    language="fr",
    day=show_date,
    days=show_dates,
    instant=show_instant,
    clock=show_time,
    number=number,
    size=size,
    colon=COLON,
    semicolon=SEMICOLON,
    quote=quoted,
    yes="Oui",
    no="Non",
)
DURATIONS: Final = Durations(language="fr", show=show_duration)
