"""Roles that something counts on while nobody acts for them, whichever deputy one asks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from gehoor.core.access.roles import works_in
from gehoor.core.agreement.model import Agreement
from gehoor.core.rules.effects import Approve, Assign, Duty, Notify
from gehoor.services.agreements.publications import all_in_force
from gehoor.services.register.register import reading
from gehoor.services.register.runtime import Runtime
from gehoor.services.register.staff import Staff


@dataclass(frozen=True, slots=True)
class EmptyRole:
    """A role of a department for which there is nobody, and no deputy either."""

    organisation: str
    department: str
    role: str
    name: str


def empty_roles(runtime: Runtime, now: datetime) -> list[EmptyRole]:
    """Return, of every department where someone works, the roles whose messages and tasks reach nobody."""
    found: list[EmptyRole] = []
    with reading(runtime.store) as register:
        staff = runtime.staff.of(register, now)
        people = [account for account in staff.accounts.values() if account.active and not account.client]
        manned = [
            department
            for department in register.published_departments()
            if any(works_in(one.roles, *department) for one in people)
        ]
        for one in all_in_force(register, runtime.library, manned, now):
            agreement = one.agreement
            found += [
                EmptyRole(agreement.organisation, agreement.department, role, agreement.roles[role].name)
                for role in dict.fromkeys((*_counted_on(agreement), *_rights_of_nobody(agreement, staff)))
                if staff.holders(agreement.organisation).is_vacant(agreement, role)
            ]
    return found


def _rights_of_nobody(agreement: Agreement, staff: Staff) -> Iterator[str]:
    """Give the first role of what is kept for roles that nobody acts for: then nobody may do it."""
    holders = staff.holders(agreement.organisation)
    for roles in agreement.rights.values():
        if roles and all(holders.is_vacant(agreement, role) for role in roles):
            yield roles[0]


def _counted_on(agreement: Agreement) -> Iterator[str]:
    for term in agreement.terms.values():
        yield term.responsible
        yield from (level.tell for level in term.levels if level.tell)
    for rule in agreement.rules.values():
        for effect in rule.effects:
            if isinstance(effect, (Notify, Approve, Assign)):
                yield effect.role
            elif isinstance(effect, Duty):
                yield effect.responsible
