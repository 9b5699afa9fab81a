"""Delegation: whether a role opens more than somebody has themselves, who would give it to another."""

from __future__ import annotations

from collections.abc import Collection

from gehoor.core.access.confidentiality import roles_with_dossiers
from gehoor.core.access.field_rights import barred_actions, field_rights
from gehoor.core.access.roles import holds_role
from gehoor.core.agreement.actions import Action
from gehoor.core.agreement.model import Agreement


def opens_more(agreement: Agreement, role: str, held: Collection[str]) -> bool:
    """Say whether whoever has a role in a department may see or do there what somebody in the roles ``held`` may not:
    dossiers, a level, a field or an action. Managing accounts always counts: who can do it confirms what others give.

    Both count as they are, and with all roles that they deputise for: those are theirs as soon as nobody holds them.
    """
    as_it_is = _more(agreement, {role}, set(held))
    return as_it_is or _more(
        agreement, _with_deputised(agreement, {role}), _with_deputised(agreement, set(held))
    )


def manages_accounts(agreement: Agreement, roles: Collection[str]) -> bool:
    """Say whether somebody with these roles (as ``role_text`` writes them) manages accounts in a department, also by
    what they deputise for."""
    place = (agreement.organisation, agreement.department)
    held = {one.id for one in agreement.roles.values() if holds_role(roles, *place, one.id)}
    return not _with_deputised(agreement, held).isdisjoint(agreement.rights.get(Action.MANAGE_ACCOUNTS, ()))


def _more(agreement: Agreement, given: set[str], own: set[str]) -> bool:
    barred = barred_actions(agreement.rights, given, {})
    if Action.MANAGE_ACCOUNTS not in barred or barred_actions(agreement.rights, own, {}) - barred:
        return True
    fields = agreement.dossier_form.fields.values()
    if field_rights(fields, own, {}).unseen - field_rights(fields, given, {}).unseen:
        return True
    kept = [roles_with_dossiers(agreement)]
    kept += [frozenset(one.exists_for) for one in agreement.confidentiality.values() if not one.everyone]
    return any(not given.isdisjoint(roles) and own.isdisjoint(roles) for roles in kept)


def _with_deputised(agreement: Agreement, roles: set[str]) -> set[str]:
    found = set(roles)
    while more := {one.id for one in agreement.roles.values() if one.deputy in found} - found:
        found |= more
    return found
