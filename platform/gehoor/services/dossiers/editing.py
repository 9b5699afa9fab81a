"""Handling a dossier: looking at it, and filling in what comes next."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from gehoor.core.access.field_rights import EVERYTHING, FieldRights
from gehoor.core.agreement.model import Agreement
from gehoor.core.decision.decide import decide
from gehoor.core.decision.model import Decision
from gehoor.core.decision.objections import (
    Objection,
    change_objections,
    date_objections,
    first_per_field,
    milestone_objections,
    retired_objections,
)
from gehoor.core.decision.people import person_objections, with_people
from gehoor.core.dossier.dossier import Dossier, fold
from gehoor.core.dossier.events import Event, EventKind, NewEvent, verify
from gehoor.services.access.conflict_of_interest import hidden_from, others_found, refuse_excluded
from gehoor.services.access.people import can_handle, people_of
from gehoor.services.access.rights import as_seen, deputies, event_as_seen, not_yours, rights_of, seen_values
from gehoor.services.dossiers.answers import ReadAnswers, RefusedError, read_answers
from gehoor.services.dossiers.attachments import NewFile, attach, files_in, unknown_files
from gehoor.services.dossiers.recording import provisional, record
from gehoor.services.dossiers.register_lookup import looked_up, remember
from gehoor.services.ports.records import Account, Message
from gehoor.services.register.register import Register, UnknownDossierError, reading, writing
from gehoor.services.register.runtime import Runtime


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
    candidates: tuple[Account, ...] = ()
    """Who can be given it."""
    deputies: Mapping[str, str] = field(default_factory=dict)
    """Role -> the role that acts for it here, where nobody holds it for whom the dossier exists."""


class EditConflictError(Exception):
    """Someone else changed the same answers in between."""

    def __init__(self, fields: list[str], actor: str, at: datetime) -> None:
        super().__init__(", ".join(fields))
        self.fields, self.actor, self.at = fields, actor, at


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
        excluded = refuse_excluded(agreement, dossier, viewer)
        under = {
            digest: runtime.library.agreement(register, digest)
            for digest in {event.agreement for event in events}
        }
        messages = register.messages_of(dossier_id)
        accounts = register.accounts()
        hidden = hidden_from(register, viewer, others_found(events)) if viewer else frozenset()
    decision = decide(agreement, dossier, now, runtime.engine)
    known = people_of(dossier.organisation, accounts)
    opened = OpenedDossier(
        dossier,
        with_people(agreement, known),
        decision,
        tuple(events),
        tuple(messages),
        {digest: with_people(one, known) for digest, one in under.items()},
        handler=next((one.label for one in known if one.code == dossier.handler), dossier.handler),
        candidates=tuple(can_handle((dossier.organisation, dossier.department), accounts, excluded)),
        deputies=deputies(agreement, accounts, excluded),
    )
    if not viewer:
        return opened

    def of(held_by: Agreement) -> FieldRights:
        return rights_of(held_by, viewer, accounts, decision.stand_ins, excluded)

    return _as_seen(opened, of(agreement), {digest: of(one) for digest, one in under.items()}, hidden)


def _as_seen(
    opened: OpenedDossier,
    rights: FieldRights,
    earlier: Mapping[str, FieldRights],
    hidden: Collection[str],
) -> OpenedDossier:
    """Take out what someone may not see.

    ``earlier``: their rights under the agreements that events happened under; those count for fields that the
    dossier no longer has. ``hidden``: the other dossiers that do not exist for them.
    """
    fields = opened.agreement.dossier_form.fields

    def then(event: Event) -> FieldRights:
        gone = {name for name in earlier[event.agreement].unseen if name not in fields}
        return replace(rights, unseen=rights.unseen | gone)

    return replace(
        opened,
        dossier=as_seen(opened.dossier, opened.agreement, rights, hidden),
        decision=replace(opened.decision, values=seen_values(opened.decision.values, rights)),
        events=tuple(
            event_as_seen(event, opened.under[event.agreement], then(event), hidden)
            for event in opened.events
        ),
        rights=rights,
    )


@dataclass(frozen=True)
class Filling:
    """What someone filled in. ``version`` is the dossier as they saw it."""

    dossier: str
    answers: Mapping[str, Any]
    version: int
    actor: str
    key: str = ""
    """Under which files that came earlier wait."""
    files: tuple[NewFile, ...] = ()
    """The files that come along; those of them that stand in ``answers`` are kept."""


def fill_in(runtime: Runtime, filling: Filling, now: datetime) -> Dossier:
    """Keep answers in a dossier. Raises ``RefusedError``, ``EditConflictError``, ``UnknownDossierError``."""
    with writing(runtime.store) as register:
        events = register.events(filling.dossier)
        if not events:
            raise UnknownDossierError(filling.dossier)
        dossier = fold(events)
        agreement = runtime.library.agreement(register, dossier.agreement)
        excluded = refuse_excluded(agreement, dossier, filling.actor)
        read = read_answers(agreement.dossier_form, filling.answers, ZoneInfo(agreement.time_zone))
        seen = fold(events[: max(filling.version, 1)])
        values, cleared = _changes(seen, dossier, read)
        before = decide(agreement, dossier, now, runtime.engine)
        accounts = register.accounts()
        rights = rights_of(agreement, filling.actor, accounts, before.stand_ins, excluded)
        # An answer to a field that is not seen is refused whatever it says: else one could guess until it fits.
        barred = rights.unseen & set(filling.answers) | rights.unchangeable & {*values, *cleared}
        if barred:
            fields = agreement.dossier_form.fields
            raise RefusedError([not_yours(agreement, fields[name]) for name in fields if name in barred])
        _no_conflict(events, filling.version, {*values, *cleared})
        untouched = {name for name in read.values if name not in values}
        objections = [objection for objection in read.objections if objection.field not in untouched]
        if not values and not cleared:
            if objections:
                raise RefusedError(objections)
            return dossier
        new_events, after, decision = _after(
            runtime, register, agreement, dossier, (values, cleared), now, filling.actor
        )
        # What is not shown was not meant: who becomes anonymous leaves no name behind in the same save.
        while unseen := [name for name in values if not decision.fields[name].visible]:
            values = {name: value for name, value in values.items() if name not in unseen}
            new_events, after, decision = _after(
                runtime, register, agreement, dossier, (values, cleared), now, filling.actor
            )
        objections = [
            o for o in objections if o.field not in decision.fields or decision.fields[o.field].visible
        ]
        if not values and not cleared and not objections:
            return dossier
        fields = agreement.dossier_form.fields
        kept = files_in(fields, dossier.values)
        objections += unknown_files(runtime, register, fields, values, kept, (filling.key, filling.files))
        known = people_of(dossier.organisation, accounts)
        objections += person_objections(agreement.dossier_form, values, dossier.values, known)
        objections += _judge(agreement, (dossier, after), (before, decision), now, [*values, *cleared])
        if objections:
            raise RefusedError(first_per_field(objections))
        remember(register, agreement, dossier.values, after, now)
        attach(
            runtime,
            register,
            dossier.id,
            (kept, files_in(fields, after.values)),
            (filling.key, filling.files),
        )
        return record(
            runtime, register, agreement, new_events, after, decision, _code_hash(register, dossier.id)
        )


def _after(
    runtime: Runtime,
    register: Register,
    agreement: Agreement,
    dossier: Dossier,
    changes: tuple[dict[str, Any], list[str]],
    now: datetime,
    actor: str,
) -> tuple[list[Event], Dossier, Decision]:
    """Return the event that changes would become, the dossier after it, and what would hold then."""
    kept = {name: value for name, value in dossier.values.items() if name not in changes[1]}
    found = looked_up(register, agreement, dossier, {**kept, **changes[0]}, now)
    answered = NewEvent(EventKind.ANSWERED, {"values": changes[0], "cleared": changes[1], **found})
    events, after = provisional(dossier, [answered], agreement, now, actor)
    return events, after, decide(agreement, after, now, runtime.engine)


def _changes(seen: Dossier, dossier: Dossier, read: ReadAnswers) -> tuple[dict[str, Any], list[str]]:
    """Return what someone changed in the dossier as they saw it, and that is not so already.

    A page sends all its answers; one that was left as it was says nothing about what others did since.
    """
    values = {
        name: value
        for name, value in read.values.items()
        if value not in (seen.values.get(name), dossier.values.get(name))
    }
    return values, sorted(name for name in read.empty if name in seen.values and name in dossier.values)


def _no_conflict(events: list[Event], version: int, changed: set[str]) -> None:
    for event in events:
        if event.sequence > version and event.kind is EventKind.ANSWERED:
            both = changed & {*event.data["values"], *event.data["cleared"]}
            if both:
                raise EditConflictError(sorted(both), event.actor, event.at)


def _judge(
    agreement: Agreement,
    dossiers: tuple[Dossier, Dossier],
    decisions: tuple[Decision, Decision],
    now: datetime,
    changed: list[str],
) -> list[Objection]:
    """``dossiers`` and ``decisions``: those before the change, and those after it."""
    before, decision = decisions
    cleared_but_needed = [
        Objection(name, "required")
        for name in changed
        if name not in decision.values
        and (
            name in agreement.dossier_form.required
            or any(decision.milestones[r.milestone].reached for r in decision.fields[name].requirements)
        )
    ]
    return [
        *cleared_but_needed,
        *retired_objections(agreement.dossier_form, dossiers[1].values, dossiers[0].values),
        *change_objections(agreement, before, decision, changed, dossiers[1].values),
        *milestone_objections(agreement, before, decision),
        *(o for o in date_objections(agreement, dossiers[1], decision, now) if o.field in changed),
    ]


def _code_hash(register: Register, dossier_id: str) -> str | None:
    summary = register.summary(dossier_id)
    return summary.code_hash if summary else None
