"""Days, numbers and sizes the way Dutch writes them."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from gehoor.core.calendar.durations import show_duration
from gehoor.core.text.formats import Formats
from gehoor.core.wording.nl.dates import show_date, show_dates, show_instant, show_time
from gehoor.core.wording.port import Durations


def quoted(text: str) -> str:
    """Put a name in quotes."""
    return f"\u201c{text}\u201d"


def number(value: Decimal | float | str) -> str:
    """Show a number with a comma."""
    return str(value).replace(".", ",")


def size(number_of_bytes: int) -> str:
    """Show a number of bytes as people read it."""
    if number_of_bytes < 1024 * 1024:
        return f"{max(1, round(number_of_bytes / 1024))} kB"
    return f"{number_of_bytes / (1024 * 1024):.1f} MB".replace(".0 MB", " MB").replace(".", ",")


FORMATS: Final = Formats(
    language="nl",
    day=show_date,
    days=show_dates,
    instant=show_instant,
    clock=show_time,
    number=number,
    size=size,
    colon=": ",
    semicolon="; ",
    quote=quoted,
    yes="Ja",
    no="Nee",
)
DURATIONS: Final = Durations(language="nl", show=show_duration)
