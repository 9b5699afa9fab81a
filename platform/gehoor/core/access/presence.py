"""Presence: which roles people have at an instant, who is away, and who does their part until they are back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

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
    back). ``deputy`` is the account that acts in their roles meanwhile; empty: nobody does."""

    from_at: str
    until_at: str = _EVER
    deputy: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """What is kept of somebody's presence. Who is not ``active`` has left, and acts for nobody."""

    name: str
    roles: tuple[str, ...] = ()
    periods: tuple[RolePeriod, ...] = ()
    absences: tuple[Absence, ...] = ()
    active: bool = True


@dataclass(frozen=True)
class Presence:
    """Who has which roles at an instant. ``roles``: sign-in name -> their own roles, and those they deputise in.
    ``deputised``: deputy -> for whom they act. ``next_at``: the first instant (UTC text) after it at which something is
    otherwise; empty: never."""

    roles: Mapping[str, tuple[str, ...]]
    away: frozenset[str] = frozenset()
    deputised: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    next_at: str = _EVER

    def deputy_of(self, name: str) -> str:
        """Return who acts for somebody who is away; empty when nobody does, or nobody has to."""
        return next((deputy for deputy, away in self.deputised.items() if name in away), "")


def presence(people: Sequence[Person], at: str) -> Presence:
    """Return who has which roles at an instant (UTC text)."""
    known = {one.name: one for one in people}
    absent = {one.name: absence.deputy for one in people for absence in one.absences if _holds(absence, at)}
    own = {
        one.name: tuple(
            dict.fromkeys((*one.roles, *(period.role for period in one.periods if _holds(period, at))))
        )
        for one in people
    }
    deputised: dict[str, list[str]] = {}
    for name in absent:
        if known[name].active and (deputy := _present_deputy(name, absent, known)):
            deputised.setdefault(deputy, []).append(name)
    roles = {
        name: tuple(dict.fromkeys((*held, *(role for away in deputised.get(name, ()) for role in own[away]))))
        for name, held in own.items()
    }
    bounds = {bound for one in people for bound in _bounds(one)}
    return Presence(
        roles,
        frozenset(absent),
        {name: tuple(sorted(away)) for name, away in deputised.items()},
        min((bound for bound in bounds if bound > at), default=_EVER),
    )


def _present_deputy(name: str, absent: Mapping[str, str], known: Mapping[str, Person]) -> str:
    """Follow the deputies of deputies to one who is there."""
    seen = {name}
    deputy = absent[name]
    while deputy in absent and deputy not in seen:
        seen.add(deputy)
        deputy = absent[deputy]
    there = deputy in known and known[deputy].active and deputy not in absent
    return deputy if there else ""


def _holds(period: RolePeriod | Absence, at: str) -> bool:
    return period.from_at <= at and (not period.until_at or at < period.until_at)


def _bounds(person: Person) -> Iterable[str]:
    for one in person.periods:
        yield from filter(None, (one.from_at, one.until_at))
    for other in person.absences:
        yield from filter(None, (other.from_at, other.until_at))
