"""What the register found for a dossier, without the dossiers that do not exist for who looks."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from gehoor.core.dossier.events import Event
from gehoor.services.access.confidentiality import confidential_from
from gehoor.services.register.library import Library
from gehoor.services.register.register import Register
from gehoor.services.register.staff import Staff


def others_found(events: Iterable[Event]) -> set[str]:
    """Return the other dossiers that the register gave for this one, at any time."""
    return {
        other for event in events for one in event.data.get("found", {}).values() for other in one["dossiers"]
    }


def hidden_from(
    register: Register, library: Library, staff: Staff, name: str, dossiers: Collection[str]
) -> frozenset[str]:
    """Return those of some dossiers that do not exist for someone; none for whoever runs the server (empty)."""
    if not name or not dossiers:
        return frozenset()
    conflicts = register.excluded_dossiers(name).intersection(dossiers)
    return conflicts | confidential_from(register, library, staff, name, dossiers)
