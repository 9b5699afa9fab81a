"""Managers of accounts: whether two people are there who can confirm for each other, now and after a change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations

from gehoor.core.access.roles import holds_role
from gehoor.core.agreement.actions import Action
from gehoor.core.agreement.model import Agreement
from gehoor.core.dossier.events import instant_text, parse_instant
from gehoor.services.accounts.second_person import apart
from gehoor.services.ports.records import Account
from gehoor.services.register.staff import Staff


@dataclass(frozen=True, slots=True)
class Alone:
    """A department where no two people are there who manage accounts and could confirm for each other. ``people``: the
    accounts of those who are there: nobody, one person, or some of whom one made the account or the password of the
    other."""

    organisation: str
    department: str
    people: tuple[str, ...] = ()


def alone(agreements: Iterable[Agreement], staff: Staff) -> list[Alone]:
    """Return the departments, of these agreements, with no two people for what waits. Who is away is not there."""
    return [
        Alone(one.organisation, one.department, people)
        for one in agreements
        if not _two(people := tuple(managers(one, staff)), staff)
    ]


def managers(agreement: Agreement, staff: Staff) -> Iterator[str]:
    """Yield the accounts that manage accounts in a department by a role of their own, and are there."""
    roles = agreement.rights.get(Action.MANAGE_ACCOUNTS, ())
    place = (agreement.organisation, agreement.department)
    for name in staff.accounts:
        account = staff.active(name)
        if account is not None and not account.client and name not in staff.presence.away:
            own = staff.presence.own[name]
            if any(holds_role(own, *place, role) for role in roles):
                yield name


def left_alone(
    agreements: Iterable[Agreement], accounts: Iterable[Account], after: Account, now: datetime
) -> tuple[datetime, list[Alone]] | None:
    """Return where no two people would be left once an account is as ``after``, and from when on; None when it makes no
    difference. Only the first moment at which it does, of those at which a manager comes or goes."""
    among = list(agreements)
    kept = [one for one in accounts if one.name == after.name or _manages(one, among)]
    changed = [after if one.name == after.name else one for one in kept]
    bounds = {
        bound
        for one in changed
        for period in (*one.periods, *one.absences)
        for bound in (period["from_at"], period["until_at"])
        if bound > instant_text(now)
    }
    for moment in (now, *map(parse_instant, sorted(bounds))):
        before = {(one.organisation, one.department): one.people for one in alone(among, Staff(kept, moment))}
        found = [
            one
            for one in alone(among, Staff(changed, moment))
            # Where it was so already, only when nobody is left.
            if (one.organisation, one.department) not in before
            or (before[one.organisation, one.department] and not one.people)
        ]
        if found:
            return moment, found
    return None


def _manages(account: Account, agreements: Iterable[Agreement]) -> bool:
    return any(
        holds_role(account.held_roles, one.organisation, one.department, role)
        for one in agreements
        for role in one.rights.get(Action.MANAGE_ACCOUNTS, ())
    )


def _two(people: tuple[str, ...], staff: Staff) -> bool:
    return any(
        second not in staff.accounts_of(first) and apart(staff, staff.accounts_of(first), second)
        for first, second in combinations(people, 2)
    )
