"""Numbers of dossiers that two organisations would both give: that is refused before anything is published.

Which department has which number stands in the register, so that publishing asks of no other organisation what it
agreed, however many there are.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any, Final, TypeAlias

from gehoor.core.agreement.numbering import first_number
from gehoor.core.text.canonical_json import dump, load
from gehoor.services.ports.store import DamagedError
from gehoor.services.register.register import Register
from gehoor.services.register.validity import State, standings

_KEPT: Final = "first-numbers"
"""The setting that says which departments give, or once gave, a number. A department may stand at several: what is in
force there, or planned, says which it is."""

_GIVING: Final = (State.IN_FORCE, State.PLANNED)

Department: TypeAlias = "tuple[str, str]"
"""Organisation and department."""


class SameNumbersError(Exception):
    """Dossiers of two organisations would get the same numbers. ``place`` and ``other``: organisation and department;
    ``number``: one that both would have."""

    def __init__(self, place: Department, other: Department, number: str) -> None:
        super().__init__(f"{place} and {other}: {number}")
        self.place, self.other, self.number = place, other, number


def refuse_same_numbers(
    register: Register, offered: Mapping[Department, Mapping[str, Any]], now: datetime
) -> None:
    """Refuse what would give numbers of another organisation; ``offered``: the document of each department. Within an
    organisation departments may share a series. A series is free from the day on which nobody gives it any more. Raises
    ``SameNumbersError``."""
    owners: dict[str, Department] = {}
    for place, document in offered.items():
        number = first_number(document)
        other = owners.setdefault(number, place)
        if other[0] != place[0]:
            raise SameNumbersError(place, other, number)
    known, _is_whole = _known(register, now)
    for number, place in owners.items():
        for other in known.get(number, ()):
            if other[0] != place[0] and other not in offered and _may_give(register, other, number, now):
                raise SameNumbersError(other, place, number)


def keep_numbers(register: Register, offered: Mapping[Department, Mapping[str, Any]], now: datetime) -> None:
    """Keep which number each department gives from now on; not while it cannot be read of another what that gives, or
    it would be forgotten for good."""
    known, is_whole = _known(register, now)
    new = [
        (number, place)
        for place, document in offered.items()
        if place not in known.get(number := first_number(document), ())
    ]
    for number, place in new:
        known.setdefault(number, []).append(place)
    if new and is_whole:
        _save(register, known)


def _known(register: Register, now: datetime) -> tuple[dict[str, list[Department]], bool]:
    """Return which departments give, or once gave, each number, and whether those are all of them."""
    with suppress(DamagedError, ValueError):
        if (kept := register.setting(_KEPT)) is not None:
            return {
                number: [(organisation, department) for organisation, department in places]
                for number, places in load(kept).items()
            }, True
    # As never before this was kept, or what said so is damaged or gone.
    known: dict[str, list[Department]] = {}
    is_whole = True
    for place in register.published_departments():
        try:
            numbers = _numbers_of(register, place, now)
        except DamagedError:
            is_whole = False
            continue
        for number in numbers:
            known.setdefault(number, []).append(place)
    if is_whole:
        _save(register, known)
    return known, is_whole


def _save(register: Register, known: Mapping[str, list[Department]]) -> None:
    register.save_setting(
        _KEPT, dump({number: [list(one) for one in places] for number, places in known.items()})
    )


def _may_give(register: Register, place: Department, number: str, now: datetime) -> bool:
    try:
        return number in _numbers_of(register, place, now)
    except DamagedError:
        # It gave them once, and nobody can tell that it does so no more.
        return True


def _numbers_of(register: Register, place: Department, now: datetime) -> list[str]:
    """Return a number of each series that a department gives now, or is to give from a later day. Raises
    ``DamagedError``."""
    found = []
    for one in standings(register.publications(*place), {}, now):
        if one.state in _GIVING and not one.publication.ended:
            stored = register.agreement_document(one.publication.agreement)
            if stored is None:
                raise DamagedError("an agreement is gone", "agreements", one.publication.agreement)
            found.append(first_number(stored[0]))
    return list(dict.fromkeys(found))
