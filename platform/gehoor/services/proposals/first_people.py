"""The first people of a new organisation: given their roles by whoever founded it, before anything came in there.

Nobody manages accounts there yet, so that nobody could. It opens nothing: there is no dossier in the organisation, and
nobody gives anything to themselves. Once somebody manages accounts there, it is theirs (decision 76).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from gehoor.core.access.account_log import Deed, Done
from gehoor.core.access.roles import EVERY_DEPARTMENT, EVERYBODY, holds_role, role_text
from gehoor.core.agreement.actions import Action
from gehoor.core.agreement.model import Agreement
from gehoor.services.access.authorisation import Actor, Operator, name_of
from gehoor.services.access.manned import is_manned
from gehoor.services.accounts.confirmation import asked_again
from gehoor.services.accounts.deputies import deputies_of
from gehoor.services.agreements.publications import all_in_force
from gehoor.services.ports.records import Account
from gehoor.services.proposals.rights import makers_of
from gehoor.services.register.register import Register, reading, writing
from gehoor.services.register.runtime import Runtime
from gehoor.services.register.staff import Staff, works_for


class NotFoundingError(Exception):
    """Somebody may not give these roles: they did not found the organisation, it is at work, or they would get it."""


@dataclass(frozen=True, slots=True)
class FirstRole:
    """A role to give: as ``role_text`` writes it, what it is called, and in which department (empty: in all)."""

    role: str
    name: str
    department: str
    manages: bool
    """Whether who has it gives the roles from then on."""


@dataclass(frozen=True, slots=True)
class Appointing:
    """Who gives the roles of an organisation. ``closed``: the departments (names) where nobody would see what comes in,
    so that the website does not offer its forms; ``by``: who manages accounts there (full names); ``roles`` and
    ``people``: what whoever asks may give, and to whom, as long as nobody else can."""

    closed: tuple[str, ...]
    by: tuple[str, ...]
    roles: tuple[FirstRole, ...] = ()
    people: tuple[Account, ...] = ()
    founds: bool = False
    """Whether whoever asks gives the first roles."""


def appointing(runtime: Runtime, organisation: str, actor: Actor, now: datetime) -> Appointing:
    """Return who gives the roles of an organisation, of which nothing is a secret for who makes its agreements."""
    with reading(runtime.store) as register:
        return _appointing(runtime, register, organisation, actor, now)


def appoint_first(
    runtime: Runtime, organisation: str, given: Mapping[str, str], actor: Actor, now: datetime
) -> list[str]:
    """Give the first roles (``given``: each with the account that gets it); return who got any. Raises
    ``NotFoundingError``; nothing is given then."""
    with writing(runtime.store) as register:
        found = _appointing(runtime, register, organisation, actor, now)
        known, roles = {one.name for one in found.people}, {one.role for one in found.roles}
        if not found.founds or not (roles >= given.keys() and known >= set(given.values())):
            raise NotFoundingError(organisation)
        for name in dict.fromkeys(given.values()):
            before = register.account(name)
            assert before is not None
            came = tuple(role for role, one in given.items() if one == name and role not in before.held_roles)
            if came:
                after = asked_again(replace(before, roles=(*before.roles, *came)), now)
                register.save_account(after)
                register.add_deed(name, Done(Deed.CHANGED, came=came), name_of(actor), now)
        return list(dict.fromkeys(given.values()))


def _appointing(
    runtime: Runtime, register: Register, organisation: str, actor: Actor, now: datetime
) -> Appointing:
    staff = runtime.staff.of(register, now)
    places = [one for one in register.published_departments() if one[0] == organisation]
    current = [one.agreement for one in all_in_force(register, runtime.library, places, now) if not one.ended]
    closed = tuple(one.department_name for one in current if not is_manned(one, staff))
    by = tuple(dict.fromkeys(staff.chosen_name(name) for one in current for name in _managers(one, staff)))
    found = Appointing(closed, by)
    if by or not current or not _founded(organisation, actor, staff):
        return found
    if _is_at_work(register, organisation):
        return found
    people = _to_choose(runtime, register, actor, staff, now)
    return replace(found, roles=tuple(_roles(current)), people=tuple(people), founds=True)


def _managers(agreement: Agreement, staff: Staff) -> Iterator[str]:
    """Yield who manages accounts in a department by a role of their own, also while they are away."""
    place = (agreement.organisation, agreement.department)
    roles = agreement.rights.get(Action.MANAGE_ACCOUNTS, ())
    for name, account in staff.accounts.items():
        if account.active and any(holds_role(staff.presence.own[name], *place, role) for role in roles):
            yield name


def _founded(organisation: str, actor: Actor, staff: Staff) -> bool:
    if isinstance(actor, Operator):
        return False
    account = staff.active(actor)
    return account is not None and not {organisation, EVERYBODY}.isdisjoint(account.coordinates)


def _is_at_work(register: Register, organisation: str) -> bool:
    """Say whether any dossier of an organisation is there, also one that no list shows yet."""
    return register.tables.count("dossiers", where={"organisation": organisation}) > 0 or any(
        register.dossier(one.dossier).organisation == organisation for one in register.pending()
    )


def _roles(agreements: list[Agreement]) -> Iterator[FirstRole]:
    """Yield the roles of all departments once, and each that only some have, there."""
    every = {role: one.roles[role] for one in agreements for role in one.roles}
    for role, of in every.items():
        having = [one for one in agreements if role in one.roles]
        whole = len(having) == len(agreements)
        for one in having[:1] if whole else having:
            yield FirstRole(
                role_text(one.organisation, EVERY_DEPARTMENT if whole else one.department, role),
                of.name,
                "" if whole else one.department_name,
                role in one.rights.get(Action.MANAGE_ACCOUNTS, ()),
            )


def _to_choose(
    runtime: Runtime, register: Register, actor: Actor, staff: Staff, now: datetime
) -> list[Account]:
    """Return whom somebody may choose: people of organisations whose agreements they have a part in, as *Mensen* names
    them, and who makes agreements too; nobody by whom they would get something themselves."""
    seen = [one.organisation for one in makers_of(runtime, register, actor, now)]
    mine = staff.accounts_of(name_of(actor))
    return staff.to_choose(
        one
        for one in staff.accounts.values()
        if one.active
        and one.name not in mine
        and mine.isdisjoint(deputies_of(staff.accounts, one.name, now))
        and (one.coordinates or any(works_for(organisation, one) for organisation in seen))
    )
