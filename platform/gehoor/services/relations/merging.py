"""Merging: a dossier goes on in another. Its number stays, its terms end with a reason, and whoever told it is still
told what comes of it; until somebody takes it back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gehoor.core.access.confidentiality import admits
from gehoor.core.agreement.actions import Action
from gehoor.core.agreement.model import Agreement
from gehoor.core.decision.lateness import hidden_data
from gehoor.core.dossier.dossier import Dossier
from gehoor.core.dossier.events import EventKind, NewEvent
from gehoor.core.dossier.match_keys import tell_one_person
from gehoor.services.access.authorisation import Actor
from gehoor.services.access.confidentiality import clearance_for
from gehoor.services.projection.match_keeping import remember
from gehoor.services.recording.changing import Case, Change, changing
from gehoor.services.register.register import Register
from gehoor.services.register.runtime import Runtime
from gehoor.services.relations.others import (
    change_both,
    filled_with,
    numbered,
    on_the_day,
    reason_given,
    refused,
)


@dataclass(frozen=True)
class MergeWanted:
    """Which dossier goes on in which (by its number), and why. ``same_person``: whoever told one told the other, and
    may read what the other says to them."""

    dossier: str
    number: str
    reason: str
    same_person: bool
    actor: Actor


def merge(runtime: Runtime, wanted: MergeWanted, now: datetime) -> Dossier:
    """Let a dossier go on in another. Raises ``RefusedError``, also for what closing it still asks, and as ``changing``
    does."""
    reason = reason_given(runtime, wanted.reason)
    main = numbered(runtime, wanted.dossier, wanted.number, wanted.actor, Action.MERGE, now)

    def change(one: Case, into: Case) -> tuple[Change, Change]:
        _refuse(one, into, wanted)
        merging = one.agreement.belonging.merging
        if merging is None:
            raise refused("merge-not-agreed")
        fills = on_the_day(one, dict(merging.fills))
        if not wanted.same_person and _counts(one.agreement) and not _counts(into.agreement):
            # Nothing would hold the other from closing before somebody was told.
            raise refused("merge-not-counted")
        if merging.number_in:
            fills[merging.number_in] = into.dossier.number
        shared: dict[str, Any] = {"reason": reason, "same_person": wanted.same_person}
        before = {name: one.dossier.values.get(name) for name in fills}
        data = {"dossier": into.dossier.id, "number": into.dossier.number, **shared, "before": before}
        found = filled_with(one, wanted.actor, fills, reason, NewEvent(EventKind.MERGED, data))
        taken = {"dossier": one.dossier.id, "number": one.dossier.number, **shared}
        return found, _counted(into, NewEvent(EventKind.TOOK_IN, taken))

    return change_both(runtime, (wanted.dossier, main), wanted.actor, Action.MERGE, now, change)[0]


def unmerge(runtime: Runtime, dossier: str, reason: str, actor: Actor, now: datetime) -> Dossier:
    """Let a merged dossier go on by itself again, as it stood before, but for what somebody filled in since, which
    stays. Raises ``RefusedError``, and as ``changing`` does."""
    why = reason_given(runtime, reason)
    with_main = _merged_into(runtime, dossier, actor, now)

    def change(one: Case, main: Case) -> tuple[Change, Change]:
        merged = one.dossier.relations.merged
        if merged is None or merged.dossier != main.dossier.id:
            raise refused("not-merged")
        answers: dict[str, Any] = {
            **merged.taken_back(one.dossier.values, one.dossier.changed),
            "why": why,
        }
        told = {"dossier": main.dossier.id, "number": main.dossier.number, "reason": why}
        event = NewEvent(EventKind.UNMERGED, told)
        outcome = one.outcome(event, NewEvent(EventKind.ANSWERED, answers))
        if hidden := hidden_data(one.hidden_lateness(outcome)):
            outcome = one.outcome(event, NewEvent(EventKind.ANSWERED, {**answers, "hidden": hidden}))
        agreement, after = one.agreement, outcome.dossier

        def find_again(register: Register) -> None:
            # Every key anew: it counts as a message of its own again.
            remember(register, agreement, {}, after, now)

        given = {"dossier": one.dossier.id, "number": one.dossier.number, "reason": why}
        return Change(outcome, also=(find_again,)), _counted(main, NewEvent(EventKind.GAVE_BACK, given))

    return change_both(runtime, (dossier, with_main), actor, Action.MERGE, now, change)[0]


def told_of_merged(
    runtime: Runtime, dossier: str, other: str, note: str, actor: Actor, now: datetime
) -> Dossier:
    """Keep that whoever told a dossier that was merged into this one heard what came of it, and how. Raises
    ``RefusedError`` when there is no such dossier or nothing is said, and as ``changing`` does."""
    how = reason_given(runtime, note)

    def change(case: Case) -> Change | None:
        taken = case.dossier.relations.taken_in.get(other)
        if taken is None:
            raise refused("not-merged")
        if taken.told is not None:
            return None
        data = {"dossier": other, "number": taken.number, "note": how}
        return _counted(case, NewEvent(EventKind.MERGED_TOLD, data))

    return changing(runtime, dossier, actor, Action.WRITE_MESSAGES, now, change)


def _merged_into(runtime: Runtime, dossier: str, actor: Actor, now: datetime) -> str:
    """Return the dossier that another goes on in, for who may change that one."""
    found: list[str] = []

    def look(case: Case) -> None:
        merged = case.dossier.relations.merged
        if merged is None:
            raise refused("not-merged")
        found.append(merged.dossier)

    changing(runtime, dossier, actor, Action.MERGE, now, look)
    return found[-1]


def _refuse(one: Case, into: Case, wanted: MergeWanted) -> None:
    mine, theirs = one.dossier.relations, into.dossier.relations
    if mine.goes_on_in or theirs.goes_on_in:
        raise refused("goes-on-elsewhere")
    if mine.taken_in:
        raise refused("took-others-in")
    if one.decision.closed or into.decision.closed:
        raise refused("merge-closed")
    if wanted.same_person and not tell_one_person(one.agreement, one.dossier.values, into.dossier.values):
        raise refused("not-same-person")
    if _unaware(one, into):
        # Its number stands in this one from now on: for whom that does not exist would learn of it.
        raise refused("merge-hidden")
    if _unaware(into, one):
        # It counts this one, and does not close before whoever told it was told.
        raise refused("merge-hidden-there")


def _unaware(of: Case, other: Case) -> frozenset[str]:
    """Return who works in the department of one dossier, and knows of it but may not know of another."""
    holders = of.staff.holders(of.agreement.organisation)
    known = holders.working(of.agreement.department) - of.hidden_from
    clearance = clearance_for(other.agreement, other.dossier, other.decision, other.staff)
    return frozenset(
        name
        for name in known
        if name in other.hidden_from or not admits(clearance, other.agreement, holders, name)
    )


def _counted(case: Case, event: NewEvent) -> Change:
    """Return the change of a main dossier, with how many who told a merged one still have to hear what came of it."""
    outcome, field = case.outcome(event), _counts(case.agreement)
    owed = outcome.dossier.relations.owed
    if not field or owed == case.dossier.values.get(field, 0):
        return Change(outcome)
    return Change(case.outcome(event, NewEvent(EventKind.ANSWERED, {"values": {field: owed}, "cleared": []})))


def _counts(agreement: Agreement) -> str:
    """Return the field in which a dossier under an agreement counts to whom something is owed; empty where in none."""
    field = agreement.belonging.merging.to_tell if agreement.belonging.merging else ""
    return field if field in agreement.dossier_form.fields else ""
