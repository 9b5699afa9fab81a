"""The timeline of a dossier: what happened, the latest first, by day; what is long ago is folded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Final
from zoneinfo import ZoneInfo

from gehoor.core.dossier.events import told
from gehoor.core.wording.port import EventText
from gehoor.services.dossiers.viewing import OpenedDossier
from gehoor.web.display.actors import who
from gehoor.web.request.languages import said

_RECENT: Final = 20
"""So many of the latest events stand open on the page; those before them are folded."""


@dataclass(frozen=True)
class Happened:
    """One line of the timeline."""

    at: datetime
    who: str
    text: EventText


@dataclass(frozen=True)
class Day:
    """The lines of the timeline of one local day."""

    day: date
    events: tuple[Happened, ...]


@dataclass(frozen=True)
class Timeline:
    """The lines by day: those that stand open, and those that are folded."""

    recent: tuple[Day, ...]
    earlier: tuple[Day, ...]


def timeline(opened: OpenedDossier, names: Mapping[str, str]) -> Timeline:
    """Return the timeline of a page. ``names``: how people know each account."""
    events, zone = what_happened(opened, names), opened.agreement.time_zone
    return Timeline(_by_day(events[:_RECENT], zone), _by_day(events[_RECENT:], zone))


def what_happened(opened: OpenedDossier, names: Mapping[str, str]) -> list[Happened]:
    """Return what happened, the latest first, each in the words of the agreement it happened under.

    ``names``: how people know each account."""
    words = said().events
    return [
        Happened(event.at, who(event.actor, names), words.text(opened.under[event.agreement], event))
        for event in reversed(told(opened.events))
    ]


def _by_day(events: Sequence[Happened], zone: str) -> tuple[Day, ...]:
    local = ZoneInfo(zone)
    days = groupby(events, key=lambda event: event.at.astimezone(local).date())
    return tuple(Day(day, tuple(happened)) for day, happened in days)
