"""What someone may see and change of the fields of a dossier: from their account, with those they step in for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Final

from gehoor.core.access.confidentiality import roles_with_dossiers
from gehoor.core.access.field_rights import FieldRights, barred_actions, field_rights
from gehoor.core.access.role_holders import RoleHolders
from gehoor.core.agreement.actions import READING, WITHOUT_DOSSIERS, Action
from gehoor.core.agreement.model import Agreement
from gehoor.core.dossier.dossier import Dossier
from gehoor.core.dossier.events import Event, EventKind
from gehoor.core.forms.fields import Field
from gehoor.core.letters.composing import fields_deciding
from gehoor.core.letters.model import Way
from gehoor.core.objections.objections import Objection
from gehoor.services.access.found_dossiers import found_without

_LETTERS: Final = (EventKind.LETTER_DRAFTED, EventKind.LETTER_SENT)


def rights_of(
    agreement: Agreement,
    name: str,
    holders: RoleHolders,
    stand_ins: Mapping[str, str],
    excluded: Collection[str] = (),
    handlers: Collection[str] = (),
) -> FieldRights:
    """Return what the account with this name may see, change and do in a dossier with these stand-ins.

    ``excluded``: as for ``RoleHolders``; ``handlers``: who handles the dossier."""
    fields = agreement.dossier_form.fields
    barred = barred_in(agreement, name, holders, stand_ins, excluded)
    rights = opening_rights(agreement, name, holders, stand_ins, excluded)
    closed: frozenset[str] = frozenset()
    if Action.COMPLETE in barred:
        closed = frozenset(milestone.field for milestone in agreement.milestones.values())
    if Action.FILL_IN in barred:
        closed = frozenset(fields)
    kept: frozenset[str] = frozenset()
    if handlers and name not in handlers:
        kept = kept_for_handlers(agreement, holders, stand_ins, excluded, handlers)
    acting = holders.roles_of(agreement, name, excluded)
    once = frozenset() if Action.ASSIGN in barred else kept - closed - rights.unchangeable
    unchangeable = rights.unchangeable | closed | kept
    return replace(rights, unchangeable=unchangeable, barred=barred, acting=acting, once_handling=once)


def kept_for_handlers(
    agreement: Agreement,
    holders: RoleHolders,
    stand_ins: Mapping[str, str],
    excluded: Collection[str],
    handlers: Collection[str],
) -> frozenset[str]:
    """Return the fields that only who handles a dossier fills in: where none of them has the role for one, the roles
    hold, as while nobody handles it. Nobody could answer it otherwise."""
    kept = {of.id for of in agreement.dossier_form.fields.values() if of.handler_only}
    if not kept:
        return frozenset()
    closed = [opening_rights(agreement, one, holders, stand_ins, excluded).unchangeable for one in handlers]
    return frozenset(name for name in kept if any(name not in one for one in closed))


def opening_rights(
    agreement: Agreement,
    name: str,
    holders: RoleHolders,
    stand_ins: Mapping[str, str] = MappingProxyType({}),
    excluded: Collection[str] = (),
) -> FieldRights:
    """Return which fields the account with this name sees and fills in when it registers: that needs no right to
    change a dossier."""
    fields = agreement.dossier_form.fields.values()
    if not any(field.seen_by or field.edited_by for field in fields):
        return FieldRights()
    return field_rights(fields, holders.roles_of(agreement, name, excluded), stand_ins)


def barred_in(
    agreement: Agreement,
    name: str,
    holders: RoleHolders,
    stand_ins: Mapping[str, str] = MappingProxyType({}),
    excluded: Collection[str] = (),
) -> frozenset[Action]:
    """Return what the account with this name may not do in a department, or in a dossier with these stand-ins."""
    acting = holders.roles_of(agreement, name, excluded)
    barred = barred_actions(agreement.rights, acting, stand_ins) if agreement.rights else frozenset()
    if acting.isdisjoint(roles_with_dossiers(agreement)):
        return barred | frozenset(Action) - WITHOUT_DOSSIERS
    return barred


def named_for(
    action: Action,
    agreement: Agreement,
    name: str,
    holders: RoleHolders,
    stand_ins: Mapping[str, str] = MappingProxyType({}),
    excluded: Collection[str] = (),
) -> bool:
    """Say whether an agreement names the account with this name for an action: where it names nobody, nobody may."""
    return action not in barred_in(agreement, name, holders, stand_ins, excluded)


def in_emergency(agreement: Agreement, rights: FieldRights, *, was_hidden: bool) -> FieldRights:
    """Return the rights of somebody who opened a dossier in an emergency: they see all of it, and change no more than
    before; nothing at all in one that does not exist for them otherwise."""
    if not was_hidden:
        return replace(rights, unseen=frozenset())
    return replace(
        rights,
        unseen=frozenset(),
        unchangeable=frozenset(agreement.dossier_form.fields),
        barred=rights.barred | (frozenset(Action) - READING),
    )


def changers(agreement: Agreement, of: Field) -> tuple[str, ...]:
    """Return the roles that change a field; none: everyone who works there."""
    asked = [of.edited_by, of.seen_by, agreement.rights.get(Action.FILL_IN, ())]
    if any(milestone.field == of.id for milestone in agreement.milestones.values()):
        asked.append(agreement.rights.get(Action.COMPLETE, ()))
    lists = [roles for roles in asked if roles]
    # Who has a role of each; when no role is in all, the narrowest tells most.
    both = [role for role in agreement.roles if lists and all(role in roles for roles in lists)]
    return tuple(both) or min(lists, key=len, default=())


def not_yours(agreement: Agreement, of: Field, *, handled_by_another: bool = False) -> Objection:
    """Return the objection to an answer by someone who may not give it. ``handled_by_another``: whether the dossier is
    handled, and not by them."""
    if of.handler_only and handled_by_another:
        return Objection(of.id, "handler-only")
    roles = changers(agreement, of)
    names = tuple(agreement.roles[role].name if role in agreement.roles else role for role in roles)
    return Objection(of.id, "not-yours", {"roles": names})


def as_seen(
    dossier: Dossier, agreement: Agreement, rights: FieldRights, hidden: Collection[str] = ()
) -> Dossier:
    """Return a dossier without what someone may not see. ``hidden``: other dossiers that do not exist for them."""
    if not rights.may(Action.NOTES):
        dossier = replace(dossier, notes=(), contacts=())
    if not rights.unseen and not hidden:
        return dossier
    asked = agreement.register_questions
    return replace(
        dossier,
        values=seen_values(dossier.values, rights),
        drafts={
            name: one for name, one in dossier.drafts.items() if rights.unseen.isdisjoint(one.content.fields)
        },
        letters=tuple(
            replace(one, way=_way_as_seen(one.way, agreement, rights))
            for one in dossier.letters
            if rights.unseen.isdisjoint(one.content.fields)
        ),
        # Nobody who reads a dossier asks how its answers came about: its events tell.
        history=(),
        found={
            fact: found_without(one, hidden)
            for fact, one in dossier.found.items()
            if fact not in asked or not rights.asks_unseen(asked[fact])
        },
    )


def _way_as_seen(way: str, under: Agreement, rights: FieldRights) -> str:
    """Return how a letter went: that there was an address is nothing for who may not see it, and what was announced by
    e-mail was read online."""
    hides = under.field_for("complainant.email") in rights.unseen
    return Way.FOLLOW_PAGE.value if hides and way == Way.EMAIL else way


def _sending_as_seen(data: dict[str, Any], under: Agreement, rights: FieldRights) -> None:
    data["way"] = _way_as_seen(data["way"], under, rights)
    if data.pop("wished", "") in rights.unseen:
        data.pop("why", None)


def seen_values(values: Mapping[str, Any], rights: FieldRights) -> dict[str, Any]:
    """Return the answers that someone may see."""
    return {name: value for name, value in values.items() if name not in rights.unseen}


def event_as_seen(event: Event, under: Agreement, rights: FieldRights, hidden: Collection[str] = ()) -> Event:
    """Return an event without what someone may not see. Its hash is that of the whole. ``hidden``: as for
    ``as_seen``."""
    data = dict(event.data)
    changed = {*data.get("values", ()), *data.get("cleared", ())}
    if "why" in data and _tells_unseen(changed, under, rights):
        del data["why"]
    if event.kind is EventKind.LETTER_SENT:
        _sending_as_seen(data, under, rights)
    if event.kind in _LETTERS and not rights.unseen.isdisjoint(data["fields"]):
        data |= {"subject": "", "text": ""}
        template = under.correspondence.get(data["letter"])
        if template is None or not rights.unseen.isdisjoint(fields_deciding(template, under.dossier_form)):
            data |= {"letter": "", "name": ""}
    if "values" in data:
        data["values"] = seen_values(data["values"], rights)
    if event.kind is EventKind.MERGED:
        data["before"] = seen_values(data["before"], rights)
    if under.field_for("message-kind") in rights.unseen:
        data.pop("proposal", None)
    if "cleared" in data:
        data["cleared"] = [name for name in data["cleared"] if name not in rights.unseen]
    if "found" in data:
        asked = under.register_questions
        data["found"] = {
            fact: {"count": one["count"] - (len(one["dossiers"]) - len(kept)), "dossiers": kept}
            for fact, one in data["found"].items()
            if fact not in asked or not rights.asks_unseen(asked[fact])
            for kept in [[other for other in one["dossiers"] if other not in hidden]]
        }
    return replace(event, data=data)


def without_what_was_said(events: Sequence[Event]) -> list[Event]:
    """Return events without the reason of what a contact moment filled in, which is what was said there."""
    contacts = {(one.at, one.actor) for one in events if one.kind is EventKind.CONTACT_NOTED}
    return [
        replace(one, data={name: value for name, value in one.data.items() if name != "why"})
        if one.kind is EventKind.ANSWERED and (one.at, one.actor) in contacts
        else one
        for one in events
    ]


def telling(events: Iterable[Event]) -> Iterator[Event]:
    """Leave out of events as they are seen that it was counted anew, where what is seen was so before."""
    found: Any = {}
    for event in events:
        given = event.data.get("found", found)
        if event.kind is not EventKind.RECOUNTED or given != found:
            yield event
        found = given


def _tells_unseen(changed: Collection[str], under: Agreement, rights: FieldRights) -> bool:
    """Say whether the reason of a change is about what is not seen: all of it, or a field in it that asks a reason."""
    fields, unseen = under.dossier_form.fields, rights.unseen.intersection(changed)
    return bool(unseen) and (
        unseen.issuperset(changed)
        or any(name not in fields or fields[name].reason_on_change for name in unseen)
    )
