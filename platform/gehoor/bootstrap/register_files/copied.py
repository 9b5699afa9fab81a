"""From where a register was copied, and to where: in the one that is left everything still stands, also what is taken
out of the other from then on."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from gehoor.bootstrap import Database, Place, beside
from gehoor.bootstrap.register_files.marks import mark, marked, unmark, word

_TO, _FROM = "copied-to", "copied-from"


def note_copied(source: Place, target: Place, now: datetime) -> None:
    """Note beside two registers that one was copied to the other, as the addresses may be shown. What was brought back
    is the one to go on with."""
    unmark(beside(target), _TO)
    unmark(beside(source), _FROM)
    mark(beside(source), _TO, now, _said(target))
    mark(beside(target), _FROM, now, _said(source))


def copied_to(store: Path) -> tuple[str, datetime] | None:
    """Return to where a register was copied last, and when; None where it was not, as far as is known."""
    at, place = marked(store, _TO), word(store, _TO)
    return (place, at) if at is not None and place else None


def left_behind(store: Path) -> str:
    """Return where a register was copied from, as long as it can still stand there; empty: nowhere."""
    place = word(store, _FROM)
    # Of a database only its own computer knows.
    return place if "://" in place or (place and Path(place).exists()) else ""


def _said(other: Place) -> str:
    return str(other) if isinstance(other, Database) else str(other.resolve())
