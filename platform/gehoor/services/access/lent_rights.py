"""What who acts for somebody else sees less of: by the choice of who is kept from a dossier nobody acts in it."""

from __future__ import annotations

from gehoor.services.access.confidentiality import kept_from_by
from gehoor.services.access.rights import opening_rights
from gehoor.services.register.library import Library
from gehoor.services.register.register import Register
from gehoor.services.register.staff import Staff


def seen_less_of(register: Register, library: Library, staff: Staff, account: str) -> frozenset[str]:
    """Return the dossiers in which an account sees fewer fields than in others of their department, as it acts there
    by the choice of somebody for whom they do not exist. What is counted or narrowed by an answer leaves them out: it
    would tell what the dossier itself does not show."""
    held = staff.accounts[account].roles if account in staff.accounts else ()
    choosing = {
        person
        for organisation in {role.partition("/")[0] for role in held}
        for person in staff.holders(organisation).leading_to(account)
    }
    return frozenset(
        dossier
        for dossier in {one for person in choosing for one in register.excluded_dossiers(person)}
        if _sees_less(register, library, staff, account, dossier)
    )


def _sees_less(register: Register, library: Library, staff: Staff, account: str, dossier: str) -> bool:
    summary = register.sound_summary(dossier)
    if summary is None:
        return False
    agreement = library.sound_agreement(register, summary.agreement)
    if agreement is None:
        return True
    holders = staff.holders(summary.organisation)
    kept = kept_from_by(register, library, staff, summary.clearance, summary.excluded)
    usual = opening_rights(agreement, account, holders).unseen
    return not opening_rights(agreement, account, holders, excluded=kept).unseen <= usual
