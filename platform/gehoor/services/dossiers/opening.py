"""Opening a dossier: a message comes in, by whatever form, and gets a number at once."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from gehoor.core.agreement.model import DOSSIER_FORM, Agreement
from gehoor.core.decision.decide import decide
from gehoor.core.decision.model import Decision
from gehoor.core.dossier.complainant import says
from gehoor.core.dossier.dossier import Dossier
from gehoor.core.dossier.events import EventKind, NewEvent
from gehoor.core.dossier.match_keys import match_keys
from gehoor.core.forms.fields import StoredValue
from gehoor.core.objections.objections import (
    Objection,
    first_per_field,
)
from gehoor.core.objections.people import names_people, person_objections
from gehoor.services.access.authorisation import OUTSIDE, Operator, name_of, registration_rights
from gehoor.services.access.rights import not_yours
from gehoor.services.dossiers.incoming import Opening, Receipt, mails_code
from gehoor.services.dossiers.opening_objections import opening_objections
from gehoor.services.ports.records import Message
from gehoor.services.ports.store import DuplicateKeyError
from gehoor.services.projection.match_keeping import remember
from gehoor.services.projection.register_lookup import looked_up, still_found
from gehoor.services.recording.answers import RefusedError, unasked
from gehoor.services.recording.attachments import attach, files_in, unknown_files
from gehoor.services.recording.brought_in import as_brought, brought_event
from gehoor.services.recording.changing import keep_decided
from gehoor.services.recording.drafting import drafted
from gehoor.services.recording.form_reading import read_form, told_in
from gehoor.services.recording.numbers import is_taken, number_for
from gehoor.services.recording.recording import Outcome, Recorded, consequences, settled, write
from gehoor.services.register.codes_in_texts import without_codes
from gehoor.services.register.follow_up_codes import code_for, code_hash, code_secret, key_hash
from gehoor.services.register.pending import Decided
from gehoor.services.register.register import MovedError, Register, reading, writing
from gehoor.services.register.runtime import Runtime
from gehoor.services.register.staff import Staff

_FREELY: Final = 3
"""How often it is tried without keeping others from writing."""


class UnknownFormError(LookupError):
    """The agreement has no such form."""


@dataclass(frozen=True)
class _Plan:
    """A dossier that is about to be opened: judged and decided on, all but its number."""

    agreement: Agreement
    staff: Staff
    draft: Dossier
    decision: Decision
    opened: NewEvent
    also: tuple[NewEvent, ...]
    """What happens to it because of where it comes from."""
    code: str
    mail_key: str
    """What the e-mail is called that says that it came in; empty where none goes."""
    keys: Mapping[str, str]
    """Its match keys."""
    moment: Hashable
    """The moment of the register that it was made at."""


@dataclass(frozen=True, slots=True)
class Tried:
    """A dossier as it would be, without its number, and what would hold of it."""

    dossier: Dossier
    decision: Decision
    lacking: tuple[str, ...] = ()
    """The fields that were never filled in where it comes from."""


def open_dossier(runtime: Runtime, opening: Opening, now: datetime) -> Receipt:
    """Open a dossier: judged and decided on first, then numbered and kept in one short transaction.

    Raises ``NothingPublishedError``, ``UnknownFormError``, ``NotAllowedError``, ``RefusedError`` (nothing is kept
    then, and no number is lost) and ``StoreUnavailableError``.
    """
    secret = code_secret(runtime)
    for locked in (*(False,) * _FREELY, True):
        try:
            return _opened_once(runtime, opening, secret, now, locked=locked)
        except MovedError:
            if locked:
                raise
        except DuplicateKeyError:
            # The same form was sent twice at once; the other one was first.
            if earlier := sent_before(runtime, opening.sent_as):
                return earlier
            raise
    raise AssertionError("the last attempt returns or raises")


def open_dossiers(
    runtime: Runtime, openings: Sequence[Opening], now: datetime
) -> list[Receipt | RefusedError]:
    """Open dossiers in one transaction, which takes less time for each, and keeps others from writing for longer.

    Returns for each what it came to; who is refused does not keep the others. Raises as ``open_dossier`` does for all
    else, and then nothing is kept of any.
    """
    secret = code_secret(runtime)
    found: list[Receipt | RefusedError] = []
    kept: list[Decided] = []
    with writing(runtime.store) as register:
        for opening in openings:
            earlier = _sent_before(register, opening.sent_as, secret)
            if earlier is not None:
                found.append(earlier)
                continue
            try:
                plan = _plan(runtime, register, opening, secret, now)
                # Before anything is written: whose number is taken is refused alone.
                number = number_for(register, plan.agreement, plan.draft.values, now, _kept(opening))
            except RefusedError as refusal:
                found.append(refusal)
                continue
            recorded, dossier = _keep_as(runtime, register, opening, (plan, number), now)
            kept.append(settled(recorded, dossier))
            found.append(Receipt(dossier.id, dossier.number, plan.code))
    for decided in kept:
        keep_decided(runtime, decided)
    return found


def tried(
    runtime: Runtime, register: Register, opening: Opening, secret: str, now: datetime
) -> Receipt | Tried:
    """Return what would come of an opening, or what came of it before. Nothing is kept. ``secret``: that of follow-up
    codes. Raises as ``open_dossier``."""
    if earlier := _sent_before(register, opening.sent_as, secret):
        return earlier
    plan = _plan(runtime, register, opening, secret, now)
    lacking = (name for one in plan.also for name in one.data.get("lacking", ()))
    return Tried(plan.draft, plan.decision, tuple(lacking))


def open_within(
    runtime: Runtime, register: Register, opening: Opening, now: datetime
) -> tuple[Recorded, Dossier]:
    """Open a dossier that was sent on, in the transaction of what becomes of the other. Raises as ``open_dossier``."""
    return _keep(runtime, register, opening, _plan(runtime, register, opening, "", now), now)


def _opened_once(runtime: Runtime, opening: Opening, secret: str, now: datetime, *, locked: bool) -> Receipt:
    """``locked``: keep others from writing from the beginning, so that nothing can move."""
    with (writing if locked else reading)(runtime.store) as register:
        earlier = _sent_before(register, opening.sent_as, secret)
        if earlier is not None:
            return earlier
        plan = _plan(runtime, register, opening, secret, now)
        if locked:
            recorded, dossier = _keep(runtime, register, opening, plan, now)
    if not locked:
        with writing(runtime.store) as register:
            _refuse_moved(runtime, register, plan, now)
            recorded, dossier = _keep(runtime, register, opening, plan, now)
    keep_decided(runtime, settled(recorded, dossier))
    return Receipt(dossier.id, dossier.number, plan.code)


def _plan(runtime: Runtime, register: Register, opening: Opening, secret: str, now: datetime) -> _Plan:
    agreement = runtime.library.in_force(register, opening.organisation, opening.department, now)
    form = agreement.forms.get(opening.form)
    if form is None or (opening.form == DOSSIER_FORM and not opening.actor):
        raise UnknownFormError(opening.form)
    staff = runtime.staff.of(register, now)
    values, objections = read_form(
        runtime.engine, agreement, form, (opening.answers, opening.actor_name), now, fills=not opening.brought
    )
    objections = [*_barred(agreement, opening, staff), *objections, *unasked(opening.meant, values)]
    values = without_codes(register, values)
    fields = agreement.dossier_form.fields
    objections += unknown_files(runtime, register, fields, values, {}, (opening.key, opening.files))
    if names_people(agreement.dossier_form, values):
        people = staff.choices(opening.organisation)
        objections += person_objections(agreement.dossier_form, values, {}, people)
    came = opening.came_on
    empty = Dossier(runtime.new_id())
    mail_key = _mail_key(register, agreement, opening, replace(empty, values=values), now)
    hears = opening.hears_code or (bool(mail_key) and mails_code(agreement))
    gives = agreement.anonymous.follow_up_code and hears and not came
    code = code_for(secret, opening.sent_as) if gives else ""
    values = told_in(opening.language, agreement, opening.answers, values)
    if code:
        values = _mark_code(agreement, values)
    if came:
        empty = replace(empty, relations=came.relations)
    keys = match_keys(agreement, values)
    found = looked_up(register, agreement, empty, values, now, keys)
    has_code = bool(code) or (came is not None and came.has_code)
    opened = opening.event(agreement, values, found, has_code=has_code)
    also: tuple[NewEvent, ...] = (came.event,) if came else ()
    draft = drafted(empty, [opened, *also], agreement, now, _actor(opening))
    decision = decide(agreement, draft, now, runtime.engine)
    objections += opening_objections(agreement, draft, decision, now, form)
    if opening.brought:
        objections, lacking = as_brought(agreement, objections, decision)
        if (kept := _kept(opening)) and is_taken(register, agreement, kept):
            objections.append(Objection("", "number-taken", {"number": kept}))
        also = (brought_event(agreement, opening.brought, draft, decision, lacking),)
        draft = drafted(empty, [opened, *also], agreement, now, _actor(opening))
        decision = decide(agreement, draft, now, runtime.engine)
    if objections:
        raise RefusedError(first_per_field(objections))
    moment = register.tables.moment()
    return _Plan(agreement, staff, draft, decision, opened, also, code, mail_key, keys, moment)


def _refuse_moved(runtime: Runtime, register: Register, plan: _Plan, now: datetime) -> None:
    """Raise ``MovedError`` when what a plan rests on is no longer so."""
    if register.tables.moment() == plan.moment:
        return
    agreement = plan.agreement
    current = runtime.library.in_force(register, agreement.organisation, agreement.department, now)
    if current is not agreement or runtime.staff.of(register, now) is not plan.staff:
        raise MovedError
    if plan.mail_key and register.message(plan.mail_key) is not None:
        raise MovedError  # Somebody else at that address was acknowledged under this name in between.
    still_found(register, agreement, plan.draft, now, plan.keys)


def _keep(
    runtime: Runtime, register: Register, opening: Opening, plan: _Plan, now: datetime
) -> tuple[Recorded, Dossier]:
    number = number_for(register, plan.agreement, plan.draft.values, now, _kept(opening))
    return _keep_as(runtime, register, opening, (plan, number), now)


def _keep_as(
    runtime: Runtime, register: Register, opening: Opening, numbered: tuple[_Plan, str], now: datetime
) -> tuple[Recorded, Dossier]:
    plan, drawn = numbered
    agreement, draft = plan.agreement, plan.draft
    # The number is all that is new, and nothing was decided on it.
    opened = NewEvent(EventKind.OPENED, {**plan.opened.data, "number": drawn})
    outcome = Outcome(agreement, (opened, *plan.also), replace(draft, number=drawn), plan.decision)
    empty = Dossier(draft.id)
    mails = _mails(opening, plan, outcome.dossier, now)
    recorded = consequences(runtime, register, plan.staff, outcome, mails, came=(empty, _actor(opening)))
    code = code_hash(plan.code) if plan.code else ""
    dossier = write(register, empty, recorded, _actor(opening), agreement, code)
    # After its events, which say of which organisation it is.
    register.remember_submission(key_hash(opening.sent_as), draft.id)
    if opening.actor and opening.once and register.submission(key_hash(opening.key)) is None:
        register.remember_submission(key_hash(opening.key), draft.id)
    remember(register, agreement, {}, dossier, now, plan.keys)
    files = files_in(agreement.dossier_form.fields, draft.values)
    attach(runtime, register, draft.id, ({}, files), (opening.key, opening.files))
    return recorded, dossier


def _kept(opening: Opening) -> str:
    return opening.brought.number if opening.brought else ""


def _mail_key(
    register: Register, agreement: Agreement, opening: Opening, dossier: Dossier, now: datetime
) -> str:
    if opening.acknowledging is None or not _is_acknowledged(opening):
        return ""
    return opening.acknowledging.key(register, agreement, dossier, now, by_mail=not opening.hears_code)


def _is_acknowledged(opening: Opening) -> bool:
    """Say whether a machine may say that it came in: what staff register, staff answer."""
    return opening.actor in ("", Operator(OUTSIDE))


def _mails(opening: Opening, plan: _Plan, dossier: Dossier, now: datetime) -> tuple[Message, ...]:
    if (
        opening.acknowledging is None
        or not _is_acknowledged(opening)
        or (opening.hears_code and not plan.mail_key)
    ):
        return ()  # Of an e-mail that is not answered, staff hear so.
    about = (plan.agreement, dossier, plan.decision)
    mail = opening.acknowledging.message(
        about, now, plan.mail_key, opening.sent_as if plan.code and not opening.hears_code else ""
    )
    return (mail,) if mail else ()


def _actor(opening: Opening) -> str:
    return name_of(opening.actor) if opening.actor else OUTSIDE


def _barred(agreement: Agreement, opening: Opening, staff: Staff) -> list[Objection]:
    """Object to answers that are not for whoever registers. What someone outside fills in is theirs.

    No role stands in for another yet: that is decided on the dossier. Raises as ``registration_rights`` does.
    """
    if not opening.actor or opening.came_on:
        return []
    rights = registration_rights(agreement, opening.actor, staff)
    if opening.form != DOSSIER_FORM:
        return []
    fields = agreement.dossier_form.fields
    barred = rights.unchangeable & set(opening.answers)
    return [not_yours(agreement, fields[name]) for name in fields if name in barred]


def _sent_before(register: Register, sent_as: str, secret: str) -> Receipt | None:
    code = code_for(secret, sent_as)
    dossier_id = register.submission(key_hash(sent_as))
    if dossier_id is None:
        # Should that be lost, a code that somebody has already says that it was sent.
        known = register.by_code(code_hash(code))
        if known is None:
            return None
        dossier_id = known.id
    dossier = register.dossier(dossier_id)
    code = code if dossier.has_code else ""
    kept = dossier.code_hash or register.code_hash_of(dossier_id)
    if code and kept and kept != code_hash(code):
        # They were given another since, or the secret is another: a code that opens nothing is worse than none.
        code = ""
    return Receipt(dossier.id, dossier.number, code, before=True)


def sent_before(runtime: Runtime, sent_as: str) -> Receipt | None:
    """Return what came of something that was sent before, by ``Opening.sent_as``."""
    secret = code_secret(runtime)
    with reading(runtime.store) as register:
        return _sent_before(register, sent_as, secret)


def registered_from(runtime: Runtime, key: str) -> Receipt | None:
    """Return which dossier staff registered first with a rendered form, whatever was in it; without its code."""
    with reading(runtime.store) as register:
        dossier_id = register.submission(key_hash(key))
        return Receipt(dossier_id, register.dossier(dossier_id).number) if dossier_id else None


def _mark_code(agreement: Agreement, values: dict[str, StoredValue]) -> dict[str, StoredValue]:
    mark = agreement.dossier_form.fields.get(agreement.field_for("follow-up-code"))
    marks = mark is not None and mark.kind == "boolean" and says(agreement, "anonymous", values)
    return {**values, mark.id: True} if mark is not None and marks else values
