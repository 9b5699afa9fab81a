"""What ``decide`` answers: everything that holds for a dossier at a moment, each with its reason."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from gehoor.core.agreement.course import Milestone, Phase
from gehoor.core.agreement.terms import Term
from gehoor.core.deadlines.due import Due
from gehoor.core.deadlines.status import TermStatus
from gehoor.core.dossier.dossier import occurrence_key
from gehoor.core.dossier.events import EventKind
from gehoor.core.dossier.parts import Approval, Settled
from gehoor.core.forms.fields import StoredValue
from gehoor.core.letters.model import LetterTemplate
from gehoor.core.rules.duties import OwedDuty

FIRST_OCCURRENCE = 1
"""The occurrence of what does not come back."""

ROW = "row/"
"""What the occurrence begins with of a term that runs for a row."""

REOPENED = "reopened/"
"""What the occurrence begins with of a term that started anew when its dossier was opened again."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why: the rule's own sentence, where it stands (file and line), and the agreement or law it rests on."""

    rule: str
    because: str
    source: str
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Requirement:
    """A field must be answered before a milestone. ``reason`` is absent when the form itself says so."""

    field: str
    milestone: str
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class FieldState:
    """Whether a field is shown, before what it is required, and whether it may still change."""

    visible: bool
    fixed: bool
    requirements: tuple[Requirement, ...] = ()


@dataclass(frozen=True, slots=True)
class DutyState:
    """A duty of this dossier. ``responsible`` is the role that has it here; ``settled`` is absent while it is owed."""

    owed: OwedDuty
    responsible: str
    reason: Reason
    settled: Settled | None = None


@dataclass(frozen=True, slots=True)
class ApprovalState:
    """An approval that is asked for before a milestone. ``given`` is absent until someone approves.

    ``lapsed``: it was given, and then what was approved was changed.
    """

    key: str
    asked: str
    """The role that the rule names."""
    role: str
    """The role that does its part in this dossier."""
    milestone: str
    reason: Reason
    given: Approval | None = None
    lapsed: bool = False

    @property
    def holds(self) -> bool:
        """Say whether it is given, and for what now stands there."""
        return self.given is not None and not self.lapsed


@dataclass(frozen=True, slots=True)
class Assigned:
    """The role that handles the dossier, because a rule says so."""

    role: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class MilestoneState:
    """Whether a milestone is reached, when, and what still stands before it."""

    milestone: Milestone
    at: date | datetime | None
    missing: tuple[Requirement, ...]
    blocks: tuple[Reason, ...]
    owed: tuple[DutyState, ...] = ()
    unapproved: tuple[ApprovalState, ...] = ()
    earlier: tuple[MilestoneState, ...] = ()
    """What earlier milestones still ask: all that holds for one that was reached, the duties of one that was not."""
    unsent: tuple[LetterTemplate, ...] = ()
    """The letters by which it is reached, of which one has to be sent."""
    running: tuple[TermState, ...] = ()
    """Of a milestone that closes: the terms that run, and would end undone."""
    skipped: tuple[MilestoneState, ...] = ()
    """Of a milestone that closes: those before it that were not reached, and ask something that closing does not."""

    @property
    def hindered(self) -> bool:
        """Say whether anything stands before it."""
        return bool(
            self.missing
            or self.blocks
            or self.owed
            or self.unapproved
            or self.earlier
            or self.unsent
            or self.running
        )

    @property
    def reached(self) -> bool:
        """Say whether the milestone is reached."""
        return self.at is not None


