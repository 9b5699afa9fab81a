"""Dates as people write them: what may have been meant with a text that is no date."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from gehoor.core.text.month_names import month_named

_DATE: Final = re.compile(r"(?P<year>[0-9]{4})[-/. ](?P<month>[0-9]{1,2})[-/. ](?P<day>[0-9]{1,2})\Z")
_DAY_FIRST: Final = re.compile(
    r"(?P<day>[0-9]{1,2})[-/. ]+(?P<month>[0-9]{1,2}|[a-z]+)[-/. ]+(?P<year>[0-9]{4})\Z"
)
_TWELVE: Final = 12


def date_told(value: str) -> str:
    """Return what is wrong with a date and what to write; the day itself where that is clear."""
    found = _DATE.match(value)
    if found and int(found["month"]) > _TWELVE:
        return f"bestaat niet: er is geen maand {found['month']}. Schrijf jaar-maand-dag, zoals 2026-03-27."
    if found and meant_date(value) is None:
        return "bestaat niet: die maand heeft die dag niet. Kijk de dag en de maand na."
    return f"is geen datum. Schrijf jaar-maand-dag, zoals 2026-03-27.{date_hint(value)}"


def date_hint(value: str) -> str:
    """Return a question with the date that was meant, as it is written here; nothing when there is none."""
    meant = meant_date(value)
    return f" Bedoelde u {meant.isoformat()}?" if meant and meant.isoformat() != value else ""


def meant_date(value: str) -> date | None:
    """Return the date that a text means to people here, the day first or the year; None when it is none."""
    found = _DATE.match(value.strip()) or _DAY_FIRST.match(value.strip().lower())
    if not found:
        return None
    month = int(found["month"]) if found["month"].isdigit() else month_named(found["month"])
    try:
        return date(int(found["year"]), month, int(found["day"]))
    except ValueError:
        return None
