"""Who has a task: who is named for it, and who acts for them while they are away. It shows nothing of the dossier but
what was agreed, so it needs no role there; a conflict of interest and a level keep it from somebody all the same."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace

from gehoor.core.access.confidentiality import Clearance, admits_task
from gehoor.core.access.field_rights import FieldRights
from gehoor.core.agreement.actions import Action
from gehoor.core.agreement.model import Agreement
from gehoor.core.decision.model import Decision
from gehoor.core.decision.tasks import TaskState
from gehoor.core.dossier.dossier import Dossier
from gehoor.services.access.confidentiality import asked_under, clearance_for
from gehoor.services.ports.records import Account
from gehoor.services.register.library import Library
from gehoor.services.register.register import Register
from gehoor.services.register.staff import Staff, works_for


def may_have(clearance: Clearance, agreement: Agreement, staff: Staff) -> Callable[[str], bool]:
    """Return what says of an account whether tasks of a dossier exist for it. ``clearance``: what the dossier asks, and
    ``agreement`` the one that says so."""
    holders = staff.holders(agreement.organisation)

    def may(name: str) -> bool:
        account = staff.active(name)
        works = account is not None and works_for(agreement.organisation, account)
        return works and admits_task(clearance, agreement, holders, name)

    return may


def has_it(
    agreement: Agreement, dossier: Dossier, decision: Decision, state: TaskState, staff: Staff, name: str
) -> bool:
    """Say whether somebody does a task: they are named for it, or act for who is and is away, and a dossier that is
    about either of them, or of a level that is not theirs, gives them none."""
    clearance = clearance_for(agreement, dossier, decision, staff)
    may, mine = may_have(clearance, agreement, staff), whose(name, staff, clearance.excluded)
    return may(name) and any(one in state.people and may(one) for one in mine)


def may_have_by(
    register: Register, library: Library, staff: Staff, dossier: str, excluded: Collection[str] | None = None
) -> Callable[[str], bool]:
    """Return the same of a dossier by what is kept of it: nothing was asked where no clearance is; nobody may where
    nothing says any more what it asks. ``excluded``: who has a conflict of interest, where that is known."""
    conflicts = register.excluded_from(dossier) if excluded is None else excluded
    by_level = may_have_by_level(register, library, staff, dossier)
    return lambda name: name not in conflicts and by_level(name)


def may_have_by_level(
    register: Register, library: Library, staff: Staff, dossier: str, *, whoever: bool = False
) -> Callable[[str], bool]:
    """Return the same by its level alone. ``whoever``: as if nobody had a conflict of interest."""
    key = register.clearance_key(dossier)
    asked = asked_under(register, library, key) if key else None
    if asked is None:
        return lambda name: not key and staff.active(name) is not None
    clearance, agreement = asked
    return may_have(replace(clearance, excluded=()) if whoever else clearance, agreement, staff)


def holders_of(
    named: Iterable[str], staff: Staff, may: Callable[[str], bool], excluded: Collection[str]
) -> list[Account]:
    """Return who does a task for which these accounts are named: they, and who acts for them while they are away. For
    whom it does not exist does not have it, and nobody does it for them, or by the choice of who is ``excluded``."""
    found = {
        one.name: one for name in named if may(name) for one in staff.reached(name, excluded) if may(one.name)
    }
    return list(found.values())


def whose(name: str, staff: Staff, excluded: Collection[str]) -> tuple[str, ...]:
    """Return for whom somebody does tasks: themselves, and who is away and has them as deputy, but by the choice of who
    is ``excluded``."""
    return (name, *staff.presence.acts_for(name, excluded))


def rights_by_task(agreement: Agreement, state: TaskState) -> FieldRights:
    """Return what somebody sees and changes in a dossier by having a task: of one of a row, that list alone, of which a
    use case takes no more than what the row asks of them."""
    fields, task = frozenset(agreement.dossier_form.fields), state.task
    own = (task.rows,) if task.rows else ()
    seen, filled = {*(own or task.fields), task.evidence}, {*(own or task.fills), task.evidence}
    return FieldRights(fields.difference(seen), fields.difference(filled), frozenset(Action))
