"""The second person: who may confirm what somebody else gave. They manage accounts there by roles of their own, it is
not for themselves, and neither of the two made the account or the last password of the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from gehoor.core.access.roles import holds_role
from gehoor.core.agreement.actions import Action
from gehoor.services.accounts.administration import Managed
from gehoor.services.accounts.deputies import deputies_of
from gehoor.services.ports.records import Account
from gehoor.services.register.staff import Staff


def may_confirm(
    account: Account, one: Mapping[str, str], managed: Managed, staff: Staff, now: datetime
) -> bool:
    """Say whether somebody (what they manage) may confirm something that waits for an account."""
    if managed.everything:
        return True
    return (
        managed.own.isdisjoint(_who_get_it(account, one, staff, now))
        and _apart(staff, managed.own, one["by"])
        and is_theirs(account, one, staff, managed.has_by_own)
    )


def is_theirs(account: Account, one: Mapping[str, str], staff: Staff, has: Callable[[str], bool]) -> bool:
    """Say whether something that waits is for somebody to give, who has these roles to give."""
    if "role" in one:
        return has(one["role"])
    others = (one.get("person", ""), *one.get("apart", "").split())
    accounts = [account, *(staff.accounts[name] for name in others if name in staff.accounts)]
    return all(has(role) for of in accounts for role in of.all_roles)


def confirmers(managed: Managed, account: Account, staff: Staff, now: datetime) -> frozenset[str]:
    """Return who could confirm what waits for an account, in the departments that somebody manages. Nobody: only
    whoever runs the server."""
    found = {
        name
        for agreement in managed.agreements.values()
        for role in agreement.rights.get(Action.MANAGE_ACCOUNTS, ())
        for name, own in staff.presence.own.items()
        if staff.active(name) and holds_role(own, agreement.organisation, agreement.department, role)
    }
    return frozenset(
        name
        for name in found
        if all(
            staff.accounts_of(name).isdisjoint(_who_get_it(account, one, staff, now))
            and _apart(staff, staff.accounts_of(name), one["by"])
            for one in account.waiting
        )
    )


def _who_get_it(account: Account, one: Mapping[str, str], staff: Staff, now: datetime) -> set[str]:
    """Return the accounts that would have by it what they have not: also who acts for those."""
    get = {account.name, one.get("deputy", ""), one.get("person", "")}
    return {
        mine
        for name in get
        for deputy in deputies_of(staff.accounts, name, now)
        for mine in staff.accounts_of(deputy)
    }


def _apart(staff: Staff, person: frozenset[str], other: str) -> bool:
    """Say whether a person (their accounts) and whoever has another account are two people, as far as anybody knows:
    who made an account or its password may have signed in with it first."""
    theirs = staff.accounts_of(other)
    return person.isdisjoint(_makers(staff, theirs)) and theirs.isdisjoint(_makers(staff, person))


def _makers(staff: Staff, accounts: Iterable[str]) -> set[str]:
    """Return accounts with those who made them or their password, and who made those."""
    found: set[str] = set()
    to_follow = [*accounts]
    while to_follow:
        name = to_follow.pop()
        if name and name not in found:
            found.add(name)
            made_by = staff.accounts[name].password_by if name in staff.accounts else ""
            to_follow += staff.accounts_of(made_by) if made_by else ()
    return found
