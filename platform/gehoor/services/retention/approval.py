"""Approving which dossiers are anonymised: the list of what need not be kept, and what somebody says of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from gehoor.core.access.roles import works_in
from gehoor.core.agreement.actions import Action
from gehoor.core.agreement.model import Agreement
from gehoor.core.dossier.events import instant_text
from gehoor.core.objections.text_room import SHORT
from gehoor.services.access.authorisation import Actor, NotAllowedError, Operator, refuse_strangers
from gehoor.services.access.confidentiality import is_cleared, refuse_uncleared
from gehoor.services.access.rights import named_for
from gehoor.services.ports.records import RetentionRecord
from gehoor.services.ports.store import DamagedError
from gehoor.services.register.codes_in_texts import fitting, without_codes
from gehoor.services.register.register import Register, reading, writing
from gehoor.services.register.runtime import Runtime
from gehoor.services.register.validity import in_force, local_day
from gehoor.services.retention.policy import Judged, judge
from gehoor.services.retention.records import (
    ended_records,
    lost_records,
    records_in,
    save_record,
    sound_record,
)
from gehoor.services.retention.survey import worked_out

ACTION: Final = Action.APPROVE_RETENTION


class NotDueError(Exception):
    """A dossier is not on the list: it has to be kept, something stops it, or it was anonymised already."""


class ChangedError(Exception):
    """Something came into a dossier since the list was shown: who approves has not seen it."""


class NoReasonError(Exception):
    """Who holds a dossier back says why."""


@dataclass(frozen=True)
class Listed:
    """The list: what waits for approval (also what is held back or blocked), what is approved, and what was done."""

    waiting: tuple[RetentionRecord, ...]
    approved: tuple[RetentionRecord, ...]
    done: tuple[RetentionRecord, ...]


def departments_of(runtime: Runtime, actor: Actor, now: datetime) -> list[Agreement]:
    """Return the agreements of the departments where somebody approves."""
    with reading(runtime.store) as register:
        return _departments(runtime, register, actor, now)


def listed(runtime: Runtime, actor: Actor, now: datetime) -> Listed:
    """Return the list as somebody may see it: of the departments where they approve, without what does not exist for
    them. Bring it up to date first: see ``survey``. Raises ``NotAllowedError`` for who approves nowhere."""
    with reading(runtime.store) as register:
        places = {
            (one.organisation, one.department): local_day(now, one.time_zone).isoformat()
            for one in _departments(runtime, register, actor, now)
        }
        hidden = frozenset() if isinstance(actor, Operator) else register.excluded_dossiers(actor)
        last = max(places.values(), default="")

        staff = runtime.staff.of(register, now)

        def exists(dossier: str) -> bool:
            return isinstance(actor, Operator) or is_cleared(
                register, runtime.library, staff, actor, register.clearance_key(dossier)
            )

        def seen(records: Iterable[RetentionRecord]) -> tuple[RetentionRecord, ...]:
            return tuple(
                one
                for one in records
                if (one.organisation, one.department) in places
                and one.dossier not in hidden
                and exists(one.dossier)
            )

        ended = [
            one
            for one in seen(ended_records(register, last))
            if one.until < places[one.organisation, one.department]
        ]
        return Listed(
            tuple(one for one in ended if one.state != "approved"),
            tuple(one for one in ended if one.state == "approved"),
            seen(records_in(register, "done")),
        )


def approve(
    runtime: Runtime,
    dossiers: Iterable[str],
    actor: Actor,
    now: datetime,
    seen: Mapping[str, int] | None = None,
) -> list[RetentionRecord]:
    """Approve that dossiers are anonymised, all or none. ``seen``: the version at which the list showed each; without
    it, that of the list as it was last worked out. Raises ``UnknownDossierError``, ``NotAllowedError``, ``NotDueError``
    for one that is not on the list or is held back, and ``ChangedError``."""
    with writing(runtime.store) as register:
        made = []
        for dossier in dict.fromkeys(dossiers):
            record, roles = _on_the_list(runtime, register, dossier, actor, now)
            if record.state == "held":
                raise NotDueError(record.number)
            shown = sound_record(register, dossier)
            if shown is None and lost_records(register, [dossier]):
                raise NotDueError(record.number)
            version = shown.version if shown else record.version
            if record.version != (seen.get(dossier) if seen is not None else version):
                raise ChangedError(record.number)
            made.append(_said(record, "approved", actor, roles, now))
        for one in made:
            save_record(register, one)
        return made


def hold_back(runtime: Runtime, dossier: str, reason: str, actor: Actor, now: datetime) -> RetentionRecord:
    """Hold one dossier back from being anonymised, with a reason. Raises as ``approve`` does, and
    ``NoReasonError`` and ``TooLongError``."""
    reason = fitting(reason, SHORT)
    if not reason:
        raise NoReasonError(dossier)
    with writing(runtime.store) as register:
        record, roles = _on_the_list(runtime, register, dossier, actor, now)
        held = replace(_said(record, "held", actor, roles, now), reason=without_codes(register, reason))
        save_record(register, held)
        return held


def let_go(runtime: Runtime, dossier: str, actor: Actor, now: datetime) -> RetentionRecord:
    """No longer hold a dossier back, or take an approval back. Raises as ``approve`` does."""
    with writing(runtime.store) as register:
        record, _ = _on_the_list(runtime, register, dossier, actor, now)
        free = replace(record, state="kept", by="", roles="", at="", reason="")
        save_record(register, free)
        return free


def _departments(runtime: Runtime, register: Register, actor: Actor, now: datetime) -> list[Agreement]:
    staff = runtime.staff.of(register, now)
    account = None if isinstance(actor, Operator) else staff.active(actor)
    found = []
    for organisation, department in register.published_departments():
        elsewhere = account is None or not works_in(account.roles, organisation, department)
        if elsewhere and not isinstance(actor, Operator):
            continue
        try:
            published = runtime.library.publications(register, organisation, department)
            # Who takes in nothing new any more still has what it keeps.
            of = in_force(published, now) or published[-1]
            current = runtime.library.agreement(register, of.agreement)
        except DamagedError:
            continue
        if account is None or named_for(ACTION, current, account.name, staff.holders(organisation)):
            found.append(current)
    return found


def _on_the_list(
    runtime: Runtime, register: Register, dossier: str, actor: Actor, now: datetime
) -> tuple[RetentionRecord, str]:
    """Return the record of a dossier as it stands now, and the roles (names) in which somebody approves."""
    judged = judge(runtime, register, dossier, now)
    roles = _refuse(runtime, register, judged, actor)
    # Who holds it back or lets it go decides anew where that is lost.
    before = sound_record(register, dossier)
    longest = judged.retention.longest
    done = judged.dossier.frozen is not None or (before is not None and before.state == "done")
    if longest is None or longest.until >= judged.today or done:
        raise NotDueError(judged.dossier.number)
    if judged.is_stopped:
        raise NotDueError(judged.dossier.number)
    return worked_out(judged, before), roles


def _refuse(runtime: Runtime, register: Register, judged: Judged, actor: Actor) -> str:
    staff = runtime.staff.of(register, judged.decision.at)
    excluded = refuse_strangers(judged.own, judged.dossier, actor, staff)
    if isinstance(actor, Operator):
        return ""
    refuse_uncleared(runtime, register, staff, actor, judged.dossier.id)
    rules, holders = judged.rules, staff.holders(judged.rules.organisation)
    if not named_for(ACTION, rules, actor, holders, judged.decision.stand_ins, excluded):
        raise NotAllowedError(rules, ACTION)
    held = holders.roles_of(rules, actor, excluded)
    return ", ".join(rules.roles[role].name for role in rules.rights[ACTION] if role in held)


def _said(record: RetentionRecord, state: str, actor: Actor, roles: str, now: datetime) -> RetentionRecord:
    by = actor.name if isinstance(actor, Operator) else actor
    return replace(record, state=state, by=by, roles=roles, at=instant_text(now), reason="")
