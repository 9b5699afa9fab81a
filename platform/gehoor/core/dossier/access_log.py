"""The access log: who opened a dossier, when and how, and what was refused in it. Each entry is chained to the one
before it by its hash."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from gehoor.core.dossier.events import instant_text
from gehoor.core.dossier.log_chain import hash_of, link


class Way(StrEnum):
    """How a dossier was opened."""

    PAGE = "page"
    PRINT = "print"
    ATTACHMENT = "attachment"
    ACCESS_LOG = "access-log"
    """This log itself was read."""
    TASK = "task"
    """Only a task of it, by who has that."""
    DISCLOSURE = "disclosure"
    """For somebody who asked what is kept about them."""
    EXPORT = "export"
    """It went into a file with many others."""
    COMMAND = "command"
    """At the command line of the server, by who said that they were."""
    REFUSED = "refused"
    """Nothing was shown: what they asked for is kept for others. Stands before what it was."""


def refused(action: str) -> str:
    """Return how an action that was refused stands in the log; nothing of what was typed or asked for does."""
    return f"{Way.REFUSED} {action}".strip()


def refused_action(way: str) -> str | None:
    """Return which action an entry says was refused, empty where none was named; None for an entry of a reading."""
    first, _, action = way.partition(" ")
    return action if first == Way.REFUSED else None


@dataclass(frozen=True, slots=True)
class Access:
    """That somebody opened a dossier, for the first time in a local hour in this way.

    ``reader``: an account, or who runs the server; ``at``: the instant (UTC, text) of that first time.
    """

    dossier: str
    sequence: int
    at: str
    reader: str
    way: str
    hour: str
    previous: str = ""
    hash: str = ""

    @property
    def key(self) -> str:
        """Return what it is known by: there is one of it."""
        return f"{self.dossier}/{self.hour}/{self.way}/{self.reader}"

    @property
    def parts(self) -> tuple[str | int, ...]:
        """Return what its hash is of."""
        return (self.dossier, self.sequence, self.at, self.reader, self.way, self.hour, self.previous)


def hour_of(now: datetime, zone: str) -> str:
    """Return the local hour of an instant, with its offset: the hour that a clock shows twice a year is two."""
    return now.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%dT%H%z")


def sealed(
    dossier: str, reader: str, way: str, now: datetime, hour: str, after: Access | int | None
) -> Access:
    """Return an entry that follows on another, or is the first. ``after``: also how many there were, where the last of
    those cannot be read."""
    sequence, previous = (after + 1, "") if isinstance(after, int) else link(after)
    entry = Access(dossier, sequence, instant_text(now), reader, str(way), hour, previous)
    return replace(entry, hash=hash_of(entry.parts))
