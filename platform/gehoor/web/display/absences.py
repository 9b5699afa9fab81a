"""When somebody is away, in local days, and the days that are typed to say so."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from gehoor.core.dossier.events import parse_instant
from gehoor.services.ports.records import Account


def shown_absence(
    account: Account, people: Mapping[str, Account], zone: ZoneInfo, moment: datetime
) -> dict[str, Any] | None:
    """Return when somebody is away, in local days; nothing when that is over."""
    for one in account.absences:
        ends = parse_instant(one["until_at"]).astimezone(zone) if one["until_at"] else None
        if ends is None or ends > moment:
            deputy = people.get(one["deputy"])
            return {
                **shown_days(one, zone),
                "deputy": deputy.full_name if deputy else "",
                "deputy_name": deputy.name if deputy else "",
            }
    return None


def shown_days(period: Mapping[str, str], zone: ZoneInfo) -> dict[str, date | None]:
    """Return the first and the last local day of a period that is kept as instants; None where there is no bound."""
    first, until = (
        parse_instant(period[name]).astimezone(zone) if period[name] else None
        for name in ("from_at", "until_at")
    )
    # It ends with the first instant that no longer belongs to it.
    last = (until - timedelta(minutes=1)).date() if until else None
    return {"first": first.date() if first else None, "last": last}


def typed_day(text: str) -> date | None:
    """Return a day that was typed; None for what is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
