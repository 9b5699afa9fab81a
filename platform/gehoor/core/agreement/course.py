"""The course of a dossier: the milestones that it reaches, and the phases between them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gehoor.core.conditions.model import Condition
from gehoor.core.forms.fields import StoredValue


@dataclass(frozen=True, slots=True)
class Milestone:
    """A moment in a dossier, reached when its field is answered. ``hour`` is the field with the time of day."""

    id: str
    name: str
    field: str
    hour: str = ""
    closes: bool = False


@dataclass(frozen=True, slots=True)
class Phase:
    """A phase: open after a milestone (or from the start), done at a milestone."""

    id: str
    name: str
    explanation: str
    done_at: str
    opens_after: str = ""
    applies_if: Condition | None = None
    public: str = ""
    """What people outside read while it is open."""
    fixed_after: str = ""
    """The milestone after which no answer of it changes."""


@dataclass(frozen=True, slots=True)
class ContactKind:
    """What a contact that is noted can be too, such as word of how far it is. ``ways``: by which it went then, none:
    any; in ``fills`` the code ``TODAY`` stands for the day of the contact."""

    id: str
    name: str
    ways: frozenset[str]
    fills: Mapping[str, StoredValue]


_WAYS = {"otherwise": "other"}


def build_contacts(document: Mapping[str, Any]) -> dict[str, ContactKind]:
    """Build from the canonical document what a contact can be too, by id."""
    return {
        name: ContactKind(
            name,
            data["name"],
            frozenset(_WAYS.get(way, way) for way, counts in data.get("contact-by", {}).items() if counts),
            dict(data["fill"]),
        )
        for name, data in document.get("contact-moments", {}).items()
    }