@dataclass(frozen=True, slots=True)
class PhaseState:
    """Whether a phase exists for this dossier, is open, and is done."""

    phase: Phase
    applies: bool
    open: bool
    done: bool
    missing: tuple[Requirement, ...]


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant (UTC) at which a term calls for something, by the name of its rule: a level of lateness (from
    1), or a reminder (level 0) by its index."""

    name: str
    at: datetime
    level: int = 0
    index: int = 0


@dataclass(frozen=True, slots=True)
class TermState:
    """How a term stands. ``due`` is absent while the term has not started, or is not needed.

    ``moments`` are the instants at which it calls for something, as long as nobody did what it asks.
    """

    term: Term
    status: TermStatus
    due: Due | None = None
    completed_at: datetime | None = None
    moments: tuple[Moment, ...] = ()
    occurrence: int | str = FIRST_OCCURRENCE
    resumes_at: datetime | None = None
    """The instant (UTC) at which a suspension that still runs ends by itself."""
    faulty: bool = False
    """The start date is one that no term can be counted from."""
    responsible: str = ""
    """The role that is responsible in this dossier."""
    cancelled: bool = False
    """It would still run, had the dossier not been closed."""
    adjusted_before: tuple[int, int] = (0, 0)
    """How many of its suspensions and extensions are from before it began anew."""
    began: datetime | None = None
    """When what it begins by became true (UTC), of a term that begins by something."""
    row: int = 0
    """Of a term that runs for each row: the number of the row, from 1."""
    row_title: str = ""
    """What that row is called."""
    named: tuple[str, ...] = ()
    """The accounts of who has the task that is to be done by its day; empty: nobody, or it is about no task."""

    @property
    def key(self) -> str:
        """Return what it is called among the terms of a dossier: its term, and of a row which one."""
        return f"{self.term.id}/{self.occurrence}" if self.row else self.term.id

    @property
    def name(self) -> str:
        """Return what people call it."""
        return f"{self.term.name} ({self.row_title} {self.row})" if self.row else self.term.name

    @property
    def course(self) -> dict[str, Any]:
        """Return what is kept of it with what it calls for: its time round, when it is due, and of a row its number."""
        told: dict[str, Any] = {"occurrence": self.occurrence, "due": self.due_text}
        if self.row:
            told["row"] = self.row
        # What was done is no use to urge anybody about.
        return {**told, "named": list(self.named)} if self.named and not self.completed_at else told

    @property
    def undone(self) -> bool:
        """Say whether it began, and nobody did what it asks."""
        runs = self.due is not None and self.completed_at is None
        return self.cancelled or (runs and self.status is not TermStatus.NOT_NEEDED)

    @property
    def after_reopening(self) -> bool:
        """Say whether it started anew when the dossier was opened again."""
        return str(self.occurrence).startswith(REOPENED)

    @property
    def due_text(self) -> str:
        """Return when it is due, as ISO text; empty while it has no due day."""
        return self.due.due.isoformat() if self.due and self.due.due else ""

    @property
    def remind_at(self) -> datetime | None:
        """Return the first instant (UTC) at which someone is reminded."""
        return min((moment.at for moment in self.moments if not moment.level), default=None)


@dataclass(frozen=True, slots=True)
class DueAction:
    """Something that must happen now and has not happened yet: a miss, a reminder, an escalation, a message.

    ``key`` names it, ``data`` says in which occurrence."""

    key: str
    kind: EventKind
    data: Mapping[str, Any]
    tell: str
    """The role to tell, or empty."""

    @property
    def named(self) -> tuple[str, ...]:
        """Return the accounts of who has the task that it is about."""
        return tuple(self.data.get("named", ()))

    @property
    def occurrence(self) -> int | str:
        """Return which time round this is."""
        found: int | str = self.data.get("occurrence", FIRST_OCCURRENCE)
        return found

    @property
    def once(self) -> str:
        """Return what this fires once for: its time round, and of a term the day that it is due."""
        return occurrence_key(self.key, self.occurrence, self.data.get("due", ""))


def acting_role(stand_ins: Mapping[str, str], role: str) -> str:
    """Follow who stands in for whom. Roles that stand in for each other in a circle keep their own part."""
    seen = [role]
    while (following := stand_ins.get(seen[-1], "")) and following not in seen:
        seen.append(following)
    return role if stand_ins.get(seen[-1]) else seen[-1]


@dataclass(frozen=True)
class Decision:
    """Everything that holds for a dossier at ``at`` (UTC)."""

    at: datetime
    fired: frozenset[str]
    """The names of all conditions that hold, see ``core/rules/names.py``."""
    fields: Mapping[str, FieldState]
    milestones: Mapping[str, MilestoneState]
    phases: Mapping[str, PhaseState]
    terms: Mapping[str, TermState]
    """By their keys: those that run for each row are there once for each."""
    values: Mapping[str, StoredValue]
    """The answers, with what rules say laid over them."""
    derived: Mapping[str, Reason]
    """The fields whose value a rule gives now, and why."""
    duties: tuple[DutyState, ...]
    approvals: tuple[ApprovalState, ...]
    assigned: Assigned | None
    handlers: int
    """How many people may handle it together."""
    stand_ins: Mapping[str, str]
    """Role -> the role that does its part in this dossier."""
    flags: tuple[Reason, ...]
    """The marks that lists show; ``because`` is the mark itself."""
    warnings: tuple[Reason, ...]
    due_actions: tuple[DueAction, ...]
    next_moment: datetime | None
    """The earliest instant after ``at`` at which a term calls for something."""
    closed: bool

    def acting(self, role: str) -> str:
        """Return the role that does the part of a role in this dossier."""
        return acting_role(self.stand_ins, role)

    @property
    def current_phase(self) -> PhaseState | None:
        """Return the phase that is worked on: the first that is open and not done. One that lacks nothing and only ends
        when the dossier closes, together with later ones, waits for those."""
        return self.phase_beside(frozenset())

    def phase_beside(self, past: Collection[str]) -> PhaseState | None:
        """Return the phase that is worked on beside those that are done at milestones that nobody waits for any
        more."""
        there = [state for state in self.phases.values() if state.applies]
        last = {state.phase.done_at: state for state in there}

        def waits(state: PhaseState) -> bool:
            closes = self.milestones[state.phase.done_at].milestone.closes
            return closes and not state.missing and last[state.phase.done_at] is not state

        return next(
            (
                one
                for one in there
                if one.open and not one.done and one.phase.done_at not in past and not waits(one)
            ),
            None,
        )

    @property
    def attention_at(self) -> datetime | None:
        """Return when this dossier needs attention: now, while something is still to be done, or at a later instant."""
        return self.at if self.due_actions else self.next_moment
