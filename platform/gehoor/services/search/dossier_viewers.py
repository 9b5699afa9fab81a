"""Who may see dossiers of a department, and by what: for who manages accounts there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from gehoor.core.access.confidentiality import MEANING, roles_with_dossiers
from gehoor.core.access.roles import holds_role
from gehoor.core.agreement.model import Agreement
from gehoor.services.access.authorisation import Actor
from gehoor.services.accounts.administration import UnknownAccountError, managed_by
from gehoor.services.ports.records import Account
from gehoor.services.register.register import Register, reading
from gehoor.services.register.runtime import Runtime
from gehoor.services.register.staff import Staff


@dataclass(frozen=True, slots=True)
class Viewer:
    """Somebody for whom dossiers of a department exist now. ``own``: the names of their own roles there; ``lent``:
    whose roles they have while those are away; ``vacant``: the names of roles that nobody has and they deputise for;
    ``levels``: the levels of confidentiality that they see, in words; of others they see what they handle, where the
    agreement says so."""

    account: Account
    own: tuple[str, ...]
    lent: tuple[str, ...]
    vacant: tuple[str, ...]
    levels: tuple[str, ...]


def viewers(
    runtime: Runtime, place: tuple[str, str], actor: Actor, now: datetime
) -> tuple[list[Viewer], bool]:
    """Return who may see dossiers of a department (``place``) now, by full name, of the accounts that exist for an
    actor; and whether there are others, whom they do not manage. Raises ``UnknownAccountError`` for a department that
    is not theirs."""
    with reading(runtime.store) as register:
        managed = managed_by(runtime, register, actor, now)
        if place not in managed.agreements:
            raise UnknownAccountError("/".join(place))
        agreement, staff = managed.agreements[place], runtime.staff.of(register, now)
        found = _all(register, agreement, staff)
    mine = [one for one in found if managed.sees(one.account)]
    mine.sort(key=lambda one: (one.account.full_name.casefold(), one.account.name))
    return mine, len(mine) < len(found)


def _all(register: Register, agreement: Agreement, staff: Staff) -> list[Viewer]:
    holders, seeing = staff.holders(agreement.organisation), roles_with_dossiers(agreement)
    place = (agreement.organisation, agreement.department)
    found = []
    for account in register.accounts():
        acting = holders.roles_of(agreement, account.name) if account.active else frozenset()
        if acting.isdisjoint(seeing):
            continue
        own = staff.presence.own[account.name]
        lent = {
            whose: roles
            for whose, roles in staff.presence.borrowed.get(account.name, ())
            if any(holds_role(roles, *place, role) for role in seeing)
        }
        held = {role for role in acting if holds_role(own, *place, role)}
        borrowed = {role for role in acting for roles in lent.values() if holds_role(roles, *place, role)}
        found.append(
            Viewer(
                account,
                _names(agreement, held & seeing),
                tuple(sorted(map(staff.full_name, lent))),
                _names(agreement, (acting - held - borrowed) & seeing),
                tuple(_levels(agreement, acting)),
            )
        )
    return found


def _names(agreement: Agreement, roles: set[str] | frozenset[str]) -> tuple[str, ...]:
    return tuple(role.name for role in agreement.roles.values() if role.id in roles)


def _levels(agreement: Agreement, acting: frozenset[str]) -> list[str]:
    field = agreement.dossier_form.fields.get(agreement.field_for(MEANING))
    called = {choice.code: choice.label for choice in field.choices} if field is not None else {}
    return [
        called.get(name, name)
        for name, level in agreement.confidentiality.items()
        if level.everyone or not acting.isdisjoint(level.exists_for)
    ]
