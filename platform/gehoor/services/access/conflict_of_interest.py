"""Conflict of interest in the use cases: what does not exist for someone is not found, counted or changed by them."""

from __future__ import annotations

from collections.abc import Iterable

from gehoor.core.agreement.model import Agreement
from gehoor.core.dossier.conflict_of_interest import excluded_from
from gehoor.core.dossier.dossier import Dossier
from gehoor.core.dossier.events import Event
from gehoor.services.register.register import Register, UnknownDossierError


def refuse_excluded(agreement: Agreement, dossier: Dossier, name: str) -> frozenset[str]:
    """Return for whom a dossier does not exist. Raises ``UnknownDossierError`` when that is the one who asks."""
    excluded = excluded_from(agreement, dossier.values)
    if name in excluded:
        raise UnknownDossierError(dossier.id)
    return excluded


def others_found(events: Iterable[Event]) -> set[str]:
    """Return the other dossiers that the register gave for this one, at any time."""
    return {
        other for event in events for one in event.data.get("found", {}).values() for other in one["dossiers"]
    }


def hidden_from(register: Register, name: str, dossiers: Iterable[str]) -> frozenset[str]:
    """Return those of some dossiers that do not exist for someone."""
    known = register.excluded_dossiers(name)
    return frozenset(known.intersection(dossiers))
