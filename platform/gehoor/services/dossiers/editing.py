"""Editing a dossier: answers are filled in, changed or taken out, together with others."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from gehoor.core.agreement.model import Agreement
from gehoor.core.conditions.model import fact_names
from gehoor.core.decision.decide import decide
from gehoor.core.decision.lateness import hidden_data
from gehoor.core.dossier.dossier import Dossier, fold
from gehoor.core.dossier.events import Event, EventKind, NewEvent
from gehoor.core.forms.form import facts_of
from gehoor.core.objections.choice_objections import Answered, offer_objections, retired_objections
from gehoor.core.objections.fixed_answers import fixed_objections
from gehoor.core.objections.milestone_objections import milestone_objections
from gehoor.core.objections.objections import (
    Objection,
    bound_objections,
    change_objections,
    date_objections,
    first_per_field,
)
from gehoor.core.objections.people import person_objections, same_person_objections
from gehoor.services.access.authorisation import Actor
from gehoor.services.access.rights import not_yours
from gehoor.services.projection.match_keeping import remember
from gehoor.services.projection.register_lookup import looked_up, still_found
from gehoor.services.recording.answers import ReadAnswers, RefusedError, read_answers, refuse_unasked
from gehoor.services.recording.attachments import NewFile, attach, files_in, unknown_files
from gehoor.services.recording.changing import Case, Change, changing
from gehoor.services.recording.drafting import drafted
from gehoor.services.recording.recording import Outcome
from gehoor.services.register.codes_in_texts import without_codes
from gehoor.services.register.register import Register
from gehoor.services.register.runtime import Runtime


class EditConflictError(Exception):
    """Someone else changed the same answers in between."""

    def __init__(self, fields: list[str], actor: str, at: datetime) -> None:
        super().__init__(", ".join(fields))
        self.fields, self.actor, self.at = fields, actor, at


@dataclass(frozen=True)
class Filling:
    """What someone filled in. ``version`` is the dossier as they saw it; ``all_meant``: see ``Opening``."""

    dossier: str
    answers: Mapping[str, Any]
    version: int
    actor: Actor
    key: str = ""
    """Under which files that came earlier wait."""
    files: tuple[NewFile, ...] = ()
    """The files that come along; those of them that stand in ``answers`` are kept."""
    reason: str = ""
    """Why lateness may no longer show, or terms may end undone by closing; kept where the answers bring that about."""
    all_meant: bool = False
    events: tuple[NewEvent, ...] = ()
    """What happens with it, by which the answers come about: also those that nobody fills in by hand."""


def fill_in(runtime: Runtime, filling: Filling, now: datetime) -> Dossier:
    """Keep answers in a dossier. Raises ``RefusedError``, ``EditConflictError``, and as ``changing`` does."""

    def change(case: Case) -> Change | None:
        return filled_in(case, filling)

    # Who may not fill in may change no field: they hear at each of them whom it is for.
    return changing(runtime, filling.dossier, filling.actor, None, now, change)


def filled_in(case: Case, filling: Filling) -> Change | None:
    """Return what is to be written when somebody fills in, for who changes a dossier in another way as well. Raises as
    ``fill_in`` does."""
    agreement, dossier = case.agreement, case.dossier
    fields = agreement.dossier_form.fields
    read = read_answers(agreement.dossier_form, filling.answers, ZoneInfo(agreement.time_zone))
    # Who names a version that there is not, has seen none of what happened.
    version = filling.version if 1 <= filling.version <= dossier.version else 1
    seen = fold(case.events[:version])
    values, cleared = _changes(seen, dossier, read)
    values = without_codes(case.register, values)
    # An answer to a field that is not seen is refused whatever it says: else one could guess until it fits.
    barred = case.rights.unseen & set(filling.answers) | case.rights.unchangeable & {*values, *cleared}
    if barred:
        handlers = case.dossier.handlers
        another = bool(handlers) and case.actor_name not in handlers
        raise RefusedError(
            [
                not_yours(agreement, fields[name], handled_by_another=another)
                for name in fields
                if name in barred
            ]
        )
    _no_conflict(case.events, version, {*values, *cleared})
    untouched = {name for name in read.values if name not in values}
    objections = [objection for objection in read.objections if objection.field not in untouched]
    if not values and not cleared:
        if objections:
            raise RefusedError(objections)
        return Change(case.outcome(*filling.events)) if filling.events else None
    # What is not shown was not meant: who becomes anonymous leaves no name behind in the same save.
    outcome = _outcome(case, filling, meant := (values, cleared))
    while unseen := [name for name in values if not outcome.decision.fields[name].visible]:
        refuse_unasked(unseen if filling.all_meant else ())
        _refuse_hidden_by_others(case, seen, meant, unseen)
        values = {name: value for name, value in values.items() if name not in unseen}
        outcome = _outcome(case, filling, (values, cleared))
    shown = outcome.decision.fields
    objections = [o for o in objections if o.field not in shown or shown[o.field].visible]
    if not values and not cleared and not objections:
        return Change(case.outcome(*filling.events)) if filling.events else None
    kept = files_in(fields, dossier.values)
    came = (filling.key, filling.files)
    objections += unknown_files(case.runtime, case.register, fields, values, kept, came)
    people = case.staff.choices(dossier.organisation)
    objections += person_objections(agreement.dossier_form, values, dossier.values, people)
    reason = filling.reason.strip()
    objections += _judge(case, outcome, [*values, *cleared], reason, by_hand=not filling.events)
    if objections:
        told = case.known(outcome).fields
        would_show = {name for name, state in told.items() if state.visible} - case.rights.unseen
        raise RefusedError(first_per_field(objections), would_show)
    gone = disappeared(case, outcome)
    explained = _changed_with_reason(case, [*values, *cleared]) or _closes_unanswered(case, outcome)
    if gone or (reason and explained):
        outcome = _outcome(
            case, filling, (values, cleared), {**gone, **_skipped(case, outcome), "why": reason}
        )

    def find_again(register: Register) -> None:
        still_found(register, agreement, outcome.dossier, case.now)
        remember(register, agreement, dossier.values, outcome.dossier, case.now)

    def attach_files(register: Register) -> None:
        files = (kept, files_in(fields, outcome.dossier.values))
        attach(case.runtime, register, dossier.id, files, came)

    return Change(outcome, also=(find_again, attach_files))


def _outcome(
    case: Case,
    filling: Filling,
    changes: tuple[Mapping[str, Any], list[str]],
    also: Mapping[str, Any] = MappingProxyType({}),
) -> Outcome:
    values, cleared = changes
    kept = {name: value for name, value in case.dossier.values.items() if name not in cleared}
    found = looked_up(case.register, case.agreement, case.dossier, {**kept, **values}, case.now)
    by = {"task": {"id": case.task.task.id, "row": case.task.row}} if case.task else {}
    answered = NewEvent(EventKind.ANSWERED, {"values": values, "cleared": cleared, **found, **by, **also})
    return case.outcome(*filling.events, answered)


def disappeared(case: Case, outcome: Outcome) -> dict[str, Any]:
    """Return what an event says of the lateness that would no longer show, and of terms that end undone and milestones
    that are passed over by closing; nothing where there is none."""
    hidden = hidden_data(case.hidden_lateness(outcome))
    undone = [
        {"term": state.term.id, "row": state.row} if state.row else state.term.id
        for state in outcome.decision.terms.values()
        if state.cancelled and not case.decision.closed
    ]
    found = {name: what for name, what in (("hidden", hidden), ("undone", undone)) if what}
    return {**found, **_skipped(case, outcome)} if found else {}


def _skipped(case: Case, outcome: Outcome) -> dict[str, Any]:
    """Return what an event says of the milestones that closing passes over, although they ask something."""
    if case.decision.closed:
        return {}
    closing = [
        state for state in outcome.decision.milestones.values() if state.milestone.closes and state.reached
    ]
    names = dict.fromkeys(one.milestone.id for state in closing for one in state.skipped)
    return {"skipped": [*names]} if names else {}


def _changes(seen: Dossier, dossier: Dossier, read: ReadAnswers) -> tuple[dict[str, Any], list[str]]:
    """Return what someone changed in the dossier as they saw it, and that is not so already.

    A page sends all its answers; one that was left as it was says nothing about what others did since.
    """
    values = {
        name: value
        for name, value in read.values.items()
        if value not in (seen.values.get(name), dossier.values.get(name))
    }
    return values, sorted(name for name in read.empty if name in seen.values and name in dossier.values)


def _no_conflict(events: Sequence[Event], version: int, changed: set[str]) -> None:
    for event in events:
        if event.sequence > version and event.kind is EventKind.PUT_BACK and changed:
            # What they saw is gone.
            raise EditConflictError(sorted(changed), event.actor, event.at)
        if event.sequence > version and event.kind is EventKind.ANSWERED:
            both = changed & {*event.data["values"], *event.data["cleared"]}
            if both:
                raise EditConflictError(sorted(both), event.actor, event.at)


def _refuse_hidden_by_others(
    case: Case, seen: Dossier, changes: tuple[Mapping[str, Any], list[str]], unseen: Collection[str]
) -> None:
    """Object where somebody else hid meanwhile what is answered here: who typed that meant it. A task asks what it asks
    whatever else the dossier says, and names nobody who did something else there."""
    if case.task is not None:
        fields, own = case.agreement.dossier_form.fields, set(case.task.task.fills)
        hangs_on = {name: fields[name].show_if for name in unseen}
        asked = [name for name, when in hangs_on.items() if when is None or not fact_names(when) <= own]
        if asked:
            raise RefusedError([Objection(name, "task-not-now") for name in asked])
        return
    answered = NewEvent(EventKind.ANSWERED, {"values": changes[0], "cleared": changes[1]})

    def hidden_after(version: int) -> set[str]:
        meant = drafted(fold(case.events[:version]), [answered], case.agreement, case.now, case.actor_name)
        fields = decide(case.agreement, meant, case.now, case.runtime.engine).fields
        return {name for name in unseen if not fields[name].visible}

    lost = set(unseen) - hidden_after(seen.version) if seen.version < case.dossier.version else set()
    for event in case.events[seen.version :] if lost else ():
        if event.kind is EventKind.ANSWERED and (gone := lost & hidden_after(event.sequence)):
            raise EditConflictError(sorted(gone), event.actor, event.at)


def _judge(
    case: Case, outcome: Outcome, changed: list[str], reason: str, *, by_hand: bool
) -> list[Objection]:
    agreement, before, decision = case.agreement, case.decision, outcome.decision
    cleared_but_needed = [
        Objection(name, "required")
        for name in changed
        if name not in decision.values
        and (
            name in agreement.dossier_form.required
            or any(decision.milestones[r.milestone].reached for r in decision.fields[name].requirements)
        )
    ]
    return [
        *cleared_but_needed,
        *retired_objections(agreement.dossier_form, outcome.dossier.values, case.dossier.values),
        *_unoffered(case, outcome, changed),
        *change_objections(agreement, before, decision, changed, outcome.dossier.values, by_hand=by_hand),
        *fixed_objections(agreement, case.dossier.values, before, decision, changed, case.rights.unseen),
        *bound_objections(
            agreement.dossier_form.fields,
            outcome.dossier.values,
            case.now.astimezone(ZoneInfo(agreement.time_zone)).date(),
            changed,
            case.rights.unseen,
        ),
        *same_person_objections(
            agreement.dossier_form.fields, outcome.dossier.values, changed, case.rights.unseen
        ),
        *_before_milestones(case, outcome, reason),
        *([] if reason else _hiding(case, outcome, changed)),
        *(Objection(name, "closes-unanswered") for name in _closes_unanswered(case, outcome) if not reason),
        *(
            Objection(name, "change-needs-reason")
            for name in _changed_with_reason(case, changed)
            if not reason
        ),
        *(o for o in date_objections(agreement, outcome.dossier, decision, case.now) if o.field in changed),
    ]


def _unoffered(case: Case, outcome: Outcome, changed: list[str]) -> Iterator[Objection]:
    """Object to choices that no longer go with the other answers, where whoever changes those can choose again. What
    they cannot change stays as it was chosen: others decided it, or it is fixed."""
    fields = case.agreement.dossier_form.fields

    def answered(of: Outcome | Case) -> Answered:
        return Answered(of.dossier.values, facts_of(fields, of.decision.values))

    for one in offer_objections(fields, answered(outcome), answered(case)):
        state, phase = (
            outcome.decision.fields[one.field],
            outcome.decision.phases.get(fields[one.field].phase),
        )
        closed = (
            state.fixed or one.field in case.rights.unchangeable or (phase is not None and not phase.open)
        )
        if one.field in changed or (state.visible and not closed and one.field not in case.rights.unseen):
            yield one


def _changed_with_reason(case: Case, changed: list[str]) -> list[str]:
    """Return the fields that had an answer, and of which a change asks why."""
    fields = case.agreement.dossier_form.fields
    return [name for name in changed if name in case.dossier.values and fields[name].reason_on_change]


def _closes_unanswered(case: Case, outcome: Outcome) -> list[str]:
    """Return the field by which a dossier closes while somebody outside wrote and nobody answered."""
    if case.decision.closed or not outcome.decision.closed or not outcome.dossier.unanswered:
        return []
    closing = (state.milestone for state in outcome.decision.milestones.values() if state.milestone.closes)
    return [one.field for one in closing if one.field in outcome.dossier.values][:1]


def _before_milestones(case: Case, outcome: Outcome, reason: str) -> list[Objection]:
    """Object to milestones that cannot be yet. What stands before one because of dossiers that do not exist for the
    actor holds all the same, and is not told."""
    found = milestone_objections(case.agreement, case.decision, outcome.decision, reason)
    before, after = case.known(), case.known(outcome)
    if before is case.decision and after is outcome.decision:
        return found
    told = milestone_objections(case.agreement, before, after, reason)
    untold = [one for one in found if one not in told]
    reached = [
        state.milestone.field
        for name, state in outcome.decision.milestones.items()
        if state.reached and not case.decision.milestones[name].reached
    ]
    held = [Objection(next(iter(reached), ""), "held-back")] if untold else []
    return [one for one in found if one in told] + held


def _hiding(case: Case, outcome: Outcome, changed: list[str]) -> list[Objection]:
    """Lateness no longer shows only with a reason. It is told at what the term hangs on, of what was changed: its
    start, its end, or what it applies by."""
    hidden = case.hidden_lateness(outcome)
    if not hidden:
        return []
    hangs_on = [name for one in hidden for name in _hangs_on(case.agreement, one.term)]
    place = next((name for name in hangs_on if name in changed), changed[0])
    return [Objection(place, "hides-lateness", {"late": case.told_hidden(hidden)})]


def _hangs_on(agreement: Agreement, name: str) -> Iterator[str]:
    term = agreement.terms[name]
    yield from (term.rows, term.day)
    for milestone in map(agreement.milestones.get, (term.starts, *term.other_starts, term.until)):
        if milestone is not None:
            yield from (milestone.field, milestone.hour)
    for condition in (term.begins_if, term.start_days_if, term.applies_if, term.not_needed_if):
        yield from sorted(fact_names(condition)) if condition is not None else ()
