"""Terms as agreed: what must be done within which time, from when until when, by whom."""

from __future__ import annotations

from dataclasses import dataclass

from gehoor.core.conditions import Condition
from gehoor.core.deadlines import TermRule
from gehoor.core.durations import Duration


@dataclass(frozen=True, slots=True)
class LateLevel:
    """What happens when a term is missed: level 1 at once, the next after so long, each told to a role."""

    level: int
    after: Duration | None = None
    tell: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """A term as agreed. ``starts`` and ``until`` are milestones; ``source`` is the agreement or law it rests on;
    ``place`` says where it stands: file and line."""

    id: str
    name: str
    rule: TermRule
    starts: str
    until: str
    responsible: str
    reminders: tuple[Duration, ...] = ()
    levels: tuple[LateLevel, ...] = (LateLevel(1),)
    applies_if: Condition | None = None
    not_needed_if: Condition | None = None
    source: str = ""
    public: str = ""
    """What people outside are told that will happen within this term; empty: nothing."""
    place: str = ""
