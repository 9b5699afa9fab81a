"""Whether there is anybody in a department who would see what comes in there."""

from __future__ import annotations

from datetime import datetime

from gehoor.core.access.confidentiality import roles_with_dossiers
from gehoor.core.access.roles import EVERY_DEPARTMENT
from gehoor.core.agreement.model import Agreement
from gehoor.services.register.runtime import Runtime
from gehoor.services.register.staff import Staff


def is_manned(agreement: Agreement, staff: Staff) -> bool:
    """Say whether somebody would see what comes in: they have a role there for which dossiers exist, also while they
    are away. Where nobody has an account at all, whoever runs the server does, with the commands."""
    if staff.incomplete:
        # Whose account is damaged, may be somebody: what comes in waits for them.
        return True
    holders = staff.holders(agreement.organisation)
    places = [
        (department, role)
        for role in roles_with_dossiers(agreement)
        for department in (agreement.department, EVERY_DEPARTMENT)
    ]
    people = [one.name for one in staff.accounts.values() if one.active and not one.client]
    return not people or any(
        not set(people).isdisjoint(held.get(place, ()))
        for held in (holders.held, holders.away)
        for place in places
    )


def is_open(runtime: Runtime, agreement: Agreement, now: datetime) -> bool:
    """Say whether a department is open to people outside: somebody would see what they tell."""
    return is_manned(agreement, runtime.staff.shown(runtime.store, now))
