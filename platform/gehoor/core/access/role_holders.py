"""Role holders: who holds a role in an organisation, and who deputises where nobody does."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from gehoor.core.access.roles import EVERY_DEPARTMENT, EVERYBODY
from gehoor.core.agreement.model import Agreement

_NOBODY: tuple[str, ...] = ()


@dataclass(frozen=True)
class RoleHolders:
    """Who holds which role in one organisation: a value that is made once, whenever its accounts change.

    ``held``: department (or ``*``: every department) and role -> the sign-in names of who holds it, in order. Who may
    not sign in any more is not among them. Throughout, ``excluded`` are the sign-in names of those for whom a dossier
    does not exist: where they are the last holders, the deputy acts. ``conflicts``: those of them with a conflict of
    interest, by whose choice nobody acts; None: all of them.
    """

    held: Mapping[tuple[str, str], tuple[str, ...]]
    away: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    """As ``held``, of who is away: nobody counts on them, and they keep their rights."""
    lent: Mapping[tuple[str, str], tuple[tuple[str, frozenset[str]], ...]] = field(default_factory=dict)
    """Who holds a role for somebody who is away: deputy, and everyone whose choice leads to them (whose role it is
    among them, see ``Presence.chosen_by``). By the choice of somebody for whom a dossier does not exist nobody holds it
    there: they would choose who reads what is about them."""

    withheld: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    """Who does not act in a role as a deputy of the agreement, or ``EVERYBODY``: see ``Presence``. They are told
    all the same what they may know anyhow, and with them who is away."""
    vacated: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    """Who alone brought about that others have a role no more: see ``Presence``."""
    unsure: bool = False
    """Whether an account is damaged of which nothing says which roles it has: then no deputy of the agreement acts in a
    role that nobody else has; they are told."""

    @classmethod
    def of(
        cls,
        organisation: str,
        people: Iterable[tuple[str, Iterable[str]]],
        away: Iterable[tuple[str, Iterable[str]]] = (),
        lent: Iterable[tuple[tuple[str, frozenset[str]], Iterable[str]]] = (),
        withheld: Iterable[tuple[str, Iterable[str]]] = (),
        vacated: Iterable[tuple[str, Iterable[str]]] = (),
    ) -> RoleHolders:
        """Return the holders among ``people``: sign-in names with the roles of each, as ``role_text`` writes them.
        ``away``: the same, of who is away; ``lent``: of deputies, each with who led to them; ``withheld``: of who
        does not act in them as a deputy of the agreement, ``vacated``: of who alone brought it about that nobody has
        them."""
        people, away, withheld = (_by_place(organisation, one) for one in (people, away, withheld))
        return cls(people, away, _by_place(organisation, lent), withheld, _by_place(organisation, vacated))

    def holding(
        self,
        department: str,
        role: str,
        excluded: Collection[str] = (),
        conflicts: Collection[str] | None = None,
    ) -> tuple[str, ...]:
        """Return who holds a role in a department, also those who hold it in every department."""
        here = self.held.get((department, role), _NOBODY)
        everywhere = self.held.get((EVERY_DEPARTMENT, role), _NOBODY)
        names = tuple(sorted({*here, *everywhere})) if here and everywhere else here or everywhere
        if self.lent:
            chosen_by = excluded if conflicts is None else conflicts
            names = tuple(sorted({*names, *self._deputies(department, role, chosen_by)}))
        return tuple(name for name in names if name not in excluded) if excluded else names

    def working(self, department: str) -> frozenset[str]:
        """Return everyone with a role of their own in a department, also who is away."""
        return frozenset(
            name
            for people in (self.held, self.away)
            for (place, _), names in people.items()
            if place in (department, EVERY_DEPARTMENT)
            for name in names
        )

    def acting(
        self,
        agreement: Agreement,
        role: str,
        excluded: Collection[str] = (),
        conflicts: Collection[str] | None = None,
    ) -> tuple[str, tuple[str, ...]]:
        """Return which role acts for a role, and who is told: its holders, else those of its deputy, and so on;
        ("", ()) when there is nobody. Who is away is told too, as long as their role is withheld from everybody
        else."""
        still: set[str] = set()
        for one in _with_deputies(agreement, role):
            names = self.holding(agreement.department, one, excluded, conflicts)
            if names:
                return one, tuple(sorted({*names, *still})) if still else names
            chosen_by = excluded if conflicts is None else conflicts
            if EVERYBODY in self._withheld(agreement.department, one, chosen_by):
                still.update(self._away(agreement.department, one).difference(excluded))
        return (role, tuple(sorted(still))) if still else ("", _NOBODY)

    def roles_of(self, agreement: Agreement, name: str, excluded: Collection[str] = ()) -> frozenset[str]:
        """Return the roles that somebody acts for: their own, and those that nobody holds and they deputise for."""
        return frozenset(
            role
            for role in agreement.roles
            if self._acts(agreement, role, name, excluded)
            or (name not in excluded and name in self._away(agreement.department, role))
        )

    def is_vacant(self, agreement: Agreement, role: str) -> bool:
        """Say whether nobody acts in a role: nobody has it, and no deputy of the agreement, or it is withheld from
        them."""
        for one in _with_deputies(agreement, role):
            if self.holding(agreement.department, one):
                return False
            if EVERYBODY in self._withheld(agreement.department, one):
                return not self._away(agreement.department, one)
        return True

    def next_to(self, agreement: Agreement, role: str) -> tuple[str, ...]:
        """Return who acts in a role as deputies of the agreement, once nobody has it of their own."""
        deputies = (one for one in _with_deputies(agreement, role) if one != role)
        found = (self.holding(agreement.department, one) for one in deputies)
        return next(filter(None, found), _NOBODY)

    def _acts(self, agreement: Agreement, role: str, name: str, excluded: Collection[str]) -> bool:
        for one in _with_deputies(agreement, role):
            if names := self.holding(agreement.department, one, excluded):
                return name in names
            if not self._withheld(agreement.department, one, excluded).isdisjoint((name, EVERYBODY)):
                return False
        return False

    def _deputies(self, department: str, role: str, excluded: Collection[str]) -> Iterator[str]:
        for place in ((department, role), (EVERY_DEPARTMENT, role)):
            yield from (deputy for deputy, led in self.lent.get(place, ()) if led.isdisjoint(excluded))

    def leading_to(self, name: str) -> frozenset[str]:
        """Return everyone by whose choice somebody may hold a role: whose deputy they are, and who alone brought about
        that others have it no more."""
        lent = {one for there in self.lent.values() for deputy, led in there if deputy == name for one in led}
        return frozenset(lent.union(*self.vacated.values()))

    def chosen_by_others_than(self, people: Collection[str]) -> RoleHolders:
        """Return who holds which role where nobody acts by the choice of some people: who has a role of their own keeps
        it, also they."""
        lent = {
            place: tuple(one for one in there if one[1].isdisjoint(people))
            for place, there in self.lent.items()
        }
        return replace(self, lent=lent)

    def _away(self, department: str, role: str) -> set[str]:
        return _at(self.away, department, role)

    def _withheld(self, department: str, role: str, conflicts: Collection[str] = ()) -> set[str]:
        if self.unsure:
            return {EVERYBODY}
        if self.vacated and conflicts and not _at(self.vacated, department, role).isdisjoint(conflicts):
            return {EVERYBODY}
        return _at(self.withheld, department, role) if self.withheld else set()

    def deputies(self, agreement: Agreement, excluded: Collection[str] = ()) -> dict[str, str]:
        """Return, for each role that another acts for, which one."""
        acting = {role: self.acting(agreement, role, excluded)[0] for role in agreement.roles}
        return {role: other for role, other in acting.items() if other not in ("", role)}


def _at(people: Mapping[tuple[str, str], tuple[str, ...]], department: str, role: str) -> set[str]:
    places = ((department, role), (EVERY_DEPARTMENT, role))
    return {name for place in places for name in people.get(place, _NOBODY)}


def _with_deputies(agreement: Agreement, role: str) -> Iterator[str]:
    """Give a role, its deputy, the deputy of that one, and so on."""
    seen: set[str] = set()
    while role and role not in seen:
        seen.add(role)
        yield role
        role = agreement.roles[role].deputy if role in agreement.roles else ""


_Who = TypeVar("_Who", str, tuple[str, frozenset[str]])


def _by_place(
    organisation: str, people: Iterable[tuple[_Who, Iterable[str]]]
) -> dict[tuple[str, str], tuple[_Who, ...]]:
    held: dict[tuple[str, str], list[_Who]] = defaultdict(list)
    prefix = f"{organisation}/"
    for name, roles in people:
        for text in roles:
            if text.startswith(prefix):
                department, _, role = text.removeprefix(prefix).partition(":")
                held[department, role].append(name)
    return {place: tuple(sorted(set(names), key=_in_order)) for place, names in held.items()}


def _in_order(one: str | tuple[str, frozenset[str]]) -> tuple[str, ...]:
    return (one,) if isinstance(one, str) else (one[0], *sorted(one[1]))
