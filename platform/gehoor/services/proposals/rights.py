"""Who may do what with the agreements of an organisation: as the agreements in force say, never as a proposal does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from gehoor.core.access.roles import works_in
from gehoor.core.agreement.actions import MAKING, Action
from gehoor.core.agreement.model import Agreement
from gehoor.core.proposals.sources import department_of, organisation_of
from gehoor.services.access.authorisation import Actor, Operator
from gehoor.services.access.rights import barred_in
from gehoor.services.agreements.publications import all_in_force
from gehoor.services.register.register import Register
from gehoor.services.register.runtime import Runtime

EVERY_ORGANISATION = "*"


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
    all that are in force). ``whole``: everything, also what no department is of yet."""

    organisation: str
    departments: frozenset[str]
    may: Mapping[Action, frozenset[str]]
    whole: bool = False
    shared: bool = False
    """Whether they may change what organisations share."""

    def any(self, action: Action) -> bool:
        """Say whether somebody may do this anywhere."""
        return self.whole or bool(self.may.get(action))

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
        if self.whole:
            return True
        department = department_of(file)
        wanted = {department} if department in self.departments else self.departments
        return bool(wanted) and wanted <= self.may.get(action, frozenset())


def making_rights(
    runtime: Runtime, register: Register, organisation: str, actor: Actor, now: datetime
) -> MakingRights:
    """Return what somebody may do with the agreements of an organisation."""
    mine = list(_in_force(runtime, register, [organisation], now))
    others = {one for one, _ in register.published_departments()} - {organisation}
    departments = frozenset(one.department for one in mine)
    if isinstance(actor, Operator):
        return MakingRights(organisation, departments, {}, whole=True, shared=True)
    may = _granted(runtime, register, mine, actor, now)
    whole = _coordinates(runtime, register, organisation, actor, now)
    shared = (whole or (bool(departments) and may[Action.PROPOSE] == departments)) and all(
        _proposes_whole(runtime, register, other, actor, now) for other in others
    )
    return MakingRights(organisation, departments, may, whole, shared)


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
        for one in _in_force(runtime, register, [organisation], now)
        if (roles := one.rights.get(Action.APPROVE, ()))
    }


def _in_force(
    runtime: Runtime, register: Register, organisations: Iterable[str], now: datetime
) -> Iterator[Agreement]:
    wanted = set(organisations)
    places = [one for one in register.published_departments() if one[0] in wanted]
    for one in all_in_force(register, runtime.library, places, now):
        if not one.ended:
            yield one.agreement


def _granted(
    runtime: Runtime, register: Register, agreements: Iterable[Agreement], name: str, now: datetime
) -> dict[Action, frozenset[str]]:
    staff = runtime.staff.of(register, now)
    account = staff.active(name)
    may: dict[Action, set[str]] = {action: set() for action in MAKING}
    for one in agreements:
        if account is None or not works_in(account.roles, one.organisation, one.department):
            continue
        barred = barred_in(one, name, staff.holders(one.organisation))
        for action in MAKING - barred:
            may[action].add(one.department)
    return {action: frozenset(found) for action, found in may.items()}


def _coordinates(runtime: Runtime, register: Register, organisation: str, name: str, now: datetime) -> bool:
    account = runtime.staff.of(register, now).active(name)
    return account is not None and not {organisation, EVERY_ORGANISATION}.isdisjoint(account.coordinates)


def _proposes_whole(
    runtime: Runtime, register: Register, organisation: str, name: str, now: datetime
) -> bool:
    if _coordinates(runtime, register, organisation, name, now):
        return True
    mine = list(_in_force(runtime, register, [organisation], now))
    may = _granted(runtime, register, mine, name, now)
    return may[Action.PROPOSE] == frozenset(one.department for one in mine)
