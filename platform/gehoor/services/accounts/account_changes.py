"""Changing the account of somebody who stays: name, address, roles, and which other accounts are theirs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from gehoor.core.access.account_log import Deed, Done
from gehoor.core.access.roles import works_in
from gehoor.services.access.authorisation import Actor, Operator, name_of
from gehoor.services.accounts.absence import first_instant, instant_after, zone_of_work
from gehoor.services.accounts.administration import (
    Limit,
    LimitError,
    Managed,
    UnknownAccountError,
    managed_account,
    refuse_full_name,
    seen_account,
)
from gehoor.services.accounts.confirmation import Asked, asked_again, beyond, told_as, waiting
from gehoor.services.accounts.deputies import acting_roles, deputies_of
from gehoor.services.accounts.same_person import relink
from gehoor.services.accounts.vacancies import with_vacancies
from gehoor.services.dossiers.assignment import take_back
from gehoor.services.dossiers.handing_back import hand_back
from gehoor.services.messages.addresses import readdress
from gehoor.services.ports.records import Account
from gehoor.services.register.register import Register, writing
from gehoor.services.register.runtime import Runtime
from gehoor.services.register.staff import Staff


@dataclass(frozen=True, slots=True)
class AccountChange:
    """What is to be otherwise about an account; None stays as it is.

    ``more`` and ``fewer``: roles that come and go; ``first`` and ``last``: the local days, both included, between which
    those that come are held (None: no bound). ``same_person_as``: another account of the same person; empty: it
    is somebody else's after all.
    """

    name: str
    full_name: str | None = None
    email: str | None = None
    more: tuple[str, ...] = ()
    fewer: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None
    same_person_as: str | None = None


def change_account(runtime: Runtime, change: AccountChange, actor: Actor, now: datetime) -> Account:
    """Change an account in place; sessions stay, and what may be done in them is otherwise at once.

    Messages that wait go to the new address. Accounts of one person see and do nothing in dossiers that are about that
    person, also those that came in before; what one of them handled there goes back to the department, and so does what
    somebody may no longer know of because of roles that come or go. A role that opens more than the actor has
    themselves waits to be confirmed, and so does each role of an account with which nobody signs in: it is new or
    closed, so that nobody would notice; so do another full name, another address of somebody else, or one that somebody
    else has, and whose account it is. Raises ``LookupError`` for an account or a role that does not exist for the
    actor, ``LimitError`` and ``FullNameRefusedError``.
    """
    with writing(runtime.store) as register:
        before, managed = seen_account(runtime, register, change.name, actor, now)
        _refuse(before, change, managed)
        staff = runtime.staff.of(register, now)
        if change.more and not managed.own.isdisjoint(deputies_of(staff.accounts, change.name, now)):
            raise LimitError(Limit.DEPUTY)
        held = roles_that_wait(managed, staff, actor, before, change.more, now)
        second = () if managed.everything else _for_second(before, change, managed, (staff, actor, now))
        after = _changed(before, change, _zones(runtime, register, change, now), (held, actor, now))
        if set(change.more).difference(held):
            after = asked_again(after, now)
        kinds = {one["what"] for one in second}
        if second:
            left = (one for one in after.waiting if one["what"] not in kinds)
            email = before.email if Asked.EMAIL in kinds else after.email
            full_name = before.full_name if Asked.NAME in kinds else after.full_name
            after = replace(after, full_name=full_name, email=email, waiting=(*left, *second))
        after = with_vacancies(before, after, managed, staff, actor, now)
        if not (after.all_roles or managed.everything):
            raise LimitError(Limit.LAST_ROLE)
        register.save_account(after)
        _log(register, before, after, actor, now)
        if after.email != before.email:
            readdress(register, after, before.email)
        handled: list[str] = []
        if change.same_person_as:
            managed_account(runtime, register, change.same_person_as, actor, now)
        if change.same_person_as is not None and kinds.isdisjoint((Asked.SAME_PERSON, Asked.OTHER_PERSON)):
            apart = _others(staff, after.name)
            handled = relink(runtime, register, after.name, change.same_person_as, now)
            deed = Deed.SAME_PERSON if change.same_person_as else Deed.OTHER_PERSON
            register.add_deed(
                after.name, Done(deed, other=change.same_person_as or apart), name_of(actor), now
            )
    # Whoever manages accounts may not know of those dossiers.
    take_back(runtime, handled, actor, now)
    if change.more or change.fewer:
        hand_back(runtime, now)
    return after


def coordinate(
    runtime: Runtime, name: str, organisations: Iterable[str], by: Operator, now: datetime
) -> Account:
    """Let an account make the agreements of these organisations and no others; ``*``: of all, also new ones. It opens
    no dossier. Raises ``UnknownAccountError``."""
    with writing(runtime.store) as register:
        before = register.account(name)
        if before is None:
            raise UnknownAccountError(name)
        after = replace(before, coordinates=tuple(sorted(set(organisations))))
        if after != before:
            register.save_account(after)
            register.add_deed(name, Done(Deed.CHANGED, changed=("coordinates",)), name_of(by), now)
        return after


def roles_that_wait(
    managed: Managed, staff: Staff, actor: Actor, account: Account, roles: Iterable[str], now: datetime
) -> tuple[str, ...]:
    """Return those of some roles that wait to be confirmed, once an actor gives them to an account: they open more,
    also by what comes with them to who acts for others, or nobody would notice."""
    unnoticed = not (account.active or managed.everything)
    return tuple(
        role
        for role in roles
        if unnoticed or beyond(managed, staff, actor, (role, *_lent_with(staff, account, role, now)))
    )


def roles_after(
    runtime: Runtime, register: Register, account: Account, change: AccountChange, now: datetime
) -> Account:
    """Return an account with its roles as they are once all of a change counts."""
    return _changed(account, change, _zones(runtime, register, change, now), ((), "", now))


def _for_second(
    before: Account, change: AccountChange, managed: Managed, asked_by: tuple[Staff, Actor, datetime]
) -> tuple[Mapping[str, str], ...]:
    """Return what else waits to be confirmed, whatever the roles: by their full names people say whom a dossier
    is about; another address for somebody else, or one that somebody else has, takes their messages along; and whose an
    account is decides for whom dossiers exist."""
    staff, actor, now = asked_by
    found = []
    if change.full_name is not None and change.full_name != before.full_name:
        found.append(waiting(Asked.NAME, actor, now, full_name=change.full_name))
    if change.email is not None and change.email != before.email:
        mine = staff.accounts_of(before.name)
        taken = any(
            one.email.casefold() == change.email.casefold() and one.name not in mine
            for one in staff.accounts.values()
        )
        if taken or before.name not in managed.own:
            found.append(waiting(Asked.EMAIL, actor, now, email=change.email))
    others = _others(staff, before.name)
    if change.same_person_as and change.same_person_as not in staff.accounts_of(before.name):
        found.append(waiting(Asked.SAME_PERSON, actor, now, person=change.same_person_as))
    elif change.same_person_as == "" and others:
        found.append(waiting(Asked.OTHER_PERSON, actor, now, apart=others))
    return tuple(found)


def _others(staff: Staff, name: str) -> str:
    """Return the other accounts of the same person, by a space."""
    return " ".join(sorted(staff.accounts_of(name) - {name}))


def _lent_with(staff: Staff, account: Account, role: str, now: datetime) -> list[str]:
    """Return the roles of others that come with a role to who acts for them: those in departments where they did not
    work."""
    lent = set(acting_roles(staff.accounts, account, now)).difference(account.held_roles)
    places = {one: one.partition(":")[0].partition("/")[::2] for one in lent}
    return [
        one
        for one, place in places.items()
        if works_in((role,), *place) and not works_in(account.held_roles, *place)
    ]


def _refuse(before: Account, change: AccountChange, managed: Managed) -> None:
    """Refuse what nobody changes, or is not the actor's to change. Of their own account people change their name and
    address, and nothing that opens more."""
    if change.full_name is not None:
        refuse_full_name(change.full_name)
    if not all(map(managed.has, (*change.more, *change.fewer))):
        raise UnknownAccountError(before.name)
    limit, own = managed.limit(before), before.name in managed.own
    roles_or_person = bool(change.more or change.fewer or change.same_person_as is not None)
    if own and roles_or_person:
        raise LimitError(Limit.OWN)
    whole = (change.full_name, change.email, change.same_person_as) != (None, None, None)
    if whole and not all(map(managed.has, before.all_roles)):
        raise LimitError(limit or Limit.ELSEWHERE)


def _log(register: Register, before: Account, after: Account, actor: Actor, now: datetime) -> None:
    changed = tuple(one for one in ("full_name", "email") if getattr(before, one) != getattr(after, one))
    was, is_now = _held(before), _held(after)
    came = tuple(dict.fromkeys(one[0] for one in is_now if one not in was))
    went = tuple(dict.fromkeys(one[0] for one in was if one not in is_now and one[0] not in came))
    if changed or came or went:
        _, first, until = next((one for one in is_now if one[0] in came), ("", "", ""))
        done = Done(Deed.CHANGED, changed, came, went, from_at=first, until_at=until)
        register.add_deed(after.name, done, name_of(actor), now)
    for one in before.waiting:
        if "role" in one and one["role"] not in after.all_roles:
            register.add_deed(after.name, told_as(Deed.REFUSED, one), name_of(actor), now)
    for one in after.waiting:
        if one not in before.waiting:
            register.add_deed(after.name, told_as(Deed.ASKED, one), name_of(actor), now)


def _held(account: Account) -> list[tuple[str, str, str]]:
    periods = [(one["role"], one["from_at"], one["until_at"]) for one in account.periods]
    return [*((role, "", "") for role in account.roles), *periods]


def _changed(
    before: Account,
    change: AccountChange,
    zones: Mapping[str, str],
    held: tuple[tuple[str, ...], Actor, datetime],
) -> Account:
    """``held``: the roles that wait to be confirmed, with who gives them and when. Until then they are as they were."""
    dated = change.first is not None or change.last is not None
    wait, actor, now = held
    more = tuple(role for role in change.more if role not in wait)
    gone = {*change.fewer, *more}
    kept = [role for role in before.roles if role not in (gone if dated else change.fewer)]
    asked = (waiting(Asked.ROLE, actor, now, **_period(role, change, zones[role])) for role in wait)
    return replace(
        before,
        full_name=before.full_name if change.full_name is None else change.full_name,
        email=before.email if change.email is None else change.email,
        roles=tuple(dict.fromkeys((*kept, *(() if dated else more)))),
        periods=(
            *(one for one in before.periods if one["role"] not in gone),
            *(_period(role, change, zones[role]) for role in (more if dated else ())),
        ),
        waiting=(
            *(one for one in before.waiting if one.get("role", "") not in {*change.fewer, *change.more}),
            *asked,
        ),
    )


def _period(role: str, change: AccountChange, zone: str) -> dict[str, str]:
    return {
        "role": role,
        "from_at": first_instant(change.first, zone) if change.first else "",
        "until_at": instant_after(change.last, zone) if change.last else "",
    }


def _zones(runtime: Runtime, register: Register, change: AccountChange, now: datetime) -> dict[str, str]:
    """Return the time zone in which each role that comes is held."""
    return {
        role: zone_of_work(runtime, register, Account("", "", "", "", (role,)), now) for role in change.more
    }
