"""The staff of a register: every account, and who holds which role; made once for each change of the accounts, and for
each instant at which somebody gets a role, loses one, leaves for a while or comes back."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from threading import Lock
from types import MappingProxyType
from typing import Final
from weakref import WeakKeyDictionary

from gehoor.core.access.presence import Absence, Person, RolePeriod, Vacancy, presence
from gehoor.core.access.role_holders import RoleHolders
from gehoor.core.access.roles import EVERYBODY, may_open, works_as, works_in
from gehoor.core.agreement.model import Agreement
from gehoor.core.dossier.events import instant_text
from gehoor.core.forms.fields import Choice
from gehoor.core.objections.people import with_people
from gehoor.core.text.lookalikes import lookalikes
from gehoor.services.ports.records import Account
from gehoor.services.ports.store import Store
from gehoor.services.records.account_records import ACCOUNTS
from gehoor.services.register.register import Register, reading

_NOBODY: Final[Mapping[str, tuple[str, ...] | None]] = MappingProxyType({})


class Staff:
    """The accounts of a register as they stood at one moment, at an instant. Never changed afterwards: another moment,
    another object."""

    def __init__(
        self,
        accounts: Iterable[Account],
        now: datetime,
        damaged: Mapping[str, tuple[str, ...] | None] = _NOBODY,
    ) -> None:
        """``damaged``: the names of accounts that are damaged, with the roles that they had; None: nobody knows."""
        kept = sorted(accounts, key=lambda account: account.name)
        at = instant_text(now)
        #: Whether an account is damaged, so that nobody knows whose it is.
        self.incomplete = bool(damaged)
        self._damaged = damaged
        self.presence = presence([_person(one) for one in kept], at)
        #: From when (UTC text) it stands so, as far as anybody asked.
        self.since_at = at
        #: Whether another instant could make a difference.
        self.dated = any(one.periods or one.absences for one in kept)
        #: Every account, also of who left, by sign-in name, with the roles that they act in now.
        self.accounts = {one.name: replace(one, roles=self.presence.roles_of(one.name)) for one in kept}
        #: For each account of somebody who has more than one: all of theirs.
        self.same_person = _same_person(self.accounts.values())
        self._by_full_name = sorted(
            self.accounts.values(), key=lambda account: (account.full_name.casefold(), account.name)
        )
        self._alike: dict[str, list[str]] = {}
        for one in kept:
            for looks in _looks(one.full_name) | _looks(f"{one.full_name} {one.name}"):
                self._alike.setdefault(looks, []).append(one.name)
        self._holders: dict[str, RoleHolders] = {}
        self._choices: dict[str, tuple[Choice, ...]] = {}
        #: For as long as anybody knows the agreement.
        self._with_people: WeakKeyDictionary[Agreement, Agreement] = WeakKeyDictionary()
        self._lock = Lock()

    def holds_at(self, at: str) -> bool:
        """Say whether this is also how it stands at another instant (UTC text)."""
        return not self.dated or (
            self.since_at <= at and (not self.presence.next_at or at < self.presence.next_at)
        )

    def active(self, name: str) -> Account | None:
        """Return the account of somebody who may sign in."""
        account = self.accounts.get(name)
        return account if account is not None and account.active else None

    def accounts_of(self, name: str) -> frozenset[str]:
        """Return the accounts of the person who has this account, this one among them."""
        return self.same_person.get(name, frozenset((name,)))

    def full_name(self, name: str) -> str:
        """Return how people know somebody; the sign-in name where no other is known."""
        account = self.accounts.get(name)
        return account.full_name or name if account else name

    def namesakes(self, name: str, full_name: str = "") -> list[str]:
        """Return the other accounts, also of who left, with a role in an organisation of this one, whose full name
        looks like its own, or like one that it is to get; also with the words in another order, and with the sign-in
        name in it."""
        account = self.accounts[name]
        working = _organisations(account)
        looks = _looks(full_name or account.full_name)
        alike = sorted({one for key in looks for one in self._alike.get(key, ())})
        return [
            one for one in alike if one != name and not working.isdisjoint(_organisations(self.accounts[one]))
        ]

    def chosen_name(self, name: str) -> str:
        """Return how somebody stands among people to choose from: by full name, with the sign-in name beside it where
        another's looks the same."""
        return f"{self.full_name(name)} ({name})" if self.namesakes(name) else self.full_name(name)

    def to_choose(self, accounts: Iterable[Account]) -> list[Account]:
        """Return accounts, by full name, with what they are called among people to choose from."""
        named = (replace(one, full_name=self.chosen_name(one.name)) for one in accounts)
        return sorted(named, key=lambda one: (one.full_name.casefold(), one.name))

    def holders(self, organisation: str) -> RoleHolders:
        """Return who holds which role in an organisation."""
        found = self._holders.get(organisation)
        if found is None:
            active = [one.name for one in self.accounts.values() if one.active]
            # A program keeps its rights, and nobody counts on it: as on somebody who is away.
            away = self.presence.away | {one.name for one in self.accounts.values() if one.client}
            own = self.presence.own
            lent = (
                ((deputy, self.presence.chosen_by[whose]), roles)
                for deputy, taken in self.presence.borrowed.items()
                for whose, roles in taken
            )
            found = self._holders[organisation] = RoleHolders.of(
                organisation,
                [(name, own[name]) for name in active if name not in away],
                [(name, own[name]) for name in active if name in away],
                lent,
                # Of a role that is damaged with its account, nobody knows that nobody has it.
                (*self.presence.withheld, *((EVERYBODY, roles or ()) for roles in self._damaged.values())),
                self.presence.vacated,
            )
            if None in self._damaged.values():
                found = self._holders[organisation] = replace(found, unsure=True)
        return found

    def acting(
        self,
        agreement: Agreement,
        role: str,
        excluded: Collection[str] = (),
        conflicts: Collection[str] | None = None,
    ) -> tuple[str, list[Account]]:
        """Return which role acts for a role, and the accounts: see ``RoleHolders.acting``."""
        acting, names = self.holders(agreement.organisation).acting(agreement, role, excluded, conflicts)
        return acting, [self.accounts[name] for name in names]

    def reached(self, name: str, excluded: Collection[str]) -> list[Account]:
        """Return who a message for somebody goes to: them, and who acts for them while they are away. ``excluded``: who
        has a conflict of interest in what it is about, and chooses nobody who hears of it."""
        found = (self.active(one) for one in (name, self.presence.deputy_of(name, excluded)) if one)
        return [account for account in found if account is not None]

    def choices(self, organisation: str) -> tuple[Choice, ...]:
        """Return everyone as a choice, by full name (see ``chosen_name``): offered while they work in the organisation,
        retired after."""
        found = self._choices.get(organisation)
        if found is None:
            found = self._choices[organisation] = tuple(
                Choice(one.name, self.chosen_name(one.name), retired=not works_for(organisation, one))
                for one in self._by_full_name
            )
        return found

    def _choices_in(self, agreement: Agreement) -> list[Choice]:
        """Return everyone as a choice, with what they do here; who works in the department of an agreement first."""
        place = (agreement.organisation, agreement.department)
        told = [
            replace(one, help="" if one.retired else works_as(self.accounts[one.code].roles, agreement))
            for one in self.choices(agreement.organisation)
        ]
        return sorted(told, key=lambda one: not works_in(self.accounts[one.code].roles, *place))

    def candidates(self, place: tuple[str, str], excluded: Collection[str] = ()) -> list[Account]:
        """Return who can be given a dossier of a department (``place``), by full name: who works there, of their own
        or as a deputy, and has no conflict of interest."""
        return [
            one
            for one in self._by_full_name
            if one.active and not one.client and may_open(one.name, one.roles, place, excluded)
        ]

    def in_forms(self, agreement: Agreement) -> Agreement:
        """Return an agreement whose fields for people know the staff of its organisation."""
        with self._lock:
            found = self._with_people.get(agreement)
            if found is None:
                found = with_people(agreement, self._choices_in(agreement))
                # A value that is its own key would keep it for ever.
                if found is not agreement:
                    self._with_people[agreement] = found
        return found


