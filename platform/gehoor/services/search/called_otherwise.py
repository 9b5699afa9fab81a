"""How often a message came to be called something else, by whom and why: whether people mean the same by the words."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Final

from gehoor.core.agreement.model import Agreement
from gehoor.core.dossier.events import Event, EventKind
from gehoor.services.access.confidentiality import exists_for
from gehoor.services.access.summary_rights import sees_there
from gehoor.services.dossiers.viewing import look
from gehoor.services.ports.records import Account, Summary
from gehoor.services.projection.projection import UNDECIDABLE, reading_projection
from gehoor.services.register.runtime import Runtime
from gehoor.services.register.staff import Staff

_TOLD: Final = 20
"""Of so many dossiers, those that changed last, it is told by whom and why."""


@dataclass(frozen=True, slots=True)
class Renaming:
    """That a message was called something else: what it was and is, as people call it, by whom (as people know them),
    when (a UTC instant) and why."""

    dossier: str
    number: str
    was: str
    is_now: str
    by: str
    at: datetime
    why: str


@dataclass(frozen=True, slots=True)
class CalledOtherwise:
    """Of how many messages the kind was looked at, of how many it changed, how often each (was, is now, number), and
    the last of those."""

    messages: int
    changed: int
    figures: tuple[tuple[str, str, int], ...]
    latest: tuple[Renaming, ...]


def called_otherwise(
    runtime: Runtime, agreement: Agreement, account: Account, now: datetime
) -> CalledOtherwise:
    """Return how often messages of a department were called something else, as far as they exist for an account and it
    sees what they are called there."""
    place = (agreement.organisation, agreement.department)
    with reading_projection(runtime) as register:
        staff, library = runtime.staff.of(register, now), runtime.library
        every = [*register.summaries([place]), *register.summaries([place], closed=True)]
        known = {
            one.id: one
            for one in every
            if exists_for(register, library, staff, account, one)
            and sees_there(account, one, ("message-kind",), register=register, library=library, staff=staff)
        }
    moved = [one for one in known.values() if one.called]
    figures = Counter(step for one in moved for step in _steps(one))
    told = [
        (_called(agreement, was), _called(agreement, is_now), number)
        for (was, is_now), number in figures.most_common()
    ]
    last = sorted(moved, key=lambda one: one.changed_at, reverse=True)[:_TOLD]
    latest = [found for one in last for found in _told(runtime, one, account, staff, now)]
    return CalledOtherwise(len(known), len(moved), tuple(told), tuple(latest))


def _steps(summary: Summary) -> list[tuple[str, str]]:
    names = [*summary.called, summary.kind]
    return [*pairwise(names)]


def _told(
    runtime: Runtime, summary: Summary, account: Account, staff: Staff, now: datetime
) -> list[Renaming]:
    """Return each time that a dossier was called something else, as far as an account sees it."""
    try:
        opened = look(runtime, summary.id, now, account.name)
    except UNDECIDABLE:
        return []
    field = opened.agreement.field_for("message-kind")
    found, was = [], ""
    for event in opened.events:
        is_now = str(event.data.get("values", {}).get(field, was))
        if was and is_now != was:
            found.append(
                _renaming(opened.agreement, summary, event, (was, is_now), staff.full_name(event.actor))
            )
        was = is_now
    return found


def _renaming(
    agreement: Agreement, summary: Summary, event: Event, kinds: tuple[str, str], by: str
) -> Renaming:
    why = str(event.data.get("why", "")) if event.kind is EventKind.ANSWERED else ""
    was, is_now = (_called(agreement, kind) for kind in kinds)
    return Renaming(summary.id, summary.number, was, is_now, by, event.at, why)


def _called(agreement: Agreement, kind: str) -> str:
    known = agreement.kinds.get(kind)
    return known.name if known else kind
