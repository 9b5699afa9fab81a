"""What a dossier has to do with others, as far as whoever looks may know: of a dossier elsewhere that there is one, of
one that does not exist for them no more than that theirs goes on somewhere."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, Final

from gehoor.core.access.roles import works_in
from gehoor.core.agreement.model import Agreement
from gehoor.core.dossier.dossier import Dossier
from gehoor.core.dossier.events import BrokenChainError, Event, EventKind
from gehoor.core.dossier.relations import RELATING, Link, Relations, TakenIn, other_of, relations_after
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
_WENT = (EventKind.MERGED, EventKind.UNMERGED, EventKind.SENT_ON)
"""What its answers tell of as well: that it goes on is seen there, and by these is told that it does so in another."""

_NOTHING: Final[Mapping[str, Any]] = MappingProxyType({})


@dataclass(frozen=True)
class KnownRelations:
    """Of the dossiers that one names: those ``hidden`` are not to be known of, and of those ``veiled`` only that they
    are there. ``gone``: those of the first that were anonymised, to which nothing leads any more."""

    hidden: frozenset[str] = frozenset()
    veiled: frozenset[str] = frozenset()
    gone: frozenset[str] = frozenset()
    counting: frozenset[str] = frozenset()
    """The fields that count those of whom somebody still has to hear what came of it."""

    def dossier(self, dossier: Dossier) -> Dossier:
        """Return a dossier with what may be known of the others."""
        relations = dossier.relations
        kept = relations.without({*self.hidden, ""})
        links = {other: self._link(one) for other, one in kept.links.items()}
        taken_in = {other: self._taken_in(one) for other, one in kept.taken_in.items()}
        merged, unknown = relations.merged, self.hidden - self.gone
        if merged and merged.dossier in unknown:
            merged = replace(merged, number="", reason="", before={})
        elif merged and merged.dossier in self.gone:
            merged = None
        sent_on = tuple(
            replace(one, number="", reason="") if one.dossier in unknown else one
            for one in relations.sent_on
            if not one.dossier or one.dossier not in self.gone
        )
        shown = Relations(links, merged, taken_in, sent_on, kept.came_from)
        return replace(owed_without(dossier, unknown, self.counting), relations=shown)

    def events(self, events: Iterable[Event]) -> Iterator[Event]:
        """Give events with what may be known of the others. Their hashes are those of the whole."""
        untold = _Untold(self.hidden, self.hidden - self.gone, self.counting)
        for event in events:
            if self.hidden and (answered := untold.after(event)) is not event:
                if answered is not None:
                    yield answered
                continue
            other = other_of(event)
            if other in self.hidden:
                if event.kind in _WENT and other not in self.gone:
                    yield self._event(event, {"dossier": "", "before": {}})
                continue
            yield self._event(event) if other in self.veiled and event.kind in _VEILED else event

    def _link(self, link: Link) -> Link:
        return replace(link, number="", reason="") if link.dossier in self.veiled else link

    def _taken_in(self, taken: TakenIn) -> TakenIn:
        hides = taken.dossier in self.veiled
        told = "" if hides and taken.told is not None else taken.told
        return replace(taken, number="", told=told) if hides else taken

    def _event(self, event: Event, more: Mapping[str, Any] = _NOTHING) -> Event:
        unknown = {"number": "", "reason": "", "note": "", **more}
        return replace(event, data={name: unknown.get(name, one) for name, one in event.data.items()})


@dataclass
class _Untold:
    """What answers tell of dossiers that are not to be known of, as far as the events were gone through: their numbers,
    the reason of what was done with both, and how many of them were counted."""

    hidden: frozenset[str]
    unknown: frozenset[str]
    """Those of the hidden that are there, but not for whoever looks."""
    counting: frozenset[str]
    _relations: Relations = field(default_factory=Relations)
    _numbers: set[str] = field(default_factory=set)
    _reasons: set[str] = field(default_factory=set)
    _counted: dict[str, int] = field(default_factory=dict)

    def after(self, event: Event) -> Event | None:
        """Return an event without that; None where it told nothing else."""
        if event.kind in RELATING:
            self._relations = relations_after(self._relations, event)
            if other_of(event) in self.unknown:
                self._numbers.add(event.data["number"])
            if other_of(event) in self.hidden:
                self._reasons.add(event.data.get("reason", ""))
            return event
        if event.kind is not EventKind.ANSWERED:
            return event
        data, owed = dict(event.data), self._relations.without(self.unknown).owed
        if data.get("why") in self._reasons:
            del data["why"]
        values = {name: one for name, one in data["values"].items() if one not in tuple(self._numbers)}
        for name in self.counting.intersection(values) if self.unknown else ():
            if values[name] == self._relations.owed:
                values[name] = owed
            if values[name] == self._counted.get(name, 0):
                del values[name]
            else:
                self._counted[name] = values[name]
        if not values and not data["cleared"] and data["values"]:
            return None
        same = values == data["values"] and len(data) == len(event.data)
        return event if same else replace(event, data={**data, "values": values})


def owed_without(dossier: Dossier, hidden: Collection[str], counting: Collection[str]) -> Dossier:
    """Return a dossier of which the fields that count to whom something is owed do so without some dossiers."""
    relations, kept = dossier.relations, dossier.relations.without(hidden)
    if not hidden or len(kept.taken_in) == len(relations.taken_in):
        return dossier
    values = dict(dossier.values)
    for name in counting:
        if name in values and values[name] == relations.owed:
            if kept.taken_in:
                values[name] = kept.owed
            else:
                del values[name]
    return replace(dossier, values=values)


def counting_in(*agreements: Agreement) -> frozenset[str]:
    """Return the fields that count the merged dossiers of which somebody still has to hear what came of it."""
    return frozenset(one.belonging.merging.to_tell for one in agreements if one.belonging.merging) - {""}


def numbers_hidden(dossier: Dossier, events: Iterable[Event], hidden: Collection[str]) -> frozenset[str]:
    """Return the fields in which the number stands of a dossier that does not exist for somebody."""
    if not hidden:
        return frozenset()
    numbers = {
        event.data["number"] for event in events if event.kind in _WENT and other_of(event) in hidden
    } - {""}
    return frozenset(name for name, value in dossier.values.items() if value in tuple(numbers))


def relations_known(
    register: Register,
    staff: Staff,
    viewer: str,
    events: Iterable[Event],
    hidden: Collection[str],
    under: Iterable[Agreement],
) -> KnownRelations:
    """Return what somebody may know of the dossiers that another names; whoever runs the server (empty): all, but for
    those that were anonymised, to which nothing leads any more. ``hidden``: those that do not exist for them;
    ``under``: the agreements that its events happened under."""
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
    gone_too = frozenset(hidden) & named | gone
    return KnownRelations(gone_too, frozenset(veiled), frozenset(gone), counting_in(*under))
