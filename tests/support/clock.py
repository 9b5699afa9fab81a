"""Moments as people say them."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo


def at(text: str, zone: str = "Europe/Brussels") -> datetime:
    """Return the UTC instant of a local time: ``at("2026-03-27 09:00")``."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


class Clock:
    """A clock that stands still until a test moves it."""

    def __init__(self, text: str) -> None:
        self.now = at(text)

    def __call__(self) -> datetime:
        return self.now

    def to(self, text: str) -> None:
        self.now = at(text)
