"""Notes and contact moments of a dossier: what people who work there write down for each other."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from gehoor.core.dossier.events import Event, EventKind

NOTES: Final = frozenset(
    {EventKind.NOTE_WRITTEN, EventKind.NOTE_PINNED, EventKind.NOTE_STRUCK, EventKind.CONTACT_NOTED}
)
"""What is told to those only for whom there are notes."""


class ContactWay(StrEnum):
    """How somebody was spoken to or written to, outside Gehoor."""

    PHONE = "phone"
    CONVERSATION = "conversation"
    """Face to face, or by a screen."""
    EMAIL = "email"
    LETTER = "letter"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Struck:
    """That a note was struck out: when (a UTC instant), by whom, and why."""

    at: datetime
    by: str
    why: str


@dataclass(frozen=True, slots=True)
class Note:
    """A note: ``at`` is a UTC instant, ``sequence`` that of the event by which it was written; a pinned one stands on
    top until somebody takes it off."""

    sequence: int
    at: datetime
    by: str
    text: str
    pinned: bool = False
    struck: Struck | None = None
    """A note that was struck out is read by those only who may strike out notes of others."""


@dataclass(frozen=True, slots=True)
class Contact:
    """A contact moment: on which local day, with whom (as somebody wrote it), how, whether it came from us and whether
    they were reached; ``at`` is the UTC instant at which it was written down."""

    sequence: int
    at: datetime
    by: str
    on: date
    whom: str
    way: str
    ours: bool
    reached: bool
    text: str
    answers: bool = False
    """Whether it answered the last message of whoever told it."""


def with_note(notes: tuple[Note, ...], event: Event) -> tuple[Note, ...]:
    """Return the notes after one was written, the first first."""
    data = event.data
    return (*notes, Note(event.sequence, event.at, event.actor, data["text"], data["pinned"]))


def with_pin(notes: tuple[Note, ...], event: Event) -> tuple[Note, ...]:
    """Return the notes after one was pinned, or taken off."""
    data = event.data
    return tuple(
        replace(one, pinned=data["pinned"]) if one.sequence == data["note"] else one for one in notes
    )


def with_strike(notes: tuple[Note, ...], event: Event) -> tuple[Note, ...]:
    """Return the notes after one was struck out: it stands on top no more."""
    struck = Struck(event.at, event.actor, event.data["why"])
    return tuple(
        replace(one, pinned=False, struck=struck) if one.sequence == event.data["note"] else one
        for one in notes
    )


def without_struck(notes: tuple[Note, ...]) -> tuple[Note, ...]:
    """Return the notes that are there for everyone who reads notes."""
    return tuple(one for one in notes if one.struck is None)


def untold(event: Event, struck: Collection[int]) -> Event:
    """Return an event without what a note said that was struck out. ``struck``: the sequences of those."""
    if event.kind is not EventKind.NOTE_WRITTEN or event.sequence not in struck:
        return event
    return replace(event, data={**event.data, "text": ""})


def with_contact(contacts: tuple[Contact, ...], event: Event) -> tuple[Contact, ...]:
    """Return the contact moments after one was noted, the first first."""
    data = event.data
    made = Contact(
        event.sequence, event.at, event.actor, date.fromisoformat(data["on"]), data["whom"], data["way"],
        data["ours"], data["reached"], data["text"], data.get("answers", False),
    )  # fmt: skip
    return (*contacts, made)
