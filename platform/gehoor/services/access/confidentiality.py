"""Whom the level of a dossier hides it from: asked of the dossier itself, and of what is kept of it for lists."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from gehoor.core.access.confidentiality import (
    Clearance,
    admits,
    clearance_of,
    level_of,
    not_admitted,
    roles_with_dossiers,
)
from gehoor.core.access.roles import may_open
from gehoor.core.agreement.model import Agreement
from gehoor.core.decision.model import Decision
from gehoor.core.dossier.conflict_of_interest import excluded_from
from gehoor.core.dossier.dossier import Dossier
from gehoor.services.ports.records import Account, Summary
from gehoor.services.register.library import Library
from gehoor.services.register.register import Register, UnknownDossierError
from gehoor.services.register.runtime import Runtime
from gehoor.services.register.staff import Staff


def clearance_for(agreement: Agreement, dossier: Dossier, decision: Decision, staff: Staff) -> Clearance:
    """Return what somebody needs for a dossier to exist for them, with the accounts as they are."""
    excluded = excluded_from(agreement, dossier.values, staff.same_person)
    return clearance_of(agreement, dossier, decision, excluded)


def kept_from(
    agreement: Agreement, dossier: Dossier, decision: Decision, excluded: frozenset[str], staff: Staff
) -> frozenset[str]:
    """Return everyone of its department, and of who handles it, for whom a dossier does not exist: because of a
    conflict of interest (``excluded``), or because of its level."""
    clearance = clearance_of(agreement, dossier, decision, excluded)
    holders = staff.holders(agreement.organisation)
    hidden = excluded | not_admitted(clearance, agreement, holders)
    return hidden | {one for one in dossier.handlers if not admits(clearance, agreement, holders, one)}


def not_to_handle(
    agreement: Agreement, dossier: Dossier, decision: Decision, excluded: frozenset[str], staff: Staff
) -> frozenset[str]:
    """Return those of them who cannot be given it either: of a level that is for its handler too, being given it is
    enough."""
    level = level_of(agreement, decision)
    hidden = kept_from(agreement, dossier, decision, excluded, staff)
    if level is None or not level.handler:
        return hidden
    holders, seeing = staff.holders(agreement.organisation), roles_with_dossiers(agreement)
    return excluded | {
        name for name in hidden if holders.roles_of(agreement, name, excluded).isdisjoint(seeing)
    }


def kept_from_by(
    register: Register, library: Library, staff: Staff, key: str, excluded: Collection[str]
) -> frozenset[str]:
    """Return the same of a dossier with a clearance that is kept under ``key`` (empty: none); everyone, where nothing
    says any more what it asks."""
    if not key:
        return frozenset(excluded)
    asked = asked_under(register, library, key)
    if asked is None:
        return frozenset(staff.accounts)
    clearance, agreement = asked
    return not_admitted(clearance, agreement, staff.holders(agreement.organisation)).union(excluded)


def asked_under(register: Register, library: Library, key: str) -> tuple[Clearance, Agreement] | None:
    """Return what is asked under a key, with the agreement that says so; None where either is damaged or gone: then
    nobody has it, and what is asked of other dossiers stays as it is."""
    found = register.clearance(key)
    agreement = library.sound_agreement(register, found.agreement) if found is not None else None
    return (found, agreement) if found is not None and agreement is not None else None


def exists_for(
    register: Register, library: Library, staff: Staff, account: Account, summary: Summary
) -> bool:
    """Say whether a dossier exists for an account that works in its department, of what is kept of it for lists."""
    place = (summary.organisation, summary.department)
    return may_open(account.name, account.roles, place, summary.excluded) and is_cleared(
        register, library, staff, account.name, summary.clearance
    )


def is_cleared(register: Register, library: Library, staff: Staff, name: str, key: str) -> bool:
    """Say whether somebody has the clearance that is kept under ``key`` (empty: none is asked)."""
    if not key:
        return True
    asked = asked_under(register, library, key)
    if asked is None:
        return False
    clearance, agreement = asked
    return admits(clearance, agreement, staff.holders(agreement.organisation), name)


def refuse_uncleared(runtime: Runtime, register: Register, staff: Staff, name: str, dossier: str) -> None:
    """Raise ``UnknownDossierError`` when somebody has not the clearance of a dossier."""
    if not is_cleared(register, runtime.library, staff, name, register.clearance_key(dossier)):
        raise UnknownDossierError(dossier)


def cleared_for(
    register: Register, library: Library, staff: Staff, name: str, place: tuple[str, str]
) -> tuple[str, ...]:
    """Return which clearances of a department somebody has, as lists ask for them: none at all is one of them. Where
    what was asked is gone, nobody has it."""
    cleared = [
        key
        for key, one in register.clearances(place).items()
        if (agreement := library.sound_agreement(register, one.agreement)) is not None
        and admits(one, agreement, staff.holders(one.organisation), name)
    ]
    return ("", *cleared)


def confidential_from(
    register: Register, library: Library, staff: Staff, name: str, dossiers: Iterable[str]
) -> frozenset[str]:
    """Return those of some dossiers that do not exist for somebody because of their level."""
    return frozenset(
        one
        for one in dossiers
        if (key := register.clearance_key(one)) and not is_cleared(register, library, staff, name, key)
    )
