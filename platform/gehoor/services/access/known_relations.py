"""What a dossier has to do with others, as far as whoever looks may know: of a dossier elsewhere that there is one, of
one that does not exist for them nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from gehoor.core.access.roles import works_in
from gehoor.core.dossier.dossier import Dossier
from gehoor.core.dossier.events import BrokenChainError, Event, EventKind
from gehoor.core.dossier.relations import RELATING, Link, TakenIn, other_of
from gehoor.services.ports.store import DamagedError
from gehoor.services.register.register import Register, UnknownDossierError
from gehoor.services.register.staff import Staff

_VEILED = (
    EventKind.LINKED,
    EventKind.UNLINKED,
    EventKind.TOOK_IN,
    EventKind.GAVE_BACK,
    EventKind.MERGED_TOLD,
)
"""What tells of another dossier by a number or a reason. Where a dossier went, or came from, its own people know."""


@dataclass(frozen=True)
class KnownRelations:
    """Of the dossiers that one names: those ``hidden`` are not to be known of, and of those ``veiled`` only that they
    are there."""

    hidden: frozenset[str] = frozenset()
    veiled: frozenset[str] = frozenset()

    def dossier(self, dossier: Dossier) -> Dossier:
        """Return a dossier with what may be known of the others."""
        kept = dossier.relations.without({*self.hidden, ""})
        links = {other: self._link(one) for other, one in kept.links.items()}
        taken_in = {other: self._taken_in(one) for other, one in kept.taken_in.items()}
        return replace(dossier, relations=replace(kept, links=links, taken_in=taken_in))

    def events(self, events: Iterable[Event]) -> Iterator[Event]:
        """Give events with what may be known of the others. Their hashes are those of the whole."""
        for event in events:
            other = other_of(event)
            if other in self.hidden:
                continue
            yield self._event(event) if other in self.veiled and event.kind in _VEILED else event

    def _link(self, link: Link) -> Link:
        return replace(link, number="", reason="") if link.dossier in self.veiled else link

    def _taken_in(self, taken: TakenIn) -> TakenIn:
        hides = taken.dossier in self.veiled
        told = "" if hides and taken.told is not None else taken.told
        return replace(taken, number="", told=told) if hides else taken

    def _event(self, event: Event) -> Event:
        unknown = {name: "" for name in ("number", "reason", "note") if name in event.data}
        return replace(event, data={**event.data, **unknown})


def relations_known(
    register: Register, staff: Staff, viewer: str, events: Iterable[Event], hidden: Collection[str]
) -> KnownRelations:
    """Return what somebody may know of the dossiers that another names; whoever runs the server (empty): all, but for
    those that were anonymised, to which nothing leads any more. ``hidden``: those that do not exist for them."""
    named = {other for event in events if event.kind in RELATING if (other := other_of(event))}
    if not named:
        return KnownRelations()
    account = staff.active(viewer)
    roles = account.roles if account else ()
    gone, veiled = set(), set()
    for other in named.difference(hidden):
        try:
            found = register.dossier(other)
        except (UnknownDossierError, DamagedError, BrokenChainError):
            veiled.add(other)
            continue
        if found.frozen is not None:
            gone.add(other)
        elif viewer and not works_in(roles, found.organisation, found.department):
            veiled.add(other)
    return KnownRelations(frozenset(hidden) & named | gone, frozenset(veiled))
