"""What someone may see of a summary: judged by the agreement of its own dossier, wherever it is shown."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any, Final

from gehoor.core.agreement.model import Agreement
from gehoor.services.access.confidentiality import kept_from_by
from gehoor.services.access.rights import opening_rights
from gehoor.services.ports.records import Account, Summary
from gehoor.services.register.library import Library
from gehoor.services.register.register import Register
from gehoor.services.register.staff import Staff

_MEANINGS: Final[Mapping[str, str]] = {
    "kind": "message-kind",
    "called": "message-kind",
    "received": "received-on",
    "danger": "danger",
    "severity": "severity",
    "judgement": "judgement",
    "channels": "carrier",
}
"""Member of a summary -> the meaning of the field that it is the answer of. The subject has its roles with it, because
deciding on the dossier told whether it is the beginning of the story."""
_NOTHING: Final[Mapping[str, Any]] = {
    **dict.fromkeys(_MEANINGS, ""),
    "channels": (),
    "called": (),
    "danger": False,
}


def unseen_members(agreement: Agreement, held: Collection[str]) -> frozenset[str]:
    """Return the members of a summary under this agreement that tell what someone in these roles may not see."""
    fields = agreement.dossier_form.fields
    keeping = {
        member: of.seen_by
        for member, meaning in _MEANINGS.items()
        if (of := fields.get(agreement.field_for(meaning))) is not None and of.seen_by
    }
    return frozenset(member for member, roles in keeping.items() if not set(roles).intersection(held))


def summary_for(
    account: Account, summary: Summary, *, register: Register, library: Library, staff: Staff
) -> Summary:
    """Return a summary without what this account may not see in that dossier: under the agreement that it is pinned
    to, and in the roles that the account has in its department."""
    agreement = library.sound_agreement(register, summary.agreement)
    if agreement is None:
        # Nobody knows who may see what.
        return replace(summary, subject="", **_NOTHING)
    excluded = kept_from_by(register, library, staff, summary.clearance, summary.excluded)
    held = staff.holders(agreement.organisation).roles_of(agreement, account.name, excluded)
    hidden: dict[str, Any] = {name: _NOTHING[name] for name in unseen_members(agreement, held)}
    if summary.subject_for and held.isdisjoint(summary.subject_for):
        hidden["subject"] = ""
    return replace(summary, **hidden) if hidden else summary


def sees_there(
    account: Account,
    summary: Summary,
    meanings: Collection[str],
    fields: Collection[str] = (),
    *,
    register: Register,
    library: Library,
    staff: Staff,
) -> bool:
    """Say whether an account may see in that dossier what these fields hold, and those of these meanings.

    By what one may not see there, nothing of it may be found from elsewhere: else one could try until it fits."""
    agreement = library.sound_agreement(register, summary.agreement)
    if agreement is None:
        return False
    excluded = kept_from_by(register, library, staff, summary.clearance, summary.excluded)
    holders = staff.holders(summary.organisation)
    unseen = opening_rights(agreement, account.name, holders, excluded=excluded).unseen
    return unseen.isdisjoint({*fields, *map(agreement.field_for, meanings)})
