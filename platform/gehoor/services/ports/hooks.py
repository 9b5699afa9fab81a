"""Subscriptions of programs that hear what happened, and the port over which they are told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class HookEvent(StrEnum):
    """What a program can hear of a dossier. The values are what it is told, and stay what they are."""

    REGISTERED = "gehoor.dossier.registered"
    CHANGED = "gehoor.dossier.changed"
    """What whoever told it can see of it changed."""
    CLOSED = "gehoor.dossier.closed"
    REOPENED = "gehoor.dossier.reopened"


@dataclass(frozen=True, slots=True)
class Hook:
    """A subscription: which organisation's events go to which address. ``secret`` is sealed; ``paused_at``: since when
    nothing is sent (UTC text), and ``why``: what went wrong, where we stopped by ourselves."""

    id: str
    organisation: str
    name: str
    address: str
    events: tuple[str, ...]
    secret: str
    by: str
    since_at: str
    paused_at: str = ""
    why: str = ""

    @property
    def is_paused(self) -> bool:
        """Say whether what happens waits until somebody lets it go on."""
        return bool(self.paused_at)


class HookError(Exception):
    """What happened could not be told now; the text says why, for who manages it."""


class HookPoster(Protocol):
    """Tells programs elsewhere what happened."""

    def refuses(self, address: str) -> str:
        """Return why an address is none that anything is sent to, as a code (``address``, ``https`` or ``private``);
        empty where it may be one."""
        ...

    def post(self, address: str, headers: Mapping[str, str], body: bytes) -> None:
        """Send something once, and follow nothing. Raises ``HookError``, also where the address leads to a network of
        our own."""
        ...
