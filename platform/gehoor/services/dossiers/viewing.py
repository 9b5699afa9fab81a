"""Viewing a dossier: what holds for it now and all that happened, as far as whoever looks may see it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial

from gehoor.core.access.field_rights import EVERYTHING, FieldRights
from gehoor.core.agreement.actions import Action
from gehoor.core.agreement.model import Agreement
from gehoor.core.decision.decide import decide
from gehoor.core.decision.model import Decision, TermState
from gehoor.core.decision.term_course import fields_timing
from gehoor.core.dossier.conflict_of_interest import excluded_from, tells_of
from gehoor.core.dossier.dossier import Dossier, fold
from gehoor.core.dossier.events import Event, verify
from gehoor.core.dossier.notes import NOTES, untold, without_struck
from gehoor.services.access.confidentiality import kept_from, not_to_handle, refuse_uncleared
from gehoor.services.access.found_dossiers import Known, as_known, others_named, unknown_to
from gehoor.services.access.known_relations import numbers_hidden, relations_known
from gehoor.services.access.rights import (
    as_seen,
    event_as_seen,
    in_emergency,
    rights_of,
    seen_values,
    telling,
    without_what_was_said,
)
from gehoor.services.ports.records import Account, Message
from gehoor.services.register.marks import Marks, marks_of
from gehoor.services.register.register import Register, UnknownDossierError, reading
from gehoor.services.register.runtime import Runtime
from gehoor.services.register.staff import Staff


@dataclass(frozen=True, slots=True)
class AlsoHandling:
    """Somebody who handles a dossier beside the first: account, full name, and the full name of who acts for them while
    they are away."""

    account: str
    name: str
    deputy: str


@dataclass(frozen=True)
class OpenedDossier:
    """A dossier as someone looks at it: its agreement, what holds for it now, and all that happened."""

    dossier: Dossier
    agreement: Agreement
    decision: Decision
    events: tuple[Event, ...]
    messages: tuple[Message, ...]
    under: Mapping[str, Agreement]
    """The agreements that its events happened under, by hash."""
    rights: FieldRights = EVERYTHING
    """What whoever looks may see and change. What they may not see is not in here."""
    handler: str = ""
    """The full name of who handles it, if anyone does."""
    handler_deputy: str = ""
    """The full name of who acts for the handler, while they are away."""
    beside: tuple[AlsoHandling, ...] = ()
    """Who handles it too."""
    candidates: tuple[Account, ...] = ()
    """Who can be given it."""
    emergency_until: datetime | None = None
    """Until when whoever looks sees what is hidden from them, because they opened it in an emergency."""
    away: frozenset[str] = frozenset()
    """The accounts of those who are away."""
    deputies: Mapping[str, str] = field(default_factory=dict)
    """Role -> the role that acts for it here, where nobody holds it for whom the dossier exists."""
    marking: Callable[[], Marks] = field(default=Marks, repr=False, compare=False)
    """Gives what makes marks."""

    @property
    def handled_by(self) -> str:
        """Return the full names of everyone who handles it."""
        return ", ".join(one for one in (self.handler, *(one.name for one in self.beside)) if one)

    def tells_when(self, state: TermState) -> bool:
        """Say whether whoever looks may know how a due day follows, and when the term was done: a date that they may
        not see is told by either. The due day itself is theirs, as somebody has to hold it."""
        return self.rights.unseen.isdisjoint(fields_timing(self.agreement, state.term))

    @property
    def mark(self) -> str:
        """Return what says up to where whoever looks saw what happened, and nothing of what they may not see."""
        return self.marking().of(self.events)

    def version_at(self, mark: str) -> int:
        """Return the version that somebody saw, by its mark; 0 where that is not known any more."""
        return self.marking().sequence_at(self.events, mark)

    def events_until(self, version: int) -> list[Event]:
        """Return what may be seen of what happened up to a version, the opening at least."""
        return [event for event in self.events if event.sequence <= max(version, 1)]


def look(runtime: Runtime, dossier_id: str, now: datetime, viewer: str = "") -> OpenedDossier:
    """Return a dossier with what holds for it now. Raises ``UnknownDossierError`` and ``BrokenChainError``.

    ``viewer``: the name of the account that looks; without one everything is shown, to whoever runs the server.
    """
    with reading(runtime.store) as register:
        events = register.events(dossier_id)
        if not events:
            raise UnknownDossierError(dossier_id)
        verify(events)
        dossier = fold(events)
        agreement = runtime.library.agreement(register, dossier.agreement)
        staff = runtime.staff.of(register, now)
        conflicts = excluded_from(agreement, dossier.values, staff.same_person)
        conflicts |= _kept_from_before(runtime, register, staff, dossier, viewer)
        if viewer in conflicts:
            raise UnknownDossierError(dossier_id)
        under = {
            digest: runtime.library.agreement(register, digest)
            for digest in {event.agreement for event in events}
        }
        messages = register.messages_of(dossier_id)
        hidden = unknown_to(register, runtime.library, staff, viewer, others_named(events))
        relations = relations_known(register, staff, viewer, events, hidden, under.values())
    decision = decide(agreement, dossier, now, runtime.engine)
    excluded = kept_from(agreement, dossier, decision, conflicts, staff)
    emergency = dossier.emergency_until(viewer, now)
    if viewer in excluded and emergency is None:
        raise UnknownDossierError(dossier_id)
    holders = staff.holders(agreement.organisation)
    opened = OpenedDossier(
        relations.dossier(dossier),
        staff.in_forms(agreement),
        decision,
        tuple(relations.events(events)),
        tuple(messages),
        {digest: staff.in_forms(one) for digest, one in under.items()},
        handler=staff.full_name(dossier.handler),
        handler_deputy=staff.full_name(staff.presence.deputy_of(dossier.handler, conflicts)),
        beside=tuple(
            AlsoHandling(one, staff.full_name(one), staff.full_name(staff.presence.deputy_of(one, conflicts)))
            for one in dossier.beside
        ),
        away=staff.presence.away,
        emergency_until=emergency,
        # Not here: whoever runs the server asks no mark, and may have no key beside the register.
        marking=partial(marks_of, runtime),
    )

    def with_people(known: frozenset[str]) -> OpenedDossier:
        """``known``: of whose conflicts of interest may be known."""
        kept = not_to_handle(agreement, dossier, decision, known, staff)
        candidates = staff.candidates((dossier.organisation, dossier.department), kept)
        hidden_from = kept_from(agreement, dossier, decision, known, staff)
        deputies = holders.deputies(agreement, hidden_from)
        return replace(opened, candidates=tuple(staff.to_choose(candidates)), deputies=deputies)

    opened = with_people(conflicts)
    if dossier.frozen is not None:
        # Whoever looks: nothing changes in it any more.
        fields = frozenset(agreement.dossier_form.fields)
        opened = replace(opened, rights=FieldRights(unchangeable=fields, barred=frozenset(Action)))
    if not viewer:
        return opened

    def of(held_by: Agreement) -> FieldRights:
        # From whom it is hidden, and who sees it in an emergency, acts in the roles that they have anywhere.
        hidden_from = conflicts if viewer in excluded else excluded
        rights = rights_of(held_by, viewer, holders, decision.stand_ins, hidden_from, dossier.handlers)
        return in_emergency(held_by, rights, was_hidden=viewer in excluded) if emergency else rights

    known = as_known(agreement, dossier, decision, hidden, runtime.engine, under.values())
    earlier = {digest: of(one) for digest, one in under.items()}
    rights = of(agreement)
    rights = replace(rights, unseen=rights.unseen | numbers_hidden(dossier, events, hidden))
    if conflicts and not tells_of(agreement, rights.unseen):
        # Who is left out of a list is told by it.
        opened = with_people(frozenset())
    return _as_seen(opened, rights, earlier, hidden, known)


def _kept_from_before(
    runtime: Runtime, register: Register, staff: Staff, dossier: Dossier, viewer: str
) -> frozenset[str]:
    """Return for whom a dossier did not exist, where what says so may be lost: what happened last, or whose an account
    is. What was kept of it still holds. Raises ``UnknownDossierError`` for who is not cleared by what was kept."""
    shortened = bool(viewer) and register.is_shortened(dossier)
    if shortened:
        refuse_uncleared(runtime, register, staff, viewer, dossier.id)
    return register.excluded_from(dossier.id) if shortened or staff.incomplete else frozenset()


def _as_seen(
    opened: OpenedDossier,
    rights: FieldRights,
    earlier: Mapping[str, FieldRights],
    hidden: Collection[str],
    known: Known,
) -> OpenedDossier:
    """Take out what someone may not see.

    ``earlier``: their rights under the agreements that events happened under; those count for fields that the
    dossier no longer has. ``hidden``: the other dossiers that do not exist for them; ``known``: what that leaves.
    """
    fields = opened.agreement.dossier_form.fields
    if opened.dossier.frozen is not None:
        rights = replace(rights, unchangeable=opened.rights.unchangeable, barred=opened.rights.barred)

    sees_address = opened.agreement.field_for("complainant.email") not in rights.unseen

    def then(event: Event) -> FieldRights:
        gone = {name for name in earlier[event.agreement].unseen if name not in fields}
        return replace(rights, unseen=rights.unseen | gone)

    dossier, struck = as_seen(opened.dossier, opened.agreement, rights, hidden), set[int]()
    if not rights.may(Action.STRIKE_NOTES):
        struck = {one.sequence for one in dossier.notes if one.struck}
        dossier = replace(dossier, notes=without_struck(dossier.notes))
    return replace(
        opened,
        dossier=dossier,
        decision=replace(known.decision, values=seen_values(known.decision.values, rights)),
        events=tuple(
            telling(
                event_as_seen(untold(event, struck), opened.under[event.agreement], then(event), hidden)
                for event in (
                    opened.events if rights.may(Action.NOTES) else without_what_was_said(opened.events)
                )
                if known.tells(event) and (event.kind not in NOTES or rights.may(Action.NOTES))
            )
        ),
        messages=tuple(
            replace(one, recipients=()) if one.is_outside and not sees_address else one
            for one in opened.messages
            if known.tells_message(one.dossier, one.key)
        ),
        rights=rights,
    )
