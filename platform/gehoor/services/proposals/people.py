"""Who has which role in the departments of an organisation, who acts for whom, and who makes the agreements."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from gehoor.core.agreement.actions import MAKING, Action
from gehoor.core.agreement.model import Agreement
from gehoor.services.access.authorisation import Actor
from gehoor.services.agreements.publications import all_in_force
from gehoor.services.proposals.looking import seen_rights
from gehoor.services.proposals.rights import MakingRights, making_rights
from gehoor.services.register.register import reading
from gehoor.services.register.runtime import Runtime
from gehoor.services.register.staff import Staff, works_for


@dataclass(frozen=True, slots=True)
class HeldRole:
    """A role of a department: what it is called, who holds it (full names), who acts for it where nobody does, and the
    role that deputises (names of roles; empty: none is agreed)."""

    name: str
    held_by: tuple[str, ...]
    acted_by: tuple[str, ...]
    deputy: str


@dataclass(frozen=True, slots=True)
class DepartmentPeople:
    """The people of a department. ``makers``: for each thing that is done with agreements, who may (full names)."""

    name: str
    roles: tuple[HeldRole, ...]
    makers: Mapping[Action, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class AwayPerson:
    """Somebody who is away, and who acts for them (full names; empty: nobody in particular)."""

    name: str
    deputy: str


@dataclass(frozen=True, slots=True)
class People:
    """The people of an organisation."""

    departments: tuple[DepartmentPeople, ...]
    away: tuple[AwayPerson, ...]


def people_of(runtime: Runtime, organisation: str, actor: Actor, now: datetime) -> People:
    """Return the people of an organisation, for who has a part in its agreements. Raises ``NoAgreementsError``."""
    with reading(runtime.store) as register:
        seen_rights(runtime, register, organisation, actor, now)
        staff = runtime.staff.of(register, now)
        places = [one for one in register.published_departments() if one[0] == organisation]
        current = all_in_force(register, runtime.library, places, now)
        known = {
            one.name: making_rights(runtime, register, organisation, one.name, now)
            for one in staff.accounts.values()
            if one.active and not one.client
        }
        departments = tuple(
            DepartmentPeople(
                one.agreement.department_name,
                _roles(one.agreement, staff),
                _makers(one.agreement.department, known, staff),
            )
            for one in current
            if not one.ended
        )
    return People(departments, tuple(_away(organisation, staff)))


def _roles(agreement: Agreement, staff: Staff) -> tuple[HeldRole, ...]:
    holders = staff.holders(agreement.organisation)
    found = []
    for role, one in agreement.roles.items():
        held = holders.holding(agreement.department, role)
        acting = () if held else holders.acting(agreement, role)[1]
        deputy = agreement.roles[one.deputy].name if one.deputy in agreement.roles else ""
        found.append(HeldRole(one.name, _called(held, staff), _called(acting, staff), deputy))
    return tuple(found)


def _makers(
    department: str, known: Mapping[str, MakingRights], staff: Staff
) -> Mapping[Action, tuple[str, ...]]:
    found = {}
    for action in MAKING:
        may = [
            name
            for name, rights in known.items()
            if (
                rights.approves(department) if action is Action.APPROVE else rights.within(action, department)
            )
        ]
        found[action] = _called(may, staff)
    return found


def _away(organisation: str, staff: Staff) -> Iterator[AwayPerson]:
    for name in sorted(staff.presence.away, key=lambda one: staff.chosen_name(one).casefold()):
        if works_for(organisation, staff.accounts[name]):
            deputy = staff.presence.deputy_of(name)
            yield AwayPerson(staff.chosen_name(name), staff.chosen_name(deputy) if deputy else "")


def _called(names: Iterable[str], staff: Staff) -> tuple[str, ...]:
    return tuple(sorted(map(staff.chosen_name, names), key=str.casefold))
