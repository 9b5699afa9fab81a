"""Numbers of dossiers that two organisations would both give: that is refused before anything is published.

Which department has which number stands in the register, so that publishing asks of no other organisation what it
agreed, however many there are.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Any, Final, TypeAlias

from gehoor.core.agreement.numbering import first_number
from gehoor.core.text.canonical_json import dump, load
from gehoor.services.ports.store import DamagedError
from gehoor.services.register.register import Register

_KEPT: Final = "first-numbers"
"""The setting that says which departments give, or once gave, a number. A department may stand at several: what it
published last says which it is."""

Department: TypeAlias = "tuple[str, str]"
"""Organisation and department."""


class SameNumbersError(Exception):
    """Dossiers of two organisations would get the same numbers. ``place`` and ``other``: organisation and department;
    ``number``: one that both would have."""

    def __init__(self, place: Department, other: Department, number: str) -> None:
        super().__init__(f"{place} and {other}: {number}")
        self.place, self.other, self.number = place, other, number


def refuse_same_numbers(register: Register, offered: Mapping[Department, Mapping[str, Any]]) -> None:
    """Refuse what would give numbers of another organisation; ``offered``: the document of each department. Within an
    organisation departments may share a series. Raises ``SameNumbersError``."""
    owners: dict[str, Department] = {}
    for place, document in offered.items():
        number = first_number(document)
        other = owners.setdefault(number, place)
        if other[0] != place[0]:
            raise SameNumbersError(place, other, number)
    known = _known(register)
    for number, place in owners.items():
        for other in known.get(number, ()):
            if other[0] != place[0] and other not in offered and _number_now(register, other) == number:
                raise SameNumbersError(other, place, number)


def keep_numbers(register: Register, offered: Mapping[Department, Mapping[str, Any]]) -> None:
    """Keep which number each department gives from now on."""
    known = _known(register)
    new = [
        (number, place)
        for place, document in offered.items()
        if place not in known.get(number := first_number(document), ())
    ]
    for number, place in new:
        known.setdefault(number, []).append(place)
    if new:
        _save(register, known)


def _known(register: Register) -> dict[str, list[Department]]:
    with suppress(DamagedError, ValueError):
        if (kept := register.setting(_KEPT)) is not None:
            return {
                number: [(organisation, department) for organisation, department in places]
                for number, places in load(kept).items()
            }
    # As never before this was kept, or what said so is damaged or gone.
    known: dict[str, list[Department]] = {}
    for place in register.published_departments():
        if (number := _number_now(register, place)) is not None:
            known.setdefault(number, []).append(place)
    _save(register, known)
    return known


def _save(register: Register, known: Mapping[str, list[Department]]) -> None:
    register.save_setting(
        _KEPT, dump({number: [list(one) for one in places] for number, places in known.items()})
    )


def _number_now(register: Register, place: Department) -> str | None:
    """Return a number of what a department published last; None when it ended. What is damaged of one keeps no other
    from publishing."""
    found = register.sound_publications(*place)
    if not found or found[-1].ended:
        return None
    with suppress(DamagedError):
        stored = register.agreement_document(found[-1].agreement)
        return first_number(stored[0]) if stored is not None else None
    return None
