"""The second person: who may confirm what somebody else gave. They manage accounts there by roles of their own, it is
not for themselves, and they, who gave it and who gets it are nobody's by one password. What they confirm is what they
saw."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Final

from gehoor.core.access.roles import holds_role
from gehoor.core.agreement.actions import Action
from gehoor.core.text.canonical_json import content_hash, dump
from gehoor.services.accounts.administration import Managed
from gehoor.services.accounts.deputies import acting_roles, deputies_of
from gehoor.services.ports.records import Account
from gehoor.services.register.staff import Staff

_TO_SIGN_IN: Final = ("password", "second-step")
"""What waits of which nobody gets a role, or anything but a way to sign in: see ``Asked``."""


class ChangedMeanwhileError(Exception):
    """Something about the account is otherwise than what was seen."""


def state_stamp(account: Account, staff: Staff, now: datetime) -> str:
    """Return what an account is called as it stands, for who confirms what waits for it: another as soon as anything
    that they judge is another. That is whose it is and who looks like them, what it has and gets and for when, and to
    whom that comes by an absence; not the password that its owner chose."""
    names = [account.full_name, *(one["full_name"] for one in account.waiting if "full_name" in one)]
    said = {
        "account": [account.full_name, account.email, account.active, account.password_by],
        "roles": [list(account.roles), list(map(dict, account.periods)), list(map(dict, account.absences))],
        "waiting": list(map(dict, account.waiting)),
        "person": sorted(staff.accounts_of(account.name)),
        "alike": [staff.namesakes(account.name, name) for name in names],
        "deputies": sorted(deputies_of(staff.accounts, account.name, now)),
        "acts in": sorted(set(acting_roles(staff.accounts, account, now))),
    }
    return content_hash(dump(said))[:16]


def may_confirm(
    account: Account, one: Mapping[str, str], managed: Managed, staff: Staff, now: datetime
) -> bool:
    """Say whether somebody (what they manage) may confirm something that waits for an account."""
    if managed.everything:
        return True
    return _is_another(managed.own, account, one, managed, staff, now) and is_theirs(
        account, one, staff, managed.has_by_own
    )


def is_theirs(account: Account, one: Mapping[str, str], staff: Staff, has: Callable[[str], bool]) -> bool:
    """Say whether something that waits is for somebody to give, who has these roles to give."""
    if "role" in one or "vacant" in one:
        return has(one.get("role") or one["vacant"])
    others = (one.get("person", ""), *one.get("apart", "").split())
    accounts = [account, *(staff.accounts[name] for name in others if name in staff.accounts)]
    return all(has(role) for of in accounts for role in of.all_roles)


def confirmers(managed: Managed, account: Account, staff: Staff, now: datetime) -> frozenset[str]:
    """Return who could confirm what waits for an account, in the departments that somebody manages, also who is away
    now. Nobody: only whoever runs the server."""
    found = {
        name
        for agreement in managed.agreements.values()
        for role in agreement.rights.get(Action.MANAGE_ACCOUNTS, ())
        for name, own in staff.presence.own.items()
        if (known := staff.active(name)) is not None
        and not known.client
        and holds_role(own, agreement.organisation, agreement.department, role)
    }
    return frozenset(
        name
        for name in found
        if all(
            _is_another(staff.accounts_of(name), account, one, managed, staff, now) for one in account.waiting
        )
    )


def to_confirm(managed: Managed, accounts: Iterable[Account], staff: Staff, now: datetime) -> list[Account]:
    """Return the accounts for which something waits that somebody (what they manage) may confirm."""
    return [
        one
        for one in accounts
        if managed.sees(one) and any(may_confirm(one, asked, managed, staff, now) for asked in one.waiting)
    ]


def comes_by_what_waits(name: str, managed: Managed, staff: Staff, now: datetime) -> bool:
    """Say whether an account gets more than another way to sign in once what waits is confirmed: its own, or as a
    deputy, also one of an agreement that somebody (what they manage) knows."""
    return any(
        name in _who_get_it(account, one, managed, staff, now)
        for account in staff.accounts.values()
        for one in account.waiting
        if one["what"] not in _TO_SIGN_IN
    )


def _is_another(
    person: frozenset[str],
    account: Account,
    one: Mapping[str, str],
    managed: Managed,
    staff: Staff,
    now: datetime,
) -> bool:
    """Say whether a person (their accounts) is another than who gave something that waits, and than who gets it."""
    get = _who_get_it(account, one, managed, staff, now)
    return person.isdisjoint(get) and all(apart(staff, person, other) for other in {one["by"], *get})


def _who_get_it(
    account: Account, one: Mapping[str, str], managed: Managed, staff: Staff, now: datetime
) -> set[str]:
    """Return the accounts that would have by it what they have not: also who acts for those."""
    get = {account.name, one.get("deputy", ""), one.get("person", ""), *one.get("apart", "").split()}
    if left := _left_by(account, one, staff, now):
        for agreement in managed.agreements.values():
            place = (agreement.organisation, agreement.department)
            held = [role for role in agreement.roles if holds_role(left, *place, role)]
            get.update(*(staff.holders(place[0]).next_to(agreement, role) for role in held))
    return {
        mine
        for name in get
        for deputy in deputies_of(staff.accounts, name, now)
        for mine in staff.accounts_of(deputy)
    }


def _left_by(account: Account, one: Mapping[str, str], staff: Staff, now: datetime) -> tuple[str, ...]:
    """Return the roles in which the deputies of an agreement come to act by something that waits."""
    if one.get("deputy") == "":
        return acting_roles(staff.accounts, account, now)
    ends = "role" in one and one["role"] in account.held_roles
    return (one["role"],) if ends else tuple(one[name] for name in ("vacant",) if name in one)


def apart(staff: Staff, person: frozenset[str], other: str) -> bool:
    """Say whether a person (their accounts) and whoever has another account are two people, as far as anybody knows:
    who made an account or its password may have signed in with it first, and chosen another."""
    return _makers(staff, person).isdisjoint(_makers(staff, staff.accounts_of(other)))


def _makers(staff: Staff, accounts: Iterable[str]) -> set[str]:
    """Return accounts with those who made them or their password, also one that waits, and who made those."""
    found: set[str] = set()
    to_follow = [*accounts]
    while to_follow:
        name = to_follow.pop()
        if name and name not in found:
            found.add(name)
            for made_by in _password_makers(staff.accounts[name]) if name in staff.accounts else ():
                to_follow += staff.accounts_of(made_by)
    return found


def _password_makers(account: Account) -> list[str]:
    made_by = (account.password_by, *(one["by"] for one in account.waiting if "password_hash" in one))
    return [one for one in made_by if one]
