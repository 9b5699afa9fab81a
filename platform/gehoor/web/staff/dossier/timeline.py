"""The timeline of a dossier: what happened, the latest first, by day; and what just happened, by one's own press."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Final
from zoneinfo import ZoneInfo

from flask import request
from flask_babel import gettext as _

from gehoor.core.dossier.events import Event, EventKind, told
from gehoor.core.wording.port import EventText
from gehoor.services.dossiers.viewing import OpenedDossier
from gehoor.web.display.actors import who
from gehoor.web.request.languages import said
from gehoor.web.request.session import me

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


def just_happened(opened: OpenedDossier, names: Mapping[str, str]) -> str:
    """Say what whoever looks did just before this page came, at once, after the version that the address names; empty
    where it names none."""
    mark = request.args.get("bewaard")
    after = opened.version_at(mark) if mark else 0
    if not after:
        return ""
    mine = [one for one in told(opened.events) if one.sequence > after and one.actor == me().name]
    done = [one for one in mine if one.at == mine[0].at]
    sentences = dict.fromkeys(_done(opened, event, names) for event in done)
    return " ".join(sentences) or _("Er was niets veranderd: alles stond er al zo.")


def _done(opened: OpenedDossier, event: Event, names: Mapping[str, str]) -> str:
    what = said().events.text(opened.under[event.agreement], event).what
    what = what if what.endswith(("?", "!", ".")) else f"{what}."
    answered = event.kind is EventKind.ANSWERED
    if answered and opened.decision.closed and _closes(opened, event):
        return str(_("Het dossier is afgesloten."))
    known = {
        EventKind.REOPENED: _("Het dossier is heropend."),
        EventKind.WRITTEN_BY_US: _("Uw bericht staat klaar voor wie het meldde."),
        EventKind.NOTE_WRITTEN: _("Uw notitie staat bij het dossier."),
        EventKind.NOTE_STRUCK: _("De notitie is doorgehaald."),
        EventKind.LETTER_SENT: _("De brief is verstuurd."),
        EventKind.CONTACT_NOTED: _("Het contactmoment is genoteerd."),
    }
    if event.kind is EventKind.ASSIGNED and event.data["to"]:
        handler = event.data["to"]
        if event.data.get("beside"):
            return what if handler != me().name else str(_("U behandelt dit dossier nu mee."))
        if handler == me().name:
            return str(_("U behandelt dit dossier nu."))
        return str(_("%(who)s behandelt dit dossier nu.", who=names.get(handler, event.data["name"])))
    return str(known.get(event.kind) or (_("Bewaard. %(what)s", what=what) if answered else what))


def _closes(opened: OpenedDossier, event: Event) -> bool:
    closing = {one.field for one in opened.agreement.milestones.values() if one.closes}
    return not closing.isdisjoint(event.data["values"])


def _by_day(events: Sequence[Happened], zone: str) -> tuple[Day, ...]:
    local = ZoneInfo(zone)
    days = groupby(events, key=lambda event: event.at.astimezone(local).date())
    return tuple(Day(day, tuple(happened)) for day, happened in days)
