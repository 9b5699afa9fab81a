"""The conversation with somebody outside, who reads and writes with a follow-up code."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from gehoor.core.dossier.events import Event, EventKind


@dataclass(frozen=True, slots=True)
class Written:
    """A message between someone outside and us: ``at`` is a UTC instant, ``by`` who wrote it."""

    at: datetime
    by: str
    text: str
    ours: bool


def written(event: Event) -> Written:
    """Return the message that an event tells of."""
    return Written(event.at, event.actor, event.data["text"], event.kind is EventKind.WRITTEN_BY_US)
