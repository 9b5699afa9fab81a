"""The one place where a dossier or a department is opened for someone: what they may not know of does not exist."""

from __future__ import annotations

from datetime import datetime

from gehoor.core.access.roles import departments_of, works_in
from gehoor.core.agreement.actions import Action
from gehoor.core.agreement.model import Agreement
from gehoor.services.access.rights import barred_in
from gehoor.services.agreements.publications import all_in_force
from gehoor.services.dossiers.viewing import OpenedDossier, look
from gehoor.services.ports.records import Account
from gehoor.services.register.library import NothingPublishedError
from gehoor.services.register.register import UnknownDossierError, reading
from gehoor.services.register.runtime import Runtime


def dossier_for(runtime: Runtime, account: Account, dossier_id: str, now: datetime) -> OpenedDossier:
    """Return a dossier, without what this account may not see. Raises ``UnknownDossierError``, also for who does not
    work in its department."""
    opened = look(runtime, dossier_id, now, account.name)
    if not works_in(account.roles, opened.dossier.organisation, opened.dossier.department):
        raise UnknownDossierError(dossier_id)
    return opened


def may_break_glass(runtime: Runtime, account: Account, now: datetime) -> list[Agreement]:
    """Return the agreements of the departments where an account may open a hidden dossier in an emergency."""
    with reading(runtime.store) as register:
        places = departments_of(account.roles, register.published_departments())
        staff = runtime.staff.of(register, now)
        found = [one.agreement for one in all_in_force(register, runtime.library, places, now)]
    return [
        one
        for one in found
        if one.emergency
        and Action.BREAK_GLASS not in barred_in(one, account.name, staff.holders(one.organisation))
    ]


def department_for(
    runtime: Runtime, account: Account, department: tuple[str, str], now: datetime
) -> tuple[Agreement, frozenset[Action]]:
    """Return the agreement of a department (organisation and department) and what this account may not do there: nobody
    registers in one that was ended.

    Raises ``NothingPublishedError``, also for who does not work there.
    """
    if not works_in(account.roles, *department):
        raise NothingPublishedError(*department)
    with reading(runtime.store) as register:
        found = all_in_force(register, runtime.library, [department], now)
        if not found:
            raise NothingPublishedError(*department)
        agreement = found[0].agreement
        barred = barred_in(agreement, account.name, runtime.staff.of(register, now).holders(department[0]))
    return agreement, barred | {Action.REGISTER} if found[0].ended else barred
