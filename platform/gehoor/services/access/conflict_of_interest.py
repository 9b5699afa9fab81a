"""Conflict of interest in the use cases: what does not exist for someone is not found, counted or changed by them."""

from __future__ import annotations

from collections.abc import Iterable

from gehoor.core.dossier.events import Event
from gehoor.services.register.register import Register


def others_found(events: Iterable[Event]) -> set[str]:
    """Return the other dossiers that the register gave for this one, at any time."""
    return {
        other for event in events for one in event.data.get("found", {}).values() for other in one["dossiers"]
    }


def hidden_from(register: Register, name: str, dossiers: Iterable[str]) -> frozenset[str]:
    """Return those of some dossiers that do not exist for someone."""
    known = register.excluded_dossiers(name)
    return frozenset(known.intersection(dossiers))
