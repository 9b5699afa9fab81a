"""Sending on: another department of the organisation, or somebody else, takes a dossier over. What goes along was
agreed; what was received stays received; and for whom the dossier does not exist, the new one does not either."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from gehoor.core.access.confidentiality import as_strict, level_of
from gehoor.core.agreement.actions import Action
from gehoor.core.agreement.belonging import SendingOn
from gehoor.core.agreement.model import DOSSIER_FORM, Agreement
from gehoor.core.conditions.model import fact_names
from gehoor.core.dossier.complainant import without_teller
from gehoor.core.dossier.dossier import Dossier
from gehoor.core.dossier.events import EventKind, NewEvent
from gehoor.core.forms.fields import StoredValue
from gehoor.services.access.authorisation import Actor
from gehoor.services.access.confidentiality import kept_from
from gehoor.services.agreements.publications import all_in_force
from gehoor.services.dossiers.incoming import CameOn, Opening
from gehoor.services.dossiers.opening import open_within
from gehoor.services.recording.answers import RefusedError
from gehoor.services.recording.attachments import NewFile
from gehoor.services.recording.changing import Case, Change, changing, keep_decided
from gehoor.services.recording.recording import Recorded, settled
from gehoor.services.register.library import NothingPublishedError
from gehoor.services.register.pending import Decided
from gehoor.services.register.register import reading
from gehoor.services.register.runtime import Runtime
from gehoor.services.relations.files_along import as_new, chosen_files
from gehoor.services.relations.others import filled_with, fitted, on_the_day, reason_given, refused

_ALWAYS: Final = ("received-on", "received-time", "language", "anonymous", "shielded")
"""The meanings of what goes along whatever was agreed: when it came in, in which language, and what was promised to who
told it."""
_PROTECTED: Final = ("accused", "conflicted", "confidentiality")
"""Those of what says for whom it exists."""


@dataclass(frozen=True)
class SendWanted:
    """Which dossier is sent on, where to (the id of a department, or what somebody else is called), and why. ``files``:
    the ids of those that go along."""

    dossier: str
    to: str
    reason: str
    actor: Actor
    files: tuple[str, ...] = ()


def send_to_department(runtime: Runtime, wanted: SendWanted, now: datetime) -> Dossier:
    """Let another department of the organisation take a dossier over: it opens there with a number of its own, under
    what that department agreed, with what was agreed here to go along. Both, or neither.

    Raises ``RefusedError`` and as ``changing`` does.
    """
    reason, opened = reason_given(runtime, wanted.reason), list[Decided]()

    def change(case: Case) -> Change:
        sending = _agreed(case, case.agreement.belonging.to_department)
        if wanted.to == case.agreement.department:
            raise refused("same-department")
        there = _in_force(case, wanted.to)
        values = _along(case, sending, there)
        copies = as_new(case, there, chosen_files(case, sending, wanted.files))
        for name, file in copies:
            values[name] = [*_files_of(values.get(name)), file.value]
        recorded, new = _open(case, there, values, wanted, tuple(file for _, file in copies))
        _refuse_unprotected(case, recorded, values)
        opened[:] = [settled(recorded, new)]
        went = {"department": there.department, "dossier": new.id, "number": new.number}
        return _sent(case, sending, there.department_name, (reason, went, [*values]), wanted)

    after = changing(runtime, wanted.dossier, wanted.actor, Action.SEND_ON, now, change, at_once=True)
    for decided in opened:
        keep_decided(runtime, decided)
    return after


def send_elsewhere(runtime: Runtime, wanted: SendWanted, now: datetime) -> Dossier:
    """Keep that a dossier was sent to another organisation or service, with what was agreed to go along. Raises
    ``RefusedError`` and as ``changing`` does."""
    reason, to = reason_given(runtime, wanted.reason), fitted(runtime, wanted.to)

    def change(case: Case) -> Change:
        sending = _agreed(case, case.agreement.belonging.elsewhere)
        if not to:
            raise refused("send-where")
        fields, with_files = case.agreement.dossier_form.fields, chosen_files(case, sending, wanted.files)
        chosen = {one.field.id for one in with_files}
        values = without_teller(case.agreement, case.dossier.values)
        along = [
            name
            for name in sending.goes_along
            if name in values and name not in case.rights.unseen
            if name in chosen or not fields[name].type.takes_files
        ]
        went = {"department": "", "dossier": "", "number": ""}
        return _sent(case, sending, to, (reason, went, along), wanted)

    return changing(runtime, wanted.dossier, wanted.actor, Action.SEND_ON, now, change)


def departments_beside(runtime: Runtime, agreement: Agreement, now: datetime) -> dict[str, str]:
    """Return the other departments of an organisation that take in messages now: id -> name."""
    with reading(runtime.store) as register:
        places = [
            place
            for place in register.published_departments()
            if place[0] == agreement.organisation and place[1] != agreement.department
        ]
        found = all_in_force(register, runtime.library, places, now)
    return {one.agreement.department: one.agreement.department_name for one in found if not one.ended}


def _agreed(case: Case, sending: SendingOn | None) -> SendingOn:
    if sending is None:
        raise refused("send-not-agreed")
    if case.dossier.relations.goes_on_in:
        raise refused("goes-on-elsewhere")
    if case.decision.closed:
        raise refused("send-closed")
    if sending.consent and case.decision.values.get(sending.consent) is not True:
        raise refused("send-no-consent", other=case.agreement.dossier_form.fields[sending.consent].label)
    return sending


def _in_force(case: Case, department: str) -> Agreement:
    organisation = case.agreement.organisation
    try:
        return case.runtime.library.in_force(case.register, organisation, department, case.now)
    except NothingPublishedError as error:
        raise refused("no-such-department") from error


def _along(case: Case, sending: SendingOn, there: Agreement) -> dict[str, StoredValue]:
    """Return the answers that go along, by their fields there."""
    values = without_teller(case.agreement, case.dossier.values)
    found = {
        name: values[name] for name in sending.goes_along if name in values and _has_place(case, there, name)
    }
    for meaning in (*_ALWAYS, *_PROTECTED):
        here, place = case.agreement.field_for(meaning), there.field_for(meaning)
        if here not in case.decision.values:
            continue
        if place:
            found |= _shown_by(case, there, place)
            found[place] = case.decision.values[here]
        elif meaning in _PROTECTED:
            raise refused("send-unprotected")
    return found


def _shown_by(case: Case, there: Agreement, place: str) -> dict[str, StoredValue]:
    """Return the answers by which a field is there at all: without them it would be left out."""
    condition = there.dossier_form.fields[place].show_if
    asked = fact_names(condition) if condition is not None else ()
    values = case.decision.values
    return {name: values[name] for name in asked if name in values and _has_place(case, there, name)}


def _files_of(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _refuse_unprotected(case: Case, recorded: Recorded, values: Mapping[str, StoredValue]) -> None:
    """Refuse where the new dossier would exist for somebody for whom this one does not: what says so did not come
    along, or says less there, now or to who comes to work there."""
    there, new, decision = recorded.outcome.agreement, recorded.dossier, recorded.outcome.decision
    lost = any(
        new.values.get(place) != values[place]
        for place in map(there.field_for, _PROTECTED)
        if place in values
    )
    strict = as_strict(level_of(there, decision), level_of(case.agreement, case.decision))
    knowing = case.staff.holders(there.organisation).working(there.department)
    seeing = knowing - kept_from(there, new, decision, recorded.excluded, case.staff)
    if lost or not strict or seeing & case.hidden_from:
        raise refused("send-unprotected")


def _has_place(case: Case, there: Agreement, name: str) -> bool:
    """Say whether an answer can stand there: in a field of the same name and kind that takes no files."""
    here, place = case.agreement.dossier_form.fields.get(name), there.dossier_form.fields.get(name)
    return here is not None and place is not None and place.kind == here.kind and not here.type.takes_files


def _open(
    case: Case,
    there: Agreement,
    values: Mapping[str, Any],
    wanted: SendWanted,
    files: tuple[NewFile, ...],
) -> tuple[Recorded, Dossier]:
    came = CameOn(case.dossier.id, case.dossier.number, case.agreement.department_name, case.dossier.has_code)
    opening = Opening(
        there.organisation,
        there.department,
        DOSSIER_FORM,
        values,
        f"sent-on/{case.dossier.id}/{case.dossier.version}",
        wanted.actor,
        case.staff.full_name(case.actor_name),
        files=files,
        came_on=came,
    )
    try:
        return open_within(case.runtime, case.register, opening, case.now)
    except RefusedError as refusal:
        lacking = dict.fromkeys(_labels(there, refusal))
        raise refused("send-lacks", department=there.department_name, parties=tuple(lacking)) from refusal


def _labels(there: Agreement, refusal: RefusedError) -> Iterator[str]:
    for one in refusal.objections:
        of = there.dossier_form.fields.get(one.field)
        yield of.label if of else one.field


def _sent(
    case: Case,
    sending: SendingOn,
    place: str,
    told: tuple[str, Mapping[str, str], list[str]],
    wanted: SendWanted,
) -> Change:
    reason, went, along = told
    fills = on_the_day(case, dict(sending.fills))
    if sending.place_in:
        fills[sending.place_in] = place
    if sending.number_in and went["number"]:
        fills[sending.number_in] = went["number"]
    data: dict[str, Any] = {"to": place, **went, "reason": reason, "fields": along}
    if wanted.files:
        data["files"] = list(wanted.files)
    return filled_with(case, wanted.actor, fills, reason, NewEvent(EventKind.SENT_ON, data))
