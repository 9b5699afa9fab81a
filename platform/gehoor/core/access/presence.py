"""Presence: which roles people have at an instant, who is away, and who does their part until they are back."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from gehoor.core.access.roles import EVERYBODY, works_in

_EVER: Final = ""
"""Instead of an instant: there is no bound."""


@dataclass(frozen=True, slots=True)
class RolePeriod:
    """That somebody has a role (as ``role_text`` writes it) from an instant until just before another, both UTC texts;
    empty: no bound."""

    role: str
    from_at: str = _EVER
    until_at: str = _EVER


@dataclass(frozen=True, slots=True)
class Absence:
    """That somebody is away from an instant until just before another (UTC texts; no ``until_at``: until they are
    back). ``deputy`` is the account that acts in their roles meanwhile; empty: nobody does. ``by``: the account of
    somebody else who said so, who never gets roles by it; empty: they did themselves, or whoever runs the server.
    ``confirmed_by``: a second person who said so too, or whoever runs the server. ``counts``: where somebody else said
    so, not empty once the deputies of the agreement act by it too: it gives nobody more than who said it has, or it was
    confirmed. Of who has left, it is that their account was closed."""

    from_at: str
    until_at: str = _EVER
    deputy: str = ""
    by: str = ""
    confirmed_by: str = ""
    counts: str = ""


@dataclass(frozen=True, slots=True)
class Vacancy:
    """That somebody (``by``) took a role from somebody else, or gave it a last day. ``counts``: as for ``Absence``."""

    role: str
    by: str
    counts: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """What is kept of somebody's presence. Who is not ``active`` has left, and acts for nobody. ``person`` is the same
    for accounts of one person; empty: this is the only one."""

    name: str
    roles: tuple[str, ...] = ()
    periods: tuple[RolePeriod, ...] = ()
    absences: tuple[Absence, ...] = ()
    active: bool = True
    person: str = ""
    vacancies: tuple[Vacancy, ...] = ()

    @property
    def who(self) -> str:
        """Return by what two accounts are of the same person."""
        return self.person or self.name


@dataclass(frozen=True)
class Presence:
    """Who has which roles at an instant.

    ``own``: sign-in name -> their own roles. ``borrowed``: deputy -> for whom they act, and the roles that they have of
    them, where they work themselves: what somebody loses is lost to their deputy, and nobody comes into another
    department so. ``deputised``: deputy -> for whom they act. ``withheld``: an account, or ``EVERYBODY``, and the roles
    in which it does not act as a deputy of the agreement, because of who brought about that nobody has them.
    ``chosen_by``: who is away -> everyone whose choice leads from them to their deputy: they, the deputies in between
    and who said of one of these that they are away. Of somebody for whom something does not exist no choice counts in
    it: they would choose who reads what is about them.
    ``next_at``: the first instant (UTC text) after it at
    which something is otherwise; empty: never.
    """

    own: Mapping[str, tuple[str, ...]]
    borrowed: Mapping[str, tuple[tuple[str, tuple[str, ...]], ...]] = field(default_factory=dict)
    away: frozenset[str] = frozenset()
    deputised: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    withheld: tuple[tuple[str, tuple[str, ...]], ...] = ()
    next_at: str = _EVER
    chosen_by: Mapping[str, frozenset[str]] = field(default_factory=dict)
    vacated: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """An account, and the roles of others that it alone brought about that nobody has: by that too nobody comes to act
    in what does not exist for it."""

    def roles_of(self, name: str) -> tuple[str, ...]:
        """Return the own roles of somebody, and those that they deputise in."""
        lent = (role for _, roles in self.borrowed.get(name, ()) for role in roles)
        return tuple(dict.fromkeys((*self.own[name], *lent)))

    def deputy_of(self, name: str, excluded: Collection[str] = ()) -> str:
        """Return who acts for somebody who is away; empty when nobody does, or nobody has to. ``excluded``: for whom
        what it is about does not exist."""
        if not self.chosen_by.get(name, frozenset()).isdisjoint(excluded):
            return ""
        return next((deputy for deputy, away in self.deputised.items() if name in away), "")

    def acts_for(self, name: str, excluded: Collection[str] = ()) -> tuple[str, ...]:
        """Return for whom somebody acts who is away. ``excluded``: for whom what it is about does not exist."""
        away = self.deputised.get(name, ())
        return tuple(one for one in away if self.chosen_by.get(one, frozenset()).isdisjoint(excluded))


def presence(people: Sequence[Person], at: str) -> Presence:
    """Return who has which roles at an instant (UTC text)."""
    known = {one.name: one for one in people}
    absent = {one.name: absence for one in people for absence in one.absences if _holds(absence, at)}
    own = {
        one.name: tuple(
            dict.fromkeys((*one.roles, *(period.role for period in one.periods if _holds(period, at))))
        )
        for one in people
    }
    deputised: dict[str, list[str]] = {}
    chosen_by: dict[str, frozenset[str]] = {}
    for name in absent:
        deputy, led = _present_deputy(name, absent, known)
        if known[name].active and deputy:
            deputised.setdefault(deputy, []).append(name)
            chosen_by[name] = frozenset(filter(None, led))
    borrowed = {
        deputy: tuple(
            (name, tuple(role for role in own[name] if _works_there(own[deputy], role)))
            for name in sorted(names)
        )
        for deputy, names in deputised.items()
    }
    bounds = {bound for one in people for bound in _bounds(one)}
    return Presence(
        own,
        borrowed,
        frozenset(name for name in absent if known[name].active),
        {name: tuple(sorted(away)) for name, away in deputised.items()},
        tuple(_withheld(own, absent, known)),
        min((bound for bound in bounds if bound > at), default=_EVER),
        chosen_by,
        tuple(_vacated(own, absent, known)),
    )


def _present_deputy(
    name: str, absent: Mapping[str, Absence], known: Mapping[str, Person]
) -> tuple[str, set[str]]:
    """Follow the deputies of deputies to one who is there (empty: nobody is), and return who led there too. Who said
    for others that they are away is none, whoever leads to them, and since when. What one alone said for somebody else
    is not followed for others: it was judged for the roles of that one."""
    seen = {name}
    deputy, named_by = absent[name].deputy, {absent[name].by}
    while deputy in absent and deputy not in seen:
        if absent[deputy].by and not absent[deputy].confirmed_by:
            return "", seen
        seen.add(deputy)
        named_by.add(absent[deputy].by)
        deputy = absent[deputy].deputy
    there = deputy in known and known[deputy].active and deputy not in absent
    if not there or known[deputy].who in {known[one].who for one in named_by if one in known}:
        return "", seen
    return deputy, seen | named_by


def _withheld(
    own: Mapping[str, tuple[str, ...]], absent: Mapping[str, Absence], known: Mapping[str, Person]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Give who acts in which roles by no deputising of the agreement: nobody, as long as one person alone brought about
    for somebody else that nobody has them, and that person never."""
    for person in known.values():
        for vacancy in person.vacancies:
            yield from ((whom, (vacancy.role,)) for whom in _kept_out(vacancy, known))
    for name in absent:
        one, seen = name, set[str]()
        while one in known and one not in seen:
            seen.add(one)
            # Who acted for them, and works there no more.
            for vacancy in known[one].vacancies:
                lost = tuple(role for role in own[name] if _works_there((vacancy.role,), role))
                yield from ((whom, lost) for whom in _kept_out(vacancy, known))
            if one not in absent:
                break
            yield from ((whom, own[name]) for whom in _kept_out(absent[one], known))
            one = absent[one].deputy


def _vacated(
    own: Mapping[str, tuple[str, ...]], absent: Mapping[str, Absence], known: Mapping[str, Person]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Give who alone said that others are away, or took a role from them, and which roles nobody has by it."""
    for person in known.values():
        yield from ((one.by, (one.role,)) for one in person.vacancies if one.by and one.counts == one.by)
        one = absent.get(person.name)
        if one is not None and one.by and one.counts == one.by:
            yield one.by, own[person.name]


def _kept_out(said: Absence | Vacancy, known: Mapping[str, Person]) -> list[str]:
    if not said.by:
        return []
    if not said.counts:
        return [EVERYBODY]
    return [one.name for one in known.values() if said.by in known and one.who == known[said.by].who]


def _works_there(roles: Iterable[str], role: str) -> bool:
    organisation, _, department = role.partition(":")[0].partition("/")
    return works_in(roles, organisation, department)


def _holds(period: RolePeriod | Absence, at: str) -> bool:
    return period.from_at <= at and (not period.until_at or at < period.until_at)


def _bounds(person: Person) -> Iterable[str]:
    for one in person.periods:
        yield from filter(None, (one.from_at, one.until_at))
    for other in person.absences:
        yield from filter(None, (other.from_at, other.until_at))
