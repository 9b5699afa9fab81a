"""Rules: when this, then that, because. And the registry of effects."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from gehoor.core.conditions import Condition


@dataclass(frozen=True, slots=True)
class Require:
    """A field must be answered before a milestone; empty: before the milestone that completes its phase."""

    field: str
    before: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A milestone cannot be reached."""

    milestone: str


@dataclass(frozen=True, slots=True)
class Notify:
    """A role gets a message, once per dossier and rule."""

    role: str


@dataclass(frozen=True, slots=True)
class Show:
    """A field is shown (where some rule shows a field, it is hidden unless one of those rules fires)."""

    field: str


@dataclass(frozen=True, slots=True)
class Hide:
    """A field is not shown, and so never required."""

    field: str


@dataclass(frozen=True, slots=True)
class Warn:
    """A sentence that the handler sees; it blocks nothing."""

    text: str


Effect: TypeAlias = Require | Block | Notify | Show | Hide | Warn

EFFECTS: Mapping[str, Callable[[Mapping[str, str]], Effect]] = {
    "require": lambda data: Require(data["require"], data.get("before", "")),
    "block": lambda data: Block(data["block"]),
    "notify": lambda data: Notify(data["notify"]),
    "show": lambda data: Show(data["show"]),
    "hide": lambda data: Hide(data["hide"]),
    "warn": lambda data: Warn(data["warn"]),
}
"""Canonical keyword -> how the effect is built from canonical data."""


def effect_from(data: Mapping[str, str]) -> Effect:
    """Build an effect from canonical data. Raises ``KeyError`` when it names no known effect."""
    keyword = next(key for key in EFFECTS if key in data)
    return EFFECTS[keyword](data)


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as agreed. ``source``: where it stands, file and line; ``basis``: the agreement or law it rests on."""

    id: str
    condition: Condition
    effects: tuple[Effect, ...]
    because: str = ""
    source: str = ""
    basis: str = ""
