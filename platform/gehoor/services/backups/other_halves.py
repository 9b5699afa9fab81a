"""What other dossiers say of one that comes back from a copy: it says so again, and nobody is forgotten between the
two."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from gehoor.core.dossier.dossier import Dossier, fold
from gehoor.core.dossier.events import BrokenChainError, Event, EventKind, NewEvent, seal
from gehoor.core.dossier.halves import counted_anew, in_line
from gehoor.core.dossier.relations import RELATING
from gehoor.services.access.authorisation import OPERATOR
from gehoor.services.ports.store import DamagedError
from gehoor.services.register.register import Register, UnknownDossierError
from gehoor.services.register.runtime import Runtime


def others_of(register: Register, dossier: str) -> list[Dossier]:
    """Return the dossiers that name this one in what happened to them, and that can be read."""
    naming = {
        str(document["dossier"])
        for _, document in register.tables.scan("events")
        if document is not None
        and document.get("kind") in RELATING
        and document["data"].get("dossier") == dossier
    }
    return list(_readable(register, naming))


def in_line_with_others(
    runtime: Runtime, register: Register, events: list[Event], now: datetime
) -> tuple[list[Event], list[str]]:
    """Return the events by which a dossier, of which these are the events, says what others say of it, and no more what
    they do not say; and the numbers of those others."""
    dossier = fold(events)
    known = {one.id: one for one in others_of(register, dossier.id)}
    known |= {one.id: one for one in _readable(register, dossier.relations.named - known.keys())}
    written, numbers = list[Event](), list[str]()
    for other in sorted(known.values(), key=lambda one: one.number):
        if other.frozen is not None:
            continue
        there = runtime.library.sound_agreement(register, other.agreement)
        if there is None:
            # As with one that cannot be read: that keeps this one from nothing.
            continue
        place = there.department_name
        merged = dossier.relations.merged
        wanted = list(in_line(dossier, other, place))
        if merged and any(one.kind is EventKind.UNMERGED for one in wanted):
            wanted.append(NewEvent(EventKind.ANSWERED, merged.taken_back(dossier.values, dossier.changed)))
        if wanted:
            numbers.append(other.number)
            written += _sealed(dossier, wanted, now)
            dossier = fold([*events, *written])
    merging = runtime.library.agreement(register, dossier.agreement).belonging.merging
    if numbers and (counted := counted_anew(dossier, merging.to_tell if merging else "")):
        written += _sealed(dossier, [counted], now)
    return written, numbers


def _sealed(dossier: Dossier, wanted: list[NewEvent], now: datetime) -> list[Event]:
    return seal(
        wanted,
        dossier=dossier.id,
        after=(dossier.version, dossier.head),
        at=now,
        actor=OPERATOR,
        agreement=dossier.agreement,
    )


def _readable(register: Register, dossiers: set[str] | frozenset[str]) -> Iterator[Dossier]:
    for one in sorted(dossiers):
        try:
            yield register.dossier(one)
        except (UnknownDossierError, DamagedError, BrokenChainError):
            continue
