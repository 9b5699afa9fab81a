"""How much room there is for what somebody writes by hand about a dossier, whichever way it comes in: what is kept
there, is kept for good, and read by everybody after."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from gehoor.core.dossier.events import EventKind, NewEvent
from gehoor.core.text.steering import unsteered

SHORT: Final = 500
"""How many signs a reason, a note beside what is done, and the name of whom it concerns may have."""
LONG: Final = 5000
"""How many signs a text may have that is read by itself."""
LETTER: Final = 50_000
"""How many signs a letter may have, and an answer of which its form says no length."""
_NAMED: Final = 500
"""What the platform writes above what somebody wrote at a task."""

_ROOM: Final = {"reason": SHORT, "why": SHORT, "note": SHORT, "whom": SHORT, "subject": SHORT, "text": LONG}
_MORE: Final = {
    (EventKind.CODE_GIVEN, "reason"): LONG,
    (EventKind.NOTE_STRUCK, "why"): LONG,
    (EventKind.NOTE_WRITTEN, "text"): LONG + _NAMED,
    (EventKind.LETTER_DRAFTED, "text"): LETTER,
    (EventKind.LETTER_SENT, "text"): LETTER,
    (EventKind.SENT_ON, "to"): SHORT,
}


@dataclass(frozen=True, slots=True)
class TooLong:
    """A text for which there is no room: how many signs it has, and may have."""

    length: int
    most: int


def as_kept(event: NewEvent) -> NewEvent:
    """Return a new event in which no text that somebody wrote by hand steers a machine, whichever way it came in."""
    return replace(
        event,
        data={
            name: unsteered(text)
            if isinstance(text, str) and (name in _ROOM or (event.kind, name) in _MORE)
            else text
            for name, text in event.data.items()
        },
    )


def without_room(events: Iterable[NewEvent]) -> TooLong | None:
    """Return the first text in new events that is too long, if there is one."""
    for event in events:
        for name, text in event.data.items():
            most = _MORE.get((event.kind, name), _ROOM.get(name))
            if most is not None and isinstance(text, str) and len(text) > most:
                return TooLong(len(text), most)
    return None
