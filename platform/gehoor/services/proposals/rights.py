"""Who may do what with the agreements of an organisation: as the agreements in force say, never as a proposal does."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from gehoor.core.access.roles import works_in
from gehoor.core.agreement.actions import MAKING, Action
from gehoor.core.agreement.model import Agreement
from gehoor.core.proposals.sources import department_of, organisation_of
from gehoor.services.access.authorisation import Actor, Operator
from gehoor.services.access.rights import barred_in
from gehoor.services.ports.store import DamagedError
from gehoor.services.register.library import NothingPublishedError
from gehoor.services.register.register import Register
from gehoor.services.register.runtime import Runtime

EVERY_ORGANISATION: Final = "*"
_FINAL: Final = frozenset({Action.APPROVE, Action.PUBLISH})
"""What nobody does while it cannot be read who may."""


class MayNotError(Exception):
    """Somebody may not do this with the agreements. ``file``: which one is for others; empty: no particular one."""

    def __init__(self, action: Action, file: str = "") -> None:
        super().__init__(f"{action.value} {file}")
        self.action = action
        self.file = file


class NoAgreementsError(LookupError):
    """For who asks, there is no such organisation or proposal."""


@dataclass(frozen=True)
class MakingRights:
    """What somebody may do with the agreements of an organisation: each action, in which departments (``departments``:
    all that are in force, also those of which that is damaged). ``whole``: they coordinate it, or run the server: they
    make everything, also what no department is of yet. That makes nobody somebody who approves."""

    organisation: str
    departments: frozenset[str]
    may: Mapping[Action, frozenset[str]]
    whole: bool = False
    shared: bool = False
    """Whether they may change what organisations share."""
    damaged: frozenset[str] = frozenset()
    """The departments of which nobody can read who may do what: until that is mended nobody approves or publishes."""

    def any(self, action: Action) -> bool:
        """Say whether somebody may do this anywhere."""
        if self.damaged and action in _FINAL:
            return False
        return self.whole or bool(self.may.get(action))

    def everywhere(self, action: Action) -> bool:
        """Say whether somebody may do this in every department, and so for the organisation."""
        granted = self.whole or (
            bool(self.departments) and self.departments <= self.may.get(action, frozenset())
        )
        return granted and self.any(action)

    def within(self, action: Action, department: str) -> bool:
        """Say whether somebody may do this in a department; in one that is not in force, for who may in all."""
        if department in self.departments and not self.whole:
            return self.any(action) and department in self.may.get(action, frozenset())
        return self.everywhere(action)

    def approves(self, department: str) -> bool:
        """Say whether somebody's approval counts in a department that is in force."""
        return not self.damaged and department in self.may.get(Action.APPROVE, frozenset())

    def reads(self) -> bool:
        """Say whether somebody sees proposals at all."""
        return any(self.any(action) for action in MAKING)

    def covers(self, action: Action, file: str, organisations: Iterable[str]) -> bool:
        """Say whether somebody may do this with a file."""
        owner = organisation_of(file, organisations)
        if owner is None:
            return self.shared
        if owner != self.organisation:
            return False
        department = department_of(file)
        return self.everywhere(action) if department is None else self.within(action, department)


def making_rights(
    runtime: Runtime,
    register: Register,
    organisation: str,
    actor: Actor,
    now: datetime,
    not_by: Collection[str] = (),
) -> MakingRights:
    """Return what somebody may do with the agreements of an organisation. ``not_by``: by whose choice nobody acts for
    who is away, such as those who wrote what is to be approved."""
    rights = _own_rights(runtime, register, organisation, actor, now, not_by)
    others = {one for one, _ in register.published_departments()} - {organisation}
    shared = rights.everywhere(Action.PROPOSE) and all(
        _proposes_whole(runtime, register, other, actor, now) for other in others
    )
    return replace(rights, shared=shared)


