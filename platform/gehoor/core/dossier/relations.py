"""What a dossier has to do with others: links, merging, and being sent on to another department or organisation."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

from gehoor.core.dossier.events import Event, EventKind


@dataclass(frozen=True, slots=True)
class Link:
    """That somebody says that two dossiers belong together. ``dossier`` and ``number`` are those of the other; ``at``,
    here and below, is a UTC instant."""

    dossier: str
    number: str
    at: datetime
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class Merged:
    """That it goes on in another dossier. ``same_person``: whether whoever told this one told the other; ``before``:
    what was answered before merging filled it in, by field (None: nothing)."""

    dossier: str
    number: str
    at: datetime
    by: str
    reason: str
    same_person: bool
    before: Mapping[str, Any]
    sequence: int = 0
    """The sequence of the event by which it was; what it filled in is the next."""

    def taken_back(self, values: Mapping[str, Any], changed: Mapping[str, int]) -> dict[str, Any]:
        """Return what an event says by which a dossier with these answers stands as before merging, but for what
        somebody filled in or took out since. ``changed``: the sequence by which each answer was last changed."""
        still = [name for name in self.before if changed.get(name, 0) <= self.sequence + 1]
        back = {name: self.before[name] for name in still if self.before[name] is not None}
        cleared = sorted(name for name in still if name not in back and name in values)
        return {"values": back, "cleared": cleared}


@dataclass(frozen=True, slots=True)
class TakenIn:
    """That another dossier goes on in it. ``told``: how whoever told that one heard what came of it; None: they have
    not yet, and it is owed to them."""

    dossier: str
    number: str
    at: datetime
    by: str
    same_person: bool
    told: str | None = None

    @property
    def owed(self) -> bool:
        """Whether somebody else than who told this one still has to hear what came of it."""
        return not self.same_person and self.told is None


@dataclass(frozen=True, slots=True)
class SentOn:
    """That it was sent on. ``to``: what people call where it went; ``department`` and ``dossier`` are empty when
    that is somewhere else; ``fields``: what went along, ``files`` the ids of the files of it."""

    to: str
    department: str
    dossier: str
    number: str
    at: datetime
    by: str
    reason: str
    fields: tuple[str, ...]
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Origin:
    """From which dossier of another department it came: ``place`` is what people call that department."""

    dossier: str
    number: str
    place: str


@dataclass(frozen=True, slots=True)
class Relations:
    """All that a dossier has to do with others."""

    links: Mapping[str, Link] = field(default_factory=lambda: MappingProxyType({}))
    """By the other dossier, in the order in which they were linked."""
    merged: Merged | None = None
    taken_in: Mapping[str, TakenIn] = field(default_factory=lambda: MappingProxyType({}))
    sent_on: tuple[SentOn, ...] = ()
    came_from: Origin | None = None

    @property
    def owed(self) -> int:
        """How many who told a dossier that was merged into this one still have to hear what came of it."""
        return sum(one.owed for one in self.taken_in.values())

    @property
    def goes_on_in(self) -> str:
        """The dossier in which it goes on: the one that it was merged into, else the one that it was sent on to."""
        if self.merged:
            return self.merged.dossier
        return next((one.dossier for one in reversed(self.sent_on) if one.dossier), "")

    @property
    def named(self) -> frozenset[str]:
        """Every dossier that it says to belong with."""
        went = {one.dossier for one in (self.merged, self.came_from, *self.sent_on) if one}
        return frozenset({*self.links, *self.taken_in, *went}) - {""}

    @property
    def one_message(self) -> frozenset[str]:
        """The dossiers that hold the same message, or go on in this one: none of them is another complaint."""
        came = {self.came_from.dossier} if self.came_from else set[str]()
        return frozenset(came | self.taken_in.keys()) - {""}

    def without(self, hidden: Collection[str]) -> Relations:
        """Return what is left without some dossiers, that are not to be known of."""
        return Relations(
            {other: one for other, one in self.links.items() if other not in hidden},
            None if self.merged and self.merged.dossier in hidden else self.merged,
            {other: one for other, one in self.taken_in.items() if other not in hidden},
            tuple(one for one in self.sent_on if not one.dossier or one.dossier not in hidden),
            None if self.came_from and self.came_from.dossier in hidden else self.came_from,
        )


def _linked(relations: Relations, event: Event) -> Relations:
    data = event.data
    link = Link(data["dossier"], data["number"], event.at, event.actor, data["reason"])
    return replace(relations, links={**relations.links, link.dossier: link})


def _unlinked(relations: Relations, event: Event) -> Relations:
    return replace(relations, links=_but(relations.links, event))


def _merged(relations: Relations, event: Event) -> Relations:
    data = event.data
    merged = Merged(
        data["dossier"], data["number"], event.at, event.actor, data["reason"], data["same_person"],
        dict(data["before"]), event.sequence,
    )  # fmt: skip
    return replace(relations, merged=merged)


def _took_in(relations: Relations, event: Event) -> Relations:
    data = event.data
    taken = TakenIn(data["dossier"], data["number"], event.at, event.actor, data["same_person"])
    return replace(relations, taken_in={**relations.taken_in, taken.dossier: taken})


def _gave_back(relations: Relations, event: Event) -> Relations:
    return replace(relations, taken_in=_but(relations.taken_in, event))


def _told(relations: Relations, event: Event) -> Relations:
    taken = relations.taken_in.get(event.data["dossier"])
    if taken is None:
        return relations
    told = replace(taken, told=event.data["note"])
    return replace(relations, taken_in={**relations.taken_in, taken.dossier: told})


def _sent_on(relations: Relations, event: Event) -> Relations:
    data = event.data
    sent = SentOn(
        data["to"], data["department"], data["dossier"], data["number"], event.at, event.actor, data["reason"],
        tuple(data["fields"]), tuple(data.get("files", ())),
    )  # fmt: skip
    return replace(relations, sent_on=(*relations.sent_on, sent))


def _came_on(relations: Relations, event: Event) -> Relations:
    data = event.data
    return replace(relations, came_from=Origin(data["dossier"], data["number"], data["place"]))


def _but(known: Mapping[str, Any], event: Event) -> dict[str, Any]:
    return {other: one for other, one in known.items() if other != event.data["dossier"]}


_APPLY: Final[Mapping[EventKind, Callable[[Relations, Event], Relations]]] = {
    EventKind.LINKED: _linked,
    EventKind.UNLINKED: _unlinked,
    EventKind.MERGED: _merged,
    EventKind.UNMERGED: lambda relations, _event: replace(relations, merged=None),
    EventKind.TOOK_IN: _took_in,
    EventKind.GAVE_BACK: _gave_back,
    EventKind.MERGED_TOLD: _told,
    EventKind.SENT_ON: _sent_on,
    EventKind.CAME_ON: _came_on,
}
RELATING: Final = frozenset(_APPLY)
"""The kinds of events that name another dossier, or where it went."""


def relations_after(relations: Relations, event: Event) -> Relations:
    """Return what a dossier has to do with others after an event of one of the kinds ``RELATING``."""
    return _APPLY[event.kind](relations, event)


def other_of(event: Event) -> str:
    """Return the other dossier that an event is about; an empty text when it is about none."""
    return str(event.data["dossier"]) if event.kind in RELATING else ""
