"""What who acts for somebody else sees less of: by the choice of who is kept from a dossier nobody acts in it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from gehoor.core.access.confidentiality import admits, not_admitted
from gehoor.core.access.role_holders import RoleHolders
from gehoor.core.access.roles import departments_of
from gehoor.core.agreement.model import Agreement
from gehoor.services.access.confidentiality import kept_from_by
from gehoor.services.access.rights import opening_rights
from gehoor.services.register.library import Library
from gehoor.services.register.register import Register
from gehoor.services.register.staff import Staff


@dataclass(frozen=True, slots=True)
class SeenLess:
    """The dossiers in which an account sees fewer fields than in others of their department, as it acts there by the
    choice of somebody for whom they do not exist: some by their id, because of a conflict of interest, and those with
    some clearances (their keys). What is counted or narrowed by an answer leaves them out: it would tell what the
    dossier itself does not show."""

    dossiers: frozenset[str] = frozenset()
    clearances: frozenset[str] = frozenset()


def seen_less_of(register: Register, library: Library, staff: Staff, account: str) -> SeenLess:
    """Return the dossiers in which an account sees less."""
    held = staff.accounts[account].roles if account in staff.accounts else ()
    choosing = {
        person
        for organisation in {role.partition("/")[0] for role in held}
        for person in staff.holders(organisation).leading_to(account)
    }
    if not choosing:
        return SeenLess()
    return SeenLess(
        frozenset(
            dossier
            for dossier in {one for person in choosing for one in register.excluded_dossiers(person)}
            if _sees_less(register, library, staff, account, dossier)
        ),
        frozenset(
            key
            for place in departments_of(held, register.published_departments())
            for key in _cleared_for_less(register, library, staff, account, place, choosing)
        ),
    )


def _sees_less(register: Register, library: Library, staff: Staff, account: str, dossier: str) -> bool:
    summary = register.sound_summary(dossier)
    if summary is None:
        return False
    agreement = library.sound_agreement(register, summary.agreement)
    if agreement is None:
        return True
    kept = kept_from_by(register, library, staff, summary.clearance, summary.excluded)
    return _fewer_fields(agreement, staff.holders(summary.organisation), account, kept)


def _cleared_for_less(
    register: Register,
    library: Library,
    staff: Staff,
    account: str,
    place: tuple[str, str],
    choosing: Collection[str],
) -> Iterator[str]:
    """Give the clearances of a department that some of who chose an account has not, and with which it sees less."""
    for key, one in register.clearances(place).items():
        agreement = library.sound_agreement(register, one.agreement)
        if agreement is None:
            continue
        holders = staff.holders(one.organisation)
        if all(person not in one.excluded and admits(one, agreement, holders, person) for person in choosing):
            continue
        kept = not_admitted(one, agreement, holders).union(one.excluded)
        if _fewer_fields(agreement, holders, account, kept):
            yield key


def _fewer_fields(agreement: Agreement, holders: RoleHolders, account: str, kept: Collection[str]) -> bool:
    """Say whether an account sees fewer fields where a dossier does not exist for some people than elsewhere."""
    usual = opening_rights(agreement, account, holders).unseen
    return not opening_rights(agreement, account, holders, excluded=kept).unseen <= usual
