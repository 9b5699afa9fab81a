"""Two dossiers that belong together say so both: what one of them says alone, and what brings it in line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from gehoor.core.dossier.dossier import Dossier
from gehoor.core.dossier.events import EventKind, NewEvent


def says_alone(one: Dossier, other: Dossier) -> bool:
    """Say whether a dossier says that it belongs with another, that does not say so."""
    mine, theirs = one.relations, other.relations
    return (
        (other.id in mine.links and one.id not in theirs.links)
        or (_is_merged(one, other) and one.id not in theirs.taken_in)
        or (other.id in mine.taken_in and not _is_merged(other, one))
        or (_is_sent_on(one, other) and not _came_from(other, one))
        or (_came_from(one, other) and not _is_sent_on(other, one))
    )


def in_line(one: Dossier, other: Dossier, place: str) -> Iterator[NewEvent]:
    """Give the events after which a dossier says of another what that says of it. ``place``: what people call the
    department of the other.

    What was told to whoever told a merged one is not known any more where the main one lost it: it is owed again.
    """
    mine, theirs = one.relations, other.relations
    named: dict[str, Any] = {"dossier": other.id, "number": other.number}
    if one.id in theirs.links and other.id not in mine.links:
        yield NewEvent(EventKind.LINKED, {**named, "reason": theirs.links[one.id].reason})
    elif other.id in mine.links and one.id not in theirs.links:
        yield NewEvent(EventKind.UNLINKED, {**named, "reason": ""})
    if one.id in theirs.taken_in and mine.merged is None:
        same = theirs.taken_in[one.id].same_person
        yield NewEvent(EventKind.MERGED, {**named, "reason": "", "same_person": same, "before": {}})
    elif _is_merged(one, other) and one.id not in theirs.taken_in:
        yield NewEvent(EventKind.UNMERGED, {**named, "reason": ""})
    if _is_merged(other, one) and other.id not in mine.taken_in and theirs.merged:
        shared = {"reason": theirs.merged.reason, "same_person": theirs.merged.same_person}
        yield NewEvent(EventKind.TOOK_IN, {**named, **shared})
    elif other.id in mine.taken_in and not _is_merged(other, one):
        yield NewEvent(EventKind.GAVE_BACK, {**named, "reason": ""})
    if _came_from(other, one) and not mine.goes_on_in:
        went = {"to": place, "department": other.department, "reason": "", "fields": []}
        yield NewEvent(EventKind.SENT_ON, {**named, **went})


def counted_anew(one: Dossier, field: str) -> NewEvent | None:
    """Return the answer by which a dossier counts anew of how many that were merged into it somebody still has to hear;
    None where it says so. ``field``: where it counts them, if anywhere."""
    owed = one.relations.owed
    if not field or owed == one.values.get(field, 0):
        return None
    return NewEvent(EventKind.ANSWERED, {"values": {field: owed}, "cleared": []})


def _is_merged(one: Dossier, into: Dossier) -> bool:
    return one.relations.merged is not None and one.relations.merged.dossier == into.id


def _is_sent_on(one: Dossier, to: Dossier) -> bool:
    return any(sent.dossier == to.id for sent in one.relations.sent_on)


def _came_from(one: Dossier, other: Dossier) -> bool:
    return one.relations.came_from is not None and one.relations.came_from.dossier == other.id
