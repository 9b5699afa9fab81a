"""The course of a dossier: the milestones that it reaches, and the phases between them."""

from __future__ import annotations

from dataclasses import dataclass

from gehoor.core.conditions.model import Condition


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
