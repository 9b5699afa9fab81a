"""What somebody who leaves has still to do, who can take it over, and handing it over."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from gehoor.core.access.account_log import Deed, Done
from gehoor.core.access.confidentiality import roles_with_dossiers
from gehoor.core.access.roles import holds_role, works_in
from gehoor.core.agreement.model import Agreement
from gehoor.core.decision.decide import decide
from gehoor.core.decision.tasks import is_done
from gehoor.core.dossier.conflict_of_interest import EXCLUDING, excluded_from
from gehoor.core.dossier.dossier import Dossier
from gehoor.core.forms.fields import Field
from gehoor.core.objections.objections import Objection
from gehoor.services.access.authorisation import Actor, Operator, name_of
from gehoor.services.access.confidentiality import is_cleared, kept_from
from gehoor.services.accounts.administration import managed_account, managed_by, seen_account
from gehoor.services.agreements.publications import all_in_force
from gehoor.services.dossiers.assignment import Assigning, NotAssigned, assign_many, take_back_about
from gehoor.services.dossiers.editing import EditConflictError, Filling, fill_in
from gehoor.services.ports.records import Account
from gehoor.services.projection.known_decision import known_decision
from gehoor.services.projection.projection import UNDECIDABLE, reading_projection
from gehoor.services.projection.tasks import kept_tasks
from gehoor.services.projection.unlisted import without_line
from gehoor.services.recording.answers import RefusedError
from gehoor.services.recording.changing import AnonymisedError
from gehoor.services.register.register import Register, UnknownDossierError, reading, writing
from gehoor.services.register.runtime import Runtime
from gehoor.services.register.staff import Staff, works_for


@dataclass(frozen=True, slots=True)
class Named:
    """That somebody is the answer to a field of a dossier, as somebody who does something there."""

    dossier: str
    number: str
    field: str
    label: str
    member: str = ""
    """Of a row of that field: where they stand in it; ``row`` is its key."""
    row: str = ""


@dataclass(frozen=True, slots=True)
class OnlyTheirs:
    """An approval that a dossier waits for, and that nobody else can give; ``role`` is what the role is called, ``key``
    what the approval is called in a decision."""

    dossier: str
    number: str
    role: str
    key: str


@dataclass(frozen=True, slots=True)
class OpenWork:
    """What somebody has still to do in dossiers that are open. ``handled``: ids and numbers of those they handle.
    ``unread``: the dossiers of which nobody can tell whether they have, as something of them is damaged or gone."""

    handled: tuple[tuple[str, str], ...] = ()
    named: tuple[Named, ...] = ()
    approvals: tuple[OnlyTheirs, ...] = ()
    unread: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.handled or self.named or self.approvals)


def open_work(runtime: Runtime, account: Account, now: datetime) -> OpenWork:
    """Return what an account has still to do. That somebody is named as the one whom a dossier is about is no work."""
    handled: list[tuple[str, str]] = []
    named: list[Named] = []
    approvals: list[OnlyTheirs] = []
    with reading_projection(runtime) as register:
        staff = runtime.staff.of(register, now)
        unread = set(_unlisted_for(runtime, register, account, now))
        asked = {one.dossier for one in kept_tasks(register, account.name)}
        for summary in register.summaries(register.published_departments()):
            if account.name in (summary.handler, *summary.beside):
                handled.append((summary.id, summary.number))
            if summary.id in asked or works_in(account.roles, summary.organisation, summary.department):
                try:
                    dossier = register.dossier(summary.id)
                    agreement = runtime.library.agreement(register, dossier.agreement)
                    named += _named(agreement, dossier, account.name)
                    approvals += _approvals(runtime, (agreement, dossier, staff), account.name, now)
                except UNDECIDABLE:
                    # It waits for whoever repairs it; the others are handed over all the same.
                    unread.add(summary.id)
    return OpenWork(
        tuple(sorted(handled, key=_number)), tuple(named), tuple(approvals), tuple(sorted(unread))
    )


def _unlisted_for(runtime: Runtime, register: Register, account: Account, now: datetime) -> Iterator[str]:
    """Give the dossiers where somebody may have work that no list can tell of; not those that are surely closed."""
    for one, (organisation, _department) in without_line(register).items():
        if organisation and not any(role.startswith(f"{organisation}/") for role in account.roles):
            continue
        try:
            dossier = register.dossier(one)
            agreement = runtime.library.agreement(register, dossier.agreement)
            if dossier.frozen is None and not decide(agreement, dossier, now, runtime.engine).closed:
                yield one
        except UNDECIDABLE:
            yield one


def hand_over(
    runtime: Runtime, work: OpenWork, given: tuple[str, str], actor: Actor, now: datetime
) -> tuple[int, int, list[NotAssigned]]:
    """Let somebody else handle what was handled, and stand in the fields instead. ``given``: from whom, and to whom
    (accounts). An approval follows the role, and cannot be given away. A dossier that does not exist for who takes over
    by a role goes back to its department: whoever manages accounts opens it to nobody by handing it over. So does what
    is about the actor, who chooses nobody for it.

    Returns how many dossiers and how many fields were handed over, and what was not, with the reason. Raises
    ``LookupError`` and ``LimitError`` as for any change of an account.
    """
    name, to = given
    with writing(runtime.store) as register:
        _account, managed = managed_account(runtime, register, name, actor, now)
        seen_account(runtime, register, to, actor, now)
        register.add_deed(name, Done(Deed.HANDED_OVER, other=to), name_of(actor), now)
    if to not in managed.own:
        # Whoever manages accounts may not know of these dossiers; what they take themselves, they have to.
        actor = Operator(name_of(actor))
    ids = [dossier for dossier, _ in work.handled]
    dossiers, refused = 0, []
    done, left = assign_many(runtime, ids, Assigning("", to, actor, before=name, by_role=True), now)
    back = [one for one in done if to not in one.handlers]
    dossiers += len(done) - len(back)
    refused += [*left, *(NotAssigned(one.number, Objection("", "assign-back")) for one in back)]
    take_back_about(runtime, name, actor, now)
    fields = 0
    for one in work.named:
        try:
            fields += _put_instead(runtime, one, name, to, actor, now)
        except (UnknownDossierError, EditConflictError):
            refused.append(NotAssigned(one.number, Objection("", "assign-unknown")))
        except RefusedError as refusal:
            refused.append(NotAssigned(one.number, refusal.objections[0]))
        except AnonymisedError:
            refused.append(NotAssigned(one.number, Objection("", "assign-closed")))
        except UNDECIDABLE:
            refused.append(NotAssigned(one.number, Objection("", "assign-damaged")))
    return dossiers, fields, refused


def heirs(runtime: Runtime, work: OpenWork, name: str, actor: Actor, now: datetime) -> list[Account]:
    """Return who can take over what somebody (an account) has still to do, of the accounts that exist for an actor, by
    name: who may sign in, is another person, and has a role of their own now, with dossiers, in a department where
    some of that work is; where all of it is tasks, a role anywhere in the organisation."""
    with reading_projection(runtime) as register:
        managed, staff = managed_by(runtime, register, actor, now), runtime.staff.of(register, now)
        dossiers = {one for one, _number in work.handled} | {one.dossier for one in work.named}
        found = filter(None, map(register.sound_summary, sorted(dossiers)))
        places = sorted({(one.organisation, one.department) for one in found})
        seeing = [
            (one.agreement.organisation, one.agreement.department, role)
            for one in all_in_force(register, runtime.library, places, now)
            for role in roles_with_dossiers(one.agreement)
        ]
        own = staff.accounts_of(name)
        only_tasks = not work.handled and all(one.row for one in work.named)
        organisations = {organisation for organisation, _department in places} if only_tasks else set()
        return [
            one
            for one in register.accounts()
            if one.active
            and one.name not in own
            and managed.sees(one)
            and (
                any(holds_role(staff.presence.own[one.name], *role) for role in seeing)
                or any(works_for(organisation, one) for organisation in organisations)
            )
        ]


def work_for(runtime: Runtime, work: OpenWork, actor: Actor, now: datetime) -> tuple[OpenWork, OpenWork]:
    """Return what an actor hands over of the work of somebody, and what of that they see: not what is about
    themselves, and of what they may not know of no more than that it is handed over."""
    if isinstance(actor, Operator):
        return work, work
    with reading_projection(runtime) as register:
        staff = runtime.staff.of(register, now)
        conflicts = register.excluded_dossiers(actor)
        roles = staff.accounts[actor].roles
        known = {one[0] for one in work.handled} | {one.dossier for one in work.named}
        known |= {one.dossier for one in work.approvals}
        seen = set()
        for dossier in known - conflicts:
            summary = register.sound_summary(dossier)
            if (
                summary is not None
                and works_in(roles, summary.organisation, summary.department)
                and is_cleared(register, runtime.library, staff, actor, register.clearance_key(dossier))
            ):
                seen.add(dossier)
        told = _approvals_told(runtime, register, (staff, actor), work, now)
    return _only(work, known - conflicts), _only(told, seen)


def _approvals_told(
    runtime: Runtime, register: Register, viewer: tuple[Staff, str], work: OpenWork, now: datetime
) -> OpenWork:
    """Leave out the approvals that are asked because of dossiers that do not exist for who looks."""
    kept = []
    for one in work.approvals:
        known = known_decision(runtime, register, viewer, one.dossier, now)
        if known is not None and any(state.key == one.key for state in known.decision.approvals):
            kept.append(one)
    return replace(work, approvals=tuple(kept))


def _only(work: OpenWork, dossiers: Collection[str]) -> OpenWork:
    return OpenWork(
        tuple(one for one in work.handled if one[0] in dossiers),
        tuple(one for one in work.named if one.dossier in dossiers),
        tuple(one for one in work.approvals if one.dossier in dossiers),
        work.unread,
    )


def _number(one: tuple[str, str]) -> str:
    return one[1]


def _named(agreement: Agreement, dossier: Dossier, name: str) -> Iterator[Named]:
    about = {agreement.field_for(meaning) for meaning in EXCLUDING}
    for of in agreement.dossier_form.fields.values():
        answer = dossier.values.get(of.id)
        if of.type.names_people and of.id not in about and isinstance(answer, list) and name in answer:
            yield Named(dossier.id, dossier.number, of.id, of.label)
        elif of.type.has_rows and isinstance(answer, list):
            rows = zip(dossier.rows.get(of.id, ()), answer, strict=False)
            for number, (key, row) in enumerate(rows, start=1):
                yield from _named_in_row(agreement, dossier, of, (number, key, row), name)


def _named_in_row(
    agreement: Agreement, dossier: Dossier, of: Field, at: tuple[int, str, Any], name: str
) -> Iterator[Named]:
    number, key, row = at
    for member in of.members.values():
        if name in _people(row, member) and not _all_done(agreement, (of.id, member.id), row):
            label = f"{of.row_title} {number}, {member.label}"
            yield Named(dossier.id, dossier.number, of.id, label, member.id, key)


def _people(row: Mapping[str, Any], of: Field) -> list[str]:
    found = row.get(of.id)
    return found if of.type.names_people and isinstance(found, list) else []


def _all_done(agreement: Agreement, by: tuple[str, str], row: Mapping[str, Any]) -> bool:
    """Say whether all tasks that people have by standing there, are done; not where there are none."""
    tasks = [one for one in agreement.tasks.values() if (one.rows, one.by) == by]
    return bool(tasks) and all(is_done(agreement, one, row) for one in tasks)


def _approvals(
    runtime: Runtime, known: tuple[Agreement, Dossier, Staff], name: str, now: datetime
) -> Iterator[OnlyTheirs]:
    agreement, dossier, staff = known
    decision = decide(agreement, dossier, now, runtime.engine)
    conflicts = excluded_from(agreement, dossier.values, staff.same_person)
    excluded = kept_from(agreement, dossier, decision, conflicts, staff)
    for state in decision.approvals:
        if state.holds:
            continue
        _, people = staff.acting(agreement, state.role, excluded, conflicts)
        if [person.name for person in people] == [name]:
            role = agreement.roles.get(state.role)
            yield OnlyTheirs(dossier.id, dossier.number, role.name if role else state.role, state.key)


def _put_instead(runtime: Runtime, one: Named, name: str, to: str, actor: Actor, now: datetime) -> bool:
    with reading(runtime.store) as register:
        dossier = register.dossier(one.dossier)
    answer = dossier.values.get(one.field)
    if not isinstance(answer, list):
        return False
    if one.row:
        keys = dossier.rows.get(one.field, ())
        others: list[Any] = [
            {**row, one.member: _instead(row.get(one.member, []), name, to)} if key == one.row else row
            for key, row in zip(keys, answer, strict=False)
            if isinstance(row, dict)
        ]
    else:
        others = _instead(list(map(str, answer)), name, to)
    if others == answer:
        return False
    fill_in(runtime, Filling(one.dossier, {one.field: others}, dossier.version, actor), now)
    return True


def _instead(people: list[str], name: str, to: str) -> list[str]:
    return list(dict.fromkeys(to if person == name else person for person in people))