def _same_person(accounts: Iterable[Account]) -> dict[str, frozenset[str]]:
    # Each says which others are of that person: those are theirs also while their own row is damaged or gone.
    people: dict[str, set[str]] = {}
    for one in accounts:
        people.setdefault(one.person or one.name, {one.person or one.name}).update((one.name, *one.alongside))
    return {name: frozenset(names) for names in people.values() if len(names) > 1 for name in names}


def _person(account: Account) -> Person:
    return Person(
        account.name,
        account.roles,
        tuple(RolePeriod(**one) for one in account.periods),
        tuple(Absence(**one) for one in account.absences),
        account.active,
        account.person,
        tuple(Vacancy(**one) for one in account.vacancies),
    )


def _looks(full_name: str) -> set[str]:
    readings = zip(*map(lookalikes, full_name.split()), strict=True)
    return {*lookalikes(full_name), *(" ".join(sorted(words)) for words in readings)}


def _organisations(account: Account) -> set[str]:
    return {role.partition("/")[0] for role in account.all_roles}


def works_for(organisation: str, account: Account) -> bool:
    """Say whether somebody works in an organisation now, in any role; no program does."""
    works = account.active and not account.client
    return works and any(role.startswith(f"{organisation}/") for role in account.roles)


@dataclass
class StaffDirectory:
    """Gives the staff of a register as it is now, and reads the accounts only when they changed or it is otherwise."""

    _known: tuple[str, Staff] | None = None
    _shown: tuple[Hashable, Staff] | None = None
    """The staff as a page showed it last, with a stamp of the store from before it was read."""
    _lock: Lock = field(default_factory=Lock)

    def of(self, register: Register, now: datetime) -> Staff:
        """Return the staff at the moment of this transaction or snapshot, at an instant."""
        # Without a stamp no account changed since there are stamps.
        stamp = register.mark(ACCOUNTS) or ""
        with self._lock:
            known = self._known
        if known is not None and known[0] == stamp and known[1].holds_at(instant_text(now)):
            return known[1]
        damaged = {one: register.roles_once(one) for one in register.damaged_accounts()}
        staff = Staff(register.accounts(), now, damaged)
        with self._lock:
            self._known = (stamp, staff)
        return staff

    def shown(self, store: Store, now: datetime) -> Staff:
        """Return the staff for a page that shows something, never to decide on: no snapshot is opened while nothing was
        written since the last time. Raises ``StoreUnavailableError``."""
        stamp, last = store.stamp(), self._shown
        if last is not None and last[0] == stamp and last[1].holds_at(instant_text(now)):
            return last[1]
        with reading(store) as register:
            staff = self.of(register, now)
        # What was read may be newer than the stamp; then it is only read once more.
        self._shown = stamp, staff
        return staff
