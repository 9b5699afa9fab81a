"""Account administration: which accounts somebody manages, and what of them. Asked inside each use case."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from gehoor.core.access.roles import EVERY_DEPARTMENT, holds_role
from gehoor.core.agreement.actions import Action
from gehoor.core.agreement.model import Agreement
from gehoor.core.text.normalise import undrawn
from gehoor.services.access.authorisation import Actor, Operator
from gehoor.services.access.rights import barred_in
from gehoor.services.agreements.publications import all_in_force
from gehoor.services.ports.records import Account
from gehoor.services.register.register import Register, reading
from gehoor.services.register.runtime import Runtime


class Limit(StrEnum):
    """Why somebody does not do something with an account that they do manage."""

    OWN = "own"
    """It is of the same person: nobody gives themselves anything."""
    DEPUTY = "deputy"
    """They act for that person, now or in an absence to come: they would get its roles too."""
    ELSEWHERE = "elsewhere"
    """It has roles that others manage."""
    SECOND = "second"
    """Somebody else confirms what they gave."""
    LAST_ROLE = "last-role"
    """Without any role, nobody but whoever runs the server would find it again."""


class LimitError(Exception):
    """Something that somebody does not do with an account that they manage; ``limit`` says why."""

    def __init__(self, limit: Limit) -> None:
        super().__init__(limit.value)
        self.limit = limit


class FullNameRefusedError(ValueError):
    """A full name with signs that nobody sees: it would look like that of somebody else."""


def refuse_full_name(name: str) -> None:
    """Raise ``FullNameRefusedError`` for a full name that is not what it looks like."""
    if undrawn(name):
        raise FullNameRefusedError(name)


class UnknownAccountError(LookupError):
    """There is no such account or role, as far as who asks may know."""


@dataclass(frozen=True)
class Managed:
    """What somebody manages. ``agreements``: of the departments in which they do, by organisation and department;
    ``whole``: the organisations of which that is every department; ``own``: the accounts of the same person. Whoever
    runs the server manages ``everything``. ``by_own``: the departments in which they do by roles of their own, and not
    only as a deputy."""

    agreements: dict[tuple[str, str], Agreement]
    whole: frozenset[str] = frozenset()
    own: frozenset[str] = frozenset()
    everything: bool = False
    by_own: frozenset[tuple[str, str]] = frozenset()

    def __bool__(self) -> bool:
        return self.everything or bool(self.agreements)

    def has(self, role: str) -> bool:
        """Say whether a role, as ``role_text`` writes it, is theirs to give and to take."""
        organisation, _, department = role.partition(":")[0].partition("/")
        if self.everything or department == EVERY_DEPARTMENT:
            return self.everything or organisation in self.whole
        return (organisation, department) in self.agreements

    def has_by_own(self, role: str) -> bool:
        """Say the same where what they have only as a deputy does not count."""
        organisation, _, department = role.partition(":")[0].partition("/")
        places = [
            one
            for one in self.agreements
            if one[0] == organisation and department in (one[1], EVERY_DEPARTMENT)
        ]
        return self.has(role) and (self.everything or self.by_own.issuperset(places))

    def sees(self, account: Account) -> bool:
        """Say whether an account exists for them: it has a role that is theirs, or one was taken from it and that
        waits."""
        taken = (one["vacant"] for one in account.waiting if "vacant" in one)
        return self.everything or any(map(self.has, (*account.all_roles, *taken)))

    def limit(self, account: Account) -> Limit | None:
        """Return why an account is not theirs in all; None when it is."""
        if account.name in self.own:
            return Limit.OWN
        return None if all(map(self.has, account.all_roles)) else Limit.ELSEWHERE


def managed_by(runtime: Runtime, register: Register, actor: Actor, now: datetime) -> Managed:
    """Return what an actor manages: the departments where the agreement in force lets them."""
    if isinstance(actor, Operator):
        return Managed({}, everything=True)
    staff = runtime.staff.of(register, now)
    if staff.active(actor) is None:
        return Managed({})
    published = register.published_departments()
    found = {
        (one.agreement.organisation, one.agreement.department): one.agreement
        for one in all_in_force(register, runtime.library, published, now)
        if Action.MANAGE_ACCOUNTS
        not in barred_in(one.agreement, actor, staff.holders(one.agreement.organisation))
    }
    by_organisation = defaultdict(set)
    for organisation, department in published:
        by_organisation[organisation].add((organisation, department))
    whole = {name for name, places in by_organisation.items() if places <= set(found)}
    own = staff.presence.own.get(actor, ())
    by_own = {
        place
        for place, agreement in found.items()
        if any(holds_role(own, *place, role) for role in agreement.rights.get(Action.MANAGE_ACCOUNTS, ()))
    }
    return Managed(found, frozenset(whole), staff.accounts_of(actor), by_own=frozenset(by_own))


def seen_account(
    runtime: Runtime, register: Register, name: str, actor: Actor, now: datetime
) -> tuple[Account, Managed]:
    """Return an account that exists for an actor, as it is kept. Raises ``UnknownAccountError``."""
    managed, account = managed_by(runtime, register, actor, now), register.account(name)
    if account is None or not managed.sees(account):
        raise UnknownAccountError(name)
    return account, managed


def managed_account(
    runtime: Runtime, register: Register, name: str, actor: Actor, now: datetime
) -> tuple[Account, Managed]:
    """Return an account that an actor manages in all. Raises ``UnknownAccountError`` and ``LimitError``."""
    account, managed = seen_account(runtime, register, name, actor, now)
    limit = managed.limit(account)
    if limit is not None:
        raise LimitError(limit)
    return account, managed


def accounts_for(runtime: Runtime, actor: Actor, now: datetime) -> tuple[list[Account], Managed]:
    """Return the accounts that exist for an actor, by full name, and what they manage."""
    with reading(runtime.store) as register:
        managed = managed_by(runtime, register, actor, now)
        found = [one for one in register.accounts() if managed.sees(one)]
    return sorted(found, key=lambda one: (one.full_name.casefold(), one.name)), managed
