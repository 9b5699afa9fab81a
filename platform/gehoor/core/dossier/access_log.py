"""The access log: who opened a dossier, when and how, each entry chained to the one before it by its hash."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from gehoor.core.dossier.events import BrokenChainError, instant_text
from gehoor.core.text.canonical_json import content_hash, dump


class Way(StrEnum):
    """How a dossier was opened."""

    PAGE = "page"
    PRINT = "print"
    ATTACHMENT = "attachment"
    ACCESS_LOG = "access-log"
    """This log itself was read."""
    DISCLOSURE = "disclosure"
    """For somebody who asked what is kept about them."""
    COMMAND = "command"
    """At the command line of the server, by who said that they were."""


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


def hour_of(now: datetime, zone: str) -> str:
    """Return the local hour of an instant, with its offset: the hour that a clock shows twice a year is two."""
    return now.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%dT%H%z")


def sealed(dossier: str, reader: str, way: Way, now: datetime, hour: str, after: Access | None) -> Access:
    """Return an entry that follows on another, or is the first."""
    sequence, previous = (after.sequence + 1, after.hash) if after else (1, "")
    at = instant_text(now)
    digest = _digest(dossier, sequence, at, reader, way.value, hour, previous)
    return Access(dossier, sequence, at, reader, way.value, hour, previous, digest)


def verify_log(entries: Iterable[Access]) -> None:
    """Check the log of a dossier from its start. Raises ``BrokenChainError``."""
    previous = ""
    for sequence, one in enumerate(entries, start=1):
        digest = _digest(one.dossier, sequence, one.at, one.reader, one.way, one.hour, previous)
        if (one.sequence, one.previous, one.hash) != (sequence, previous, digest):
            raise BrokenChainError(f"dossier {one.dossier}, access {sequence}")
        previous = digest


def _digest(*parts: str | int) -> str:
    return content_hash(dump(list(parts)))