def _own_rights(
    runtime: Runtime,
    register: Register,
    organisation: str,
    actor: Actor,
    now: datetime,
    not_by: Collection[str] = (),
) -> MakingRights:
    mine, damaged = _in_force(runtime, register, organisation, now)
    departments = damaged | {one.department for one in mine}
    if isinstance(actor, Operator):
        return MakingRights(organisation, departments, {}, whole=True, damaged=damaged)
    may = _granted(runtime, register, mine, actor, now, not_by)
    whole = _coordinates(runtime, register, organisation, actor, now)
    return MakingRights(organisation, departments, may, whole, damaged=damaged)


def makers_of(runtime: Runtime, register: Register, actor: Actor, now: datetime) -> list[MakingRights]:
    """Return the organisations whose proposals somebody sees, with what they may do there."""
    published = {one for one, _ in register.published_departments()}
    if isinstance(actor, Operator):
        known = published | set(register.organisations_with_proposals())
    else:
        account = runtime.staff.of(register, now).active(actor)
        if account is None:
            return []
        known = {role.partition("/")[0] for role in account.roles} & published
        if EVERY_ORGANISATION in account.coordinates:
            known = published | set(register.organisations_with_proposals())
        known |= set(account.coordinates) - {EVERY_ORGANISATION}
    found = (making_rights(runtime, register, one, actor, now) for one in sorted(known))
    return [one for one in found if one.reads()]


def may_found(runtime: Runtime, register: Register, actor: Actor, now: datetime) -> bool:
    """Say whether somebody may make agreements for an organisation that is not there yet."""
    return isinstance(actor, Operator) or _coordinates(runtime, register, EVERY_ORGANISATION, actor, now)


def approvers_named(
    runtime: Runtime, register: Register, organisation: str, now: datetime
) -> Mapping[str, tuple[str, ...]]:
    """Return for each department, where nothing is published without approval, the roles that approve (names)."""
    return {
        one.department: tuple(one.roles[role].name for role in roles if role in one.roles)
        for one in _in_force(runtime, register, organisation, now)[0]
        if (roles := one.rights.get(Action.APPROVE, ()))
    }


def agreements_made(
    runtime: Runtime, register: Register, organisation: str, now: datetime
) -> list[Agreement]:
    """Return what is in force for the departments of an organisation, not of those that ended."""
    return _in_force(runtime, register, organisation, now)[0]


def _in_force(
    runtime: Runtime, register: Register, organisation: str, now: datetime
) -> tuple[list[Agreement], frozenset[str]]:
    """Return what is in force for the departments of an organisation, not of those that ended, and the departments of
    which that is damaged."""
    found, damaged = [], set()
    for place in register.published_departments():
        if place[0] != organisation:
            continue
        try:
            found.append(runtime.library.in_force(register, *place, now))
        except NothingPublishedError:
            # Not yet, or it ended.
            continue
        except DamagedError:
            damaged.add(place[1])
    return found, frozenset(damaged)


def _granted(
    runtime: Runtime,
    register: Register,
    agreements: Iterable[Agreement],
    name: str,
    now: datetime,
    not_by: Collection[str],
) -> dict[Action, frozenset[str]]:
    staff = runtime.staff.of(register, now)
    account = staff.active(name)
    may: dict[Action, set[str]] = {action: set() for action in MAKING}
    for one in agreements:
        if account is None or not works_in(account.roles, one.organisation, one.department):
            continue
        holders = staff.holders(one.organisation)
        barred = barred_in(one, name, holders.chosen_by_others_than(not_by) if not_by else holders)
        for action in MAKING - barred:
            may[action].add(one.department)
    return {action: frozenset(found) for action, found in may.items()}


def _coordinates(runtime: Runtime, register: Register, organisation: str, name: str, now: datetime) -> bool:
    account = runtime.staff.of(register, now).active(name)
    return account is not None and not {organisation, EVERY_ORGANISATION}.isdisjoint(account.coordinates)


def _proposes_whole(
    runtime: Runtime, register: Register, organisation: str, actor: Actor, now: datetime
) -> bool:
    rights = _own_rights(runtime, register, organisation, actor, now)
    # Of one that ended as a whole nobody is left to ask.
    return not rights.departments or rights.everywhere(Action.PROPOSE)
