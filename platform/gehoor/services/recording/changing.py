"""Changing a dossier: the one way in which anything that runs is changed, by pages, commands and whatever comes.

A change is authorised, judged and decided on one moment of the register, while nobody is kept from writing; then it is
written in a transaction of its own, if nothing that it rests on moved in between. Else it is done again.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from typing import Final
from zoneinfo import ZoneInfo

from gehoor.core.access.field_rights import FieldRights
from gehoor.core.agreement.actions import Action
from gehoor.core.agreement.model import Agreement
from gehoor.core.decision.decide import decide
from gehoor.core.decision.lateness import Hidden, hidden_lateness
from gehoor.core.decision.model import Decision
from gehoor.core.decision.tasks import TaskState, task_of
from gehoor.core.dossier.conflict_of_interest import excluded_from
from gehoor.core.dossier.dossier import Dossier, fold
from gehoor.core.dossier.events import Event, NewEvent
from gehoor.core.dossier.relations import other_of
from gehoor.core.objections.objections import Objection
from gehoor.core.objections.text_room import as_kept, without_room
from gehoor.services.access.authorisation import (
    OUTSIDE,
    Actor,
    Operator,
    name_of,
    refuse_barred,
    refuse_strangers,
    rights_in,
)
from gehoor.services.access.confidentiality import kept_from, not_to_handle
from gehoor.services.access.found_dossiers import as_known, others_counted, unaware_of, unknown_to
from gehoor.services.access.known_relations import numbers_hidden
from gehoor.services.access.rights import in_emergency
from gehoor.services.access.task_access import has_it, rights_by_task
from gehoor.services.ports.records import Message
from gehoor.services.projection.projection import project_pending
from gehoor.services.recording.answers import RefusedError
from gehoor.services.recording.drafting import drafted
from gehoor.services.recording.recording import Outcome, Recorded, consequences, settled, write
from gehoor.services.register.codes_in_texts import without_codes
from gehoor.services.register.pending import Decided
from gehoor.services.register.register import (
    MovedError,
    Register,
    UnknownDossierError,
    VersionConflictError,
    reading,
    writing,
)
from gehoor.services.register.runtime import Runtime
from gehoor.services.register.staff import Staff

FREELY: Final = 3
"""How often a change is tried without keeping others from writing."""


class AnonymisedError(Exception):
    """The dossier was anonymised: nothing about it changes any more."""


@dataclass(frozen=True)
class Case:
    """A dossier as somebody is about to change it, with what holds for it at that instant."""

    runtime: Runtime
    register: Register
    """The register at the moment that the change is judged on."""
    staff: Staff
    agreement: Agreement
    events: tuple[Event, ...]
    dossier: Dossier
    excluded: frozenset[str]
    actor: Actor | None
    """None: someone from outside, with the follow-up code."""
    now: datetime
    task: TaskState | None = None
    """The task by which the actor may change it, and nothing else of it."""

    @cached_property
    def decision(self) -> Decision:
        """What holds before the change."""
        return decide(self.agreement, self.dossier, self.now, self.runtime.engine)

    def known(self, outcome: Outcome | None = None) -> Decision:
        """Return what the actor may know of what holds before the change, or of what it would come to: without the
        dossiers that the register gave for this one, and that do not exist for the actor."""
        agreement, dossier, decision = self.agreement, self.dossier, self.decision
        if outcome is not None:
            agreement, dossier, decision = outcome.agreement, outcome.dossier, outcome.decision
        unknown = self._unknown(others_counted(dossier))
        return as_known(agreement, dossier, decision, unknown, self.runtime.engine).decision

    def _unknown(self, others: Collection[str]) -> frozenset[str]:
        """Return those of some other dossiers that do not exist for the actor."""
        name = "" if self.actor is None or isinstance(self.actor, Operator) else self.actor_name
        return unknown_to(self.register, self.runtime.library, self.staff, name, others)

    def unaware(self, rule: str) -> frozenset[str]:
        """Return who hears nothing of what a rule says: see ``unaware_of``."""
        decided, library = (self.agreement, self.dossier, self.decision), self.runtime.library
        found = unaware_of(self.register, library, self.staff, decided, self.runtime.engine)
        return found.get(rule, frozenset())

    @cached_property
    def rights(self) -> FieldRights:
        """What the actor may see, change and do. Raises ``UnknownDossierError`` for someone from outside."""
        if self.actor is None:
            raise UnknownDossierError(self.dossier.id)
        if self.task is not None:
            return rights_by_task(self.agreement, self.task)
        # From whom it is hidden, and who sees it in an emergency, acts in the roles that they have anywhere.
        hidden = self.excluded if self.actor_name in self.hidden_from else self.hidden_from
        handlers = self.dossier.handlers
        rights = rights_in(self.agreement, self.actor, self.staff, self.decision, hidden, handlers)
        if self.dossier.emergency_until(self.actor_name, self.now) is not None:
            rights = in_emergency(self.agreement, rights, was_hidden=self.actor_name in self.hidden_from)
        related = {other for event in self.events if (other := other_of(event))}
        untold = numbers_hidden(self.dossier, self.events, self._unknown(related))
        return replace(rights, unseen=rights.unseen | untold) if untold else rights

    @cached_property
    def hidden_from(self) -> frozenset[str]:
        """Everyone of the department for whom the dossier does not exist: a conflict of interest, or its level."""
        return kept_from(self.agreement, self.dossier, self.decision, self.excluded, self.staff)

    @property
    def is_hidden(self) -> bool:
        """Whether it does not exist for whoever is about to change it, and they did not open it in an emergency."""
        hidden = not isinstance(self.actor, Operator) and self.actor_name in self.hidden_from
        return hidden and self.dossier.emergency_until(self.actor_name, self.now) is None

    @property
    def not_to_handle(self) -> frozenset[str]:
        """Those of them who cannot be given it either."""
        return not_to_handle(self.agreement, self.dossier, self.decision, self.excluded, self.staff)

    @property
    def actor_name(self) -> str:
        """How the actor stands in the events."""
        return OUTSIDE if self.actor is None else name_of(self.actor)

    @property
    def today(self) -> date:
        """The local date of the change, where the organisation is."""
        return self.now.astimezone(ZoneInfo(self.agreement.time_zone)).date()

    def outcome(self, *new_events: NewEvent, moved_to: Agreement | None = None) -> Outcome:
        """Return what new events would come to; ``moved_to``: the agreement that the dossier is under after them. No
        text in them has a follow-up code, whoever typed it and wherever. Raises ``RefusedError`` for one that is too
        long."""
        if too_long := without_room(new_events):
            raise RefusedError(
                [Objection("", "text-too-long", {"bound": too_long.most, "length": too_long.length})]
            )
        new_events = tuple(
            replace(one, data=without_codes(self.register, one.data)) for one in map(as_kept, new_events)
        )
        after = drafted(self.dossier, new_events, self.agreement, self.now, self.actor_name)
        agreement = moved_to or self.agreement
        return Outcome(agreement, new_events, after, decide(agreement, after, self.now, self.runtime.engine))

    def hidden_lateness(self, outcome: Outcome) -> tuple[Hidden, ...]:
        """Return the lateness that would no longer show after a change."""
        return hidden_lateness(self.decision, outcome.decision, self.events)

    def told_hidden(self, hidden: Sequence[Hidden]) -> list[tuple[str, date, tuple[str, ...]]]:
        """Return hidden lateness as an objection tells it: each term with its due day and who was told."""
        roles = self.agreement.roles
        return [
            (one.name, one.due, tuple(roles[role].name if role in roles else role for role in one.told))
            for one in hidden
        ]


@dataclass(frozen=True)
class Change:
    """What is to be written of a case: its outcome, and what belongs to it."""

    outcome: Outcome
    messages: tuple[Message, ...] = ()
    also: tuple[Callable[[Register], None], ...] = field(default=())
    """What else is kept in the same transaction. Raises ``MovedError`` when it no longer can be."""


def changing(  # noqa: PLR0913 - one way to change, with all that it can come by
    runtime: Runtime,
    dossier_id: str,
    actor: Actor | None,
    action: Action | None,
    now: datetime,
    change: Callable[[Case], Change | None],
    *,
    at_once: bool = False,
    by_task: tuple[str, str] | None = None,
) -> Dossier:
    """Change a dossier as ``change`` says, which may be asked more than once; None leaves it as it is. ``at_once``: it
    is asked once, while others are kept from writing, as it writes more than this dossier itself.

    ``actor`` None is someone from outside, for whom a change says itself what they may do; ``by_task``: the task (its
    id, and the key of its row) by which an account may, that knows nothing else of the dossier. Raises
    ``UnknownDossierError``, also for whoever may not know of the dossier; ``NotAllowedError`` when the agreement keeps
    the action for others; ``AnonymisedError``; and what ``change`` raises. Nothing is written then.
    """
    for locked in (True,) if at_once else (*(False,) * FREELY, True):
        try:
            return _changed(runtime, (dossier_id, by_task), actor, action, now, change, locked=locked)
        except (MovedError, VersionConflictError):
            if locked:
                raise
    raise AssertionError("the last attempt returns or raises")


def _changed(
    runtime: Runtime,
    which: tuple[str, tuple[str, str] | None],
    actor: Actor | None,
    action: Action | None,
    now: datetime,
    change: Callable[[Case], Change | None],
    *,
    locked: bool,
) -> Dossier:
    """``which``: the dossier, and the task by which it is changed; ``locked``: keep others from writing from the
    beginning, so that nothing can move."""
    dossier_id, by_task = which
    with (writing if locked else reading)(runtime.store) as register:
        case = (
            open_case(runtime, register, dossier_id, actor, action, now)
            if by_task is None
            else _by_task(runtime, register, (dossier_id, *by_task), actor, now)
        )
        wanted = change(case)
        if wanted is None:
            return case.dossier
        came = (case.dossier, case.actor_name)
        recorded = consequences(runtime, register, case.staff, wanted.outcome, wanted.messages, came=came)
        if locked:
            after = write_case(register, case, wanted, recorded)
    if not locked:
        with writing(runtime.store) as register:
            if runtime.staff.of(register, now) is not case.staff:
                raise MovedError
            after = write_case(register, case, wanted, recorded)
    keep_decided(runtime, settled(recorded, after))
    return after


def write_case(register: Register, case: Case, wanted: Change, recorded: Recorded) -> Dossier:
    """Write what a change comes to, in this transaction, and return the dossier as it then is."""
    after = write(register, case.dossier, recorded, case.actor_name, case.agreement)
    for also in wanted.also:
        also(register)
    return after


def _by_task(
    runtime: Runtime, register: Register, of: tuple[str, str, str], actor: Actor | None, now: datetime
) -> Case:
    """Return a dossier as somebody is about to change it who has a task in it. Raises as ``changing`` does."""
    events = tuple(register.events(of[0]))
    if not events or not isinstance(actor, str):
        raise UnknownDossierError(of[0])
    dossier, staff = fold(events), runtime.staff.of(register, now)
    if dossier.frozen is not None:
        raise UnknownDossierError(of[0])
    agreement = runtime.library.agreement(register, dossier.agreement)
    excluded = excluded_from(agreement, dossier.values, staff.same_person)
    if staff.incomplete:
        excluded |= register.excluded_from(of[0])
    case = Case(runtime, register, staff, agreement, events, dossier, excluded, actor, now)
    state = task_of(agreement, dossier, case.decision, of[1:])
    if state is None or not has_it(agreement, dossier, case.decision, state, staff, actor):
        raise UnknownDossierError(of[0])
    return replace(case, task=state)


def open_case(
    runtime: Runtime,
    register: Register,
    dossier_id: str,
    actor: Actor | None,
    action: Action | None,
    now: datetime,
) -> Case:
    """Return a dossier as somebody is about to change it, if they may. Raises as ``changing`` does."""
    events = tuple(register.events(dossier_id))
    if not events:
        raise UnknownDossierError(dossier_id)
    dossier = fold(events)
    agreement = runtime.library.agreement(register, dossier.agreement)
    if dossier.frozen is not None:
        raise AnonymisedError(dossier_id)
    staff = runtime.staff.of(register, now)
    excluded = (
        excluded_from(agreement, dossier.values, staff.same_person)
        if actor is None
        else refuse_strangers(agreement, dossier, actor, staff)
    )
    if staff.incomplete:
        excluded |= register.excluded_from(dossier_id)
        if isinstance(actor, str) and actor in excluded:
            raise UnknownDossierError(dossier_id)
    case = Case(runtime, register, staff, agreement, events, dossier, excluded, actor, now)
    if actor is not None:
        if action is not Action.BREAK_GLASS and case.is_hidden:
            raise UnknownDossierError(dossier_id)
        refuse_barred(agreement, case.rights, action)
    return case


def keep_decided(runtime: Runtime, decided: Decided) -> None:
    """Leave what was decided for whoever works out the summary; when much waits, work it out now."""
    if runtime.pending.keep(decided):
        project_pending(runtime)
