"""Comparing agreements: the published ones by a part of their hash, and what differs between two."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from gehoor.core.access.roles import holds_role
from gehoor.core.agreement.model import Agreement
from gehoor.core.wording.chapters import Change
from gehoor.core.wording.registry import sentences_of
from gehoor.services.ports.records import Account
from gehoor.services.register.library import Library, NothingPublishedError
from gehoor.services.register.register import Register, reading
from gehoor.services.register.runtime import Runtime

SHORTEST = 6
"""With fewer characters of a hash, two agreements are too easily taken for each other."""


class UnclearHashError(LookupError):
    """No published agreement begins with this, or several do: then ``found`` has their hashes."""

    def __init__(self, beginning: str, found: tuple[str, ...]) -> None:
        super().__init__(beginning)
        self.beginning, self.found = beginning, found


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs. Without ``changes`` two agreements can still be different in what is never said aloud."""

    equal: bool
    changes: tuple[Change, ...]


def compare(before: Agreement, after: Agreement, names: tuple[str, str] = ("", "")) -> Comparison:
    """Say what changes when one agreement takes the place of the other; with ``names`` how two that hold beside each
    other differ."""
    if before.hash == after.hash:
        return Comparison(True, ())
    words = sentences_of(after).agreements
    return Comparison(False, tuple(words.changes(words.whole(before), words.whole(after), names)))


def published(register: Register, library: Library, beginning: str) -> Agreement:
    """Return the one published agreement whose hash begins like this. Raises ``UnclearHashError``."""
    hashes = {
        publication.agreement
        for department in register.published_departments()
        for publication in register.sound_publications(*department)
    }
    found = tuple(sorted(digest for digest in hashes if digest.startswith(beginning.lower())))
    if len(beginning) < SHORTEST or len(found) != 1:
        raise UnclearHashError(beginning, found)
    return library.agreement(register, found[0])


def bereft(
    before: Agreement, after: Agreement, people: Iterable[Account]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the roles (names) that are no more, each with who has it: without another, nothing new exists for those."""
    place = after.organisation, after.department
    for role in before.roles.values():
        if role.id not in after.roles:
            names = tuple(
                one.name for one in people if one.active and holds_role(one.all_roles, *place, role.id)
            )
            if names:
                yield role.name, names


def in_force(runtime: Runtime, organisation: str, department: str, now: datetime) -> Agreement | None:
    """Return the agreement in force for a department at ``now``, or None when there is none."""
    with reading(runtime.store) as register:
        try:
            return runtime.library.in_force(register, organisation, department, now)
        except NothingPublishedError:
            return None
