"""The first people of a new organisation: given their roles by whoever founded it, before anything came in there.

Nobody manages accounts there yet, so that nobody could. There is no dossier in the organisation, so that it opens
nothing: not to somebody new, whose account is made so, and not to whoever founded it. Once somebody else manages
accounts there, it is theirs; what was given can be taken back until something came in (decision 76).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from gehoor.core.access.account_log import Deed, Done
from gehoor.core.access.roles import EVERY_DEPARTMENT, EVERYBODY, holds_role, role_text
from gehoor.core.agreement.actions import Action
from gehoor.core.agreement.model import Agreement
from gehoor.services.access.authorisation import Actor, Operator, name_of
from gehoor.services.access.manned import is_manned
from gehoor.services.accounts.accounts import end_all_access, plain_name
from gehoor.services.accounts.administration import refuse_full_name
from gehoor.services.accounts.confirmation import asked_again
from gehoor.services.accounts.new_accounts import RESERVED, SIGN_IN_NAME, NameTakenError
from gehoor.services.agreements.publications import all_in_force
from gehoor.services.ports.outside import PasswordHasher
from gehoor.services.ports.records import Account
from gehoor.services.records.ledger_lookup import is_entered
from gehoor.services.register.register import Register, reading, writing
from gehoor.services.register.runtime import Runtime
from gehoor.services.register.staff import Staff, works_for
from gehoor.services.register.typed_codes import random_code


class NotFoundingError(Exception):
    """Somebody may not give or take this role: they did not found the organisation, it is at work, or is managed."""


@dataclass(frozen=True, slots=True)
class FirstRole:
    """A role to give: as ``role_text`` writes it, what it is called, and in which department (empty: in all)."""

    role: str
    name: str
    department: str
    manages: bool
    """Whether who has it gives the roles from then on."""


@dataclass(frozen=True, slots=True)
class GivenRole:
    """A role that whoever founded an organisation gave: to whom, as an account and as people know them."""

    account: str
    full_name: str
    role: FirstRole


@dataclass(frozen=True, slots=True)
class Appointing:
    """Who gives the roles of an organisation. ``closed``: the departments (names) where nobody would see what comes in,
    so that the website does not offer its forms; ``by``: who manages accounts there (full names); ``roles`` and
    ``people``: what whoever asks may give, and to whom without typing who it is, themselves first; ``gave``: what they
    gave and may take back."""

    closed: tuple[str, ...]
    by: tuple[str, ...]
    roles: tuple[FirstRole, ...] = ()
    people: tuple[Account, ...] = ()
    founds: bool = False
    """Whether whoever asks gives the first roles."""

    open: tuple[tuple[str, str], ...] = ()
    """The departments (as they are addressed, and their names) of which the website offers its forms."""
    gave: tuple[GivenRole, ...] = ()


@dataclass(frozen=True, slots=True)
class Wanted:
    """A role that somebody gives, to an account, or to who is typed: ``email``, also as it signs in, of who has an
    account already; with a full name of somebody new."""

    role: str
    account: str = ""
    full_name: str = ""
    email: str = ""


def appointing(runtime: Runtime, organisation: str, actor: Actor, now: datetime) -> Appointing:
    """Return who gives the roles of an organisation, of which nothing is a secret for who makes its agreements."""
    with reading(runtime.store) as register:
        return _appointing(runtime, register, organisation, actor, now)


def appoint_first(
    runtime: Runtime, hasher: PasswordHasher, organisation: str, wanted: Wanted, actor: Actor, now: datetime
) -> tuple[str, str]:
    """Give a first role; return the account that got it, and the password that was made for it (empty: it had one).

    Raises ``NotFoundingError``, and of somebody new ``FullNameRefusedError`` and ``NameTakenError``, also where their
    address cannot be what they sign in with; nothing is given then."""
    with writing(runtime.store) as register:
        found = _appointing(runtime, register, organisation, actor, now)
        if not found.founds or wanted.role not in {one.role for one in found.roles}:
            raise NotFoundingError(organisation)
        if wanted.account and wanted.account not in {one.name for one in found.people}:
            raise NotFoundingError(organisation)
        staff = runtime.staff.of(register, now)
        account = register.account(wanted.account or _typed(staff, wanted.email))
        if account is None:
            return _added(register, hasher, wanted, actor, now)
        if wanted.role not in account.held_roles:
            after = asked_again(replace(account, roles=(*account.roles, wanted.role)), now)
            register.save_account(after)
            register.add_deed(account.name, Done(Deed.CHANGED, came=(wanted.role,)), name_of(actor), now)
        return account.name, ""


def take_back(
    runtime: Runtime, organisation: str, account: str, role: str, actor: Actor, now: datetime
) -> None:
    """Take back a first role; an account that was made for it, and has no other, is closed. Raises
    ``NotFoundingError``."""
    with writing(runtime.store) as register:
        gave = _appointing(runtime, register, organisation, actor, now).gave
        held = register.account(account)
        if held is None or (account, role) not in {(one.account, one.role.role) for one in gave}:
            raise NotFoundingError(organisation)
        after = replace(held, roles=tuple(one for one in held.roles if one != role))
        register.add_deed(account, Done(Deed.CHANGED, went=(role,)), name_of(actor), now)
        if not after.all_roles and not after.coordinates and _made_by(register, account, actor):
            after = replace(after, active=False)
            end_all_access(register, account)
            register.add_deed(account, Done(Deed.LEFT), name_of(actor), now)
        register.save_account(after)


def _typed(staff: Staff, email: str) -> str:
    """Return the account that is typed exactly, by its address or by how it signs in; empty: there is none, or one
    cannot know which."""
    typed = plain_name(email)
    found = [
        one.name
        for one in staff.accounts.values()
        if one.active and not one.client and typed in (one.name, one.email.lower())
    ]
    return found[0] if len(found) == 1 else ""


def _added(
    register: Register, hasher: PasswordHasher, wanted: Wanted, actor: Actor, now: datetime
) -> tuple[str, str]:
    """Add an account for somebody new, who signs in with their address, or open again one that was taken back."""
    refuse_full_name(wanted.full_name)
    name = plain_name(wanted.email)
    before = register.account(name)
    if before is not None:
        known = before.active or not _made_by(register, name, actor)
    else:
        known = is_entered(register.tables, f"accounts/{name}")
    if known or name in RESERVED or SIGN_IN_NAME.fullmatch(name) is None:
        raise NameTakenError(name)
    password = random_code()
    account = replace(
        before or Account(name, wanted.full_name, wanted.email, ""),
        full_name=wanted.full_name,
        password_hash=hasher.hash(password),
        roles=(wanted.role,),
        active=True,
        one_time=True,
        password_by=name_of(actor),
    )
    register.save_account(account)
    deed = Deed.PASSWORD if before else Deed.ADDED
    register.add_deed(name, Done(deed, came=(wanted.role,)), name_of(actor), now)
    return name, password


def _made_by(register: Register, name: str, actor: Actor) -> bool:
    log = register.account_log(name)
    return bool(log) and log[0].deed == Deed.ADDED and log[0].by == name_of(actor)


def _appointing(
    runtime: Runtime, register: Register, organisation: str, actor: Actor, now: datetime
) -> Appointing:
    staff = runtime.staff.of(register, now)
    places = [one for one in register.published_departments() if one[0] == organisation]
    current = [one.agreement for one in all_in_force(register, runtime.library, places, now) if not one.ended]
    closed = tuple(one.department_name for one in current if not is_manned(one, staff))
    managers = list(dict.fromkeys(name for one in current for name in _managers(one, staff)))
    manned = tuple((one.department, one.department_name) for one in current if is_manned(one, staff))
    found = Appointing(closed, tuple(dict.fromkeys(map(staff.chosen_name, managers))), open=manned)
    if not current or not _founded(organisation, actor, staff) or _is_at_work(register, organisation):
        return found
    gave = tuple(_gave(register, staff, current, actor))
    if not staff.accounts_of(name_of(actor)).issuperset(managers):
        return replace(found, gave=gave)
    people = _to_choose(organisation, actor, staff)
    return replace(found, roles=tuple(_roles(current)), people=tuple(people), founds=True, gave=gave)


def _gave(register: Register, staff: Staff, agreements: list[Agreement], actor: Actor) -> Iterator[GivenRole]:
    roles = {one.role: one for one in _roles(agreements)}
    for account in staff.accounts.values():
        held = [role for role in account.roles if role in roles]
        if not (held and account.active):
            continue
        given: dict[str, str] = {}
        for entry in register.account_log(account.name):
            given |= dict.fromkeys(entry.came, entry.by)
        for role in held:
            if given.get(role) == name_of(actor):
                yield GivenRole(account.name, staff.chosen_name(account.name), roles[role])


def _managers(agreement: Agreement, staff: Staff) -> Iterator[str]:
    """Yield who manages accounts in a department by a role of their own, also while they are away."""
    place = (agreement.organisation, agreement.department)
    roles = agreement.rights.get(Action.MANAGE_ACCOUNTS, ())
    for name, account in staff.accounts.items():
        there = account.active and not account.client
        if there and any(holds_role(staff.presence.own[name], *place, role) for role in roles):
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
    """Yield each role for all departments, where they all have it, and in each department by itself."""
    every = {role: one.roles[role] for one in agreements for role in one.roles}
    for role, of in every.items():
        having = [one for one in agreements if role in one.roles]
        manages = any(role in one.rights.get(Action.MANAGE_ACCOUNTS, ()) for one in having)
        if len(having) == len(agreements):
            text = role_text(having[0].organisation, EVERY_DEPARTMENT, role)
            yield FirstRole(text, of.name, "", manages)
        if len(having) < len(agreements) or len(agreements) > 1:
            for one in having:
                text = role_text(one.organisation, one.department, role)
                manages_here = role in one.rights.get(Action.MANAGE_ACCOUNTS, ())
                yield FirstRole(text, of.name, one.department_name, manages_here)


def _to_choose(organisation: str, actor: Actor, staff: Staff) -> list[Account]:
    """Return whom somebody may choose: themselves first, who has a part in this organisation, and those they work with.
    Everybody else is a stranger, whom they name."""
    mine = staff.accounts_of(name_of(actor))
    works_in = {role.partition("/")[0] for name in mine for role in staff.accounts[name].roles}
    known = staff.to_choose(
        one
        for one in staff.accounts.values()
        if one.active
        and one.name not in mine
        and (
            organisation in one.coordinates
            or any(works_for(of, one) for of in (*sorted(works_in), organisation))
        )
    )
    return [*staff.to_choose([staff.accounts[name_of(actor)]]), *known]
