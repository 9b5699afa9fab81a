"""A chain of log entries: each holds the hash of the one before it, so that none is changed or taken out unseen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Protocol

from gehoor.core.dossier.events import BrokenChainError
from gehoor.core.text.canonical_json import content_hash, dump


class Chained(Protocol):
    """An entry of a log that is about one thing."""

    @property
    def sequence(self) -> int:
        """Its place among the entries about the same thing, from 1 on."""
        ...

    @property
    def previous(self) -> str:
        """The hash of the entry before it; empty for the first."""
        ...

    @property
    def hash(self) -> str:
        """The hash of all that it says."""
        ...

    @property
    def parts(self) -> Sequence[Any]:
        """All that it says, with ``previous``, as plain values."""
        ...


def link(after: Chained | None) -> tuple[int, str]:
    """Return the sequence and the previous hash of the entry that follows on another, or is the first."""
    return (after.sequence + 1, after.hash) if after else (1, "")


def hash_of(parts: Sequence[Any]) -> str:
    """Return the hash of an entry that says this."""
    return content_hash(dump(list(parts)))


def verify_entries(entries: Iterable[Chained], about: str, *, given_up: bool = False) -> None:
    """Check the entries of a log from its start; ``about`` names it. One that was written while the last before it
    could not be read holds no hash of it. ``given_up``: some were given up, and are not there. Raises
    ``BrokenChainError``."""
    previous, last = "", 0
    for one in entries:
        follows = one.sequence == last + 1 and one.previous in (previous, "")
        if not (follows or (given_up and one.sequence > last + 1)) or one.hash != hash_of(one.parts):
            raise BrokenChainError(f"{about}, {last + 1}")
        previous, last = one.hash, one.sequence
