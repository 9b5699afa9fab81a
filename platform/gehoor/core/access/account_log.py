"""The account log: who changed an account, when and what, each entry chained to the one before it by its hash.

It holds no password and no address: only the names of what changed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from gehoor.core.dossier.events import instant_text
from gehoor.core.dossier.log_chain import hash_of, link


class Deed(StrEnum):
    """What was done with an account."""

    ADDED = "added"
    CHANGED = "changed"
    """``changed``: the names of its members that changed, ``came`` and ``went``: the roles."""
    SAME_PERSON = "same-person"
    """It is of the same person as ``other``; without it (as it was written before), of nobody else after all."""
    OTHER_PERSON = "other-person"
    """It is not of the same person after all as ``other``: accounts by a space."""
    AWAY = "away"
    """``other`` acts meanwhile, if anybody does."""
    BACK = "back"
    PASSWORD = "password"  # noqa: S105 - what was done, not a secret
    """It was given a password, and may sign in."""
    SECOND_STEP_OFF = "second-step-off"
    LEFT = "left"
    ASKED = "asked"
    """What waits until somebody else confirms it: roles that ``came``, or what ``changed``."""
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    HANDED_OVER = "handed-over"
    """What it handled went to ``other``."""


@dataclass(frozen=True, slots=True)
class AccountEntry:
    """That somebody (``by``: an account, or who runs the server) did something with an account, at an instant (UTC
    text)."""

    account: str
    sequence: int
    at: str
    by: str
    deed: str
    changed: tuple[str, ...] = ()
    came: tuple[str, ...] = ()
    went: tuple[str, ...] = ()
    other: str = ""
    previous: str = ""
    hash: str = ""
    from_at: str = ""
    """From when on what came holds, or somebody is away, until just before ``until_at`` (UTC texts; empty: no bound,
    and in what was written before this was kept)."""
    until_at: str = ""

    @property
    def key(self) -> str:
        """Return what it is known by."""
        return f"{self.account}/{self.sequence:06}"

    @property
    def parts(self) -> tuple[Any, ...]:
        """Return what its hash is of."""
        lists = [list(one) for one in (self.changed, self.came, self.went)]
        said = (self.account, self.sequence, self.at, self.by, self.deed)
        # What was written before has no days, and keeps its hash.
        days = ([self.from_at, self.until_at],) if self.from_at or self.until_at else ()
        return (*said, *lists, self.other, self.previous, *days)


@dataclass(frozen=True, slots=True)
class Done:
    """What was done, before it is known when and by whom: the members of ``AccountEntry``."""

    deed: Deed
    changed: tuple[str, ...] = ()
    came: tuple[str, ...] = ()
    went: tuple[str, ...] = ()
    other: str = ""
    from_at: str = ""
    until_at: str = ""


def entered(
    account: str, done: Done, by: str, now: datetime, after: AccountEntry | int | None
) -> AccountEntry:
    """Return an entry that follows on another, or is the first. ``after``: also how many there were, where the last of
    those cannot be read."""
    sequence, previous = (after + 1, "") if isinstance(after, int) else link(after)
    entry = AccountEntry(
        account, sequence, instant_text(now), by, done.deed.value, done.changed, done.came, done.went, done.other,
        previous, from_at=done.from_at, until_at=done.until_at,
    )  # fmt: skip
    return replace(entry, hash=hash_of(entry.parts))
