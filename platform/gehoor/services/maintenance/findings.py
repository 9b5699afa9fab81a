"""What can be wrong with a register."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What is wrong."""

    STRUCTURE = "structure"
    """Under the documents: a page, an index. ``detail``: what the store says of it."""
    WORDS = "words"
    """Documents of a table are not found by their words, or by those of others."""
    UNREADABLE = "unreadable"
    """A table cannot be read on from some place. ``detail``: what the store says of it."""
    DAMAGED = "damaged"
    """A document is not what was kept."""
    CHAIN = "chain"
    """The events of a dossier do not follow on each other as they were written."""
    EVENTS_LOST = "events-lost"
    """A dossier has fewer events than were written, or none any more. ``detail``: present/written."""
    LEDGER = "ledger"
    """The ledger is not as it was written. ``detail``: ``none`` (it is not there), ``chain`` (the row ``key`` does not
    follow on the one before it), ``seal`` (it is not the ledger of which the row ``key`` was sealed), ``unsealed``
    (what was sealed of ``key`` was set aside afterwards), ``anew`` (the salt of the dossier ``key`` was lost, so that
    what was entered of it cannot be held against what stands there)."""
    MISSING = "missing"
    """What was written is gone. ``detail``: of how many documents, where there are more under this key."""
    CHANGED = "changed"
    """A document is another than was written."""
    UNKNOWN = "unknown"
    """Nothing says that a document was written."""
    MISPLACED = "misplaced"
    """A document stands under another key than it says: it was put there, or moved, by something else than Gehoor."""
    ACCESS_LOG = "access-log"
    """Who opened a dossier is not as it was written: an entry was changed or taken out. ``detail``: where."""
    ACCOUNT_LOG = "account-log"
    """What was done with an account is not as it was written. ``detail``: where."""
    SUMMARY = "summary"
    """Lists do not know a dossier, or as it was, and nothing says that they are to be brought up to date."""
    HALF = "half"
    """A dossier says that it belongs with another (``detail``: its number), and that does not say so."""
    ORPHAN = "orphan"
    """A document belongs to something that is not there. ``detail``: what that is."""


DERIVED = frozenset(
    {
        "dossiers",
        "texts",
        "match_keys",
        "exclusions",
        "tasks",
        "confidential",
        "clearances",
        "pending",
        "counters",
        "proposals",
    }
)
"""Tables that can be made again from events."""


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing that is wrong: with which table, and which document or dossier in it."""

    kind: Kind
    table: str
    key: str = ""
    detail: str = ""

    @property
    def can_be_made_again(self) -> bool:
        """Whether all that this says is damaged or missing follows from events."""
        if self.kind in (Kind.DAMAGED, Kind.MISSING, Kind.CHANGED, Kind.UNKNOWN, Kind.MISPLACED):
            return self.table in DERIVED
        return self.kind in (Kind.SUMMARY, Kind.WORDS)
