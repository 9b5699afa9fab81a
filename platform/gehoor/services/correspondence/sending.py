"""Sending a letter: the kept draft, word for word, in one of its ways, with what sending it fills in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gehoor.core.agreement.actions import Action
from gehoor.core.conditions.facts import FactType
from gehoor.core.conditions.relative_dates import TODAY
from gehoor.core.dossier.dossier import Dossier
from gehoor.core.dossier.events import EventKind, NewEvent
from gehoor.core.dossier.letters import LetterDraft
from gehoor.core.forms.fields import StoredValue
from gehoor.core.letters.model import LetterTemplate, Way
from gehoor.core.letters.open_spots import open_spots
from gehoor.core.letters.wishes import wish_in
from gehoor.services.access.authorisation import Actor
from gehoor.services.access.rights import as_seen
from gehoor.services.correspondence.announcing import announcement
from gehoor.services.correspondence.composing import composed
from gehoor.services.correspondence.drafting import (
    TEXT,
    OvertakenError,
    event_data,
    of_case,
    refused,
    writable,
)
from gehoor.services.correspondence.letters import ways_open
from gehoor.services.dossiers.editing import Filling, filled_in
from gehoor.services.recording.changing import Case, Change, changing
from gehoor.services.register.runtime import Runtime


@dataclass(frozen=True)
class Sending:
    """Which letter goes, and how. ``draft``: the sequence of the draft that was read before it goes; ``read_again``:
    whether it still holds although the dossier was changed since; ``reason``: as for ``Filling``."""

    dossier: str
    letter: str
    draft: int
    way: str
    actor: Actor
    read_again: bool = False
    reason: str = ""


def send(runtime: Runtime, wanted: Sending, now: datetime) -> Dossier:
    """Send a letter, once: who sends the same draft again changes nothing. What sending it fills in is judged like any
    answer; the milestone that it reaches is reached with it.

    Raises ``RefusedError``, ``OvertakenError``, and as ``changing`` does."""

    def change(case: Case) -> Change | None:
        if any(one.draft == wanted.draft for one in case.dossier.letters):
            return None
        template = writable(case, wanted.letter)
        draft = _seen_draft(case, template, wanted)
        way = _way(case, template, wanted.way)
        _is_ready(case, template, draft, wanted)
        data = {**event_data(template, draft.content), "way": way.value, "draft": draft.sequence}
        data |= _otherwise(case, template, way, wanted.reason.strip())
        filling = Filling(
            dossier=wanted.dossier,
            answers=_fills(case, template, way),
            version=case.dossier.version,
            actor=wanted.actor,
            reason=wanted.reason,
            events=(NewEvent(EventKind.LETTER_SENT, data),),
        )
        found = filled_in(case, filling)
        if found is None:
            raise AssertionError("what happened is written")
        told = announcement(case, draft.content.language) if way is Way.EMAIL else None
        return found if told is None else Change(found.outcome, (*found.messages, told), found.also)

    return changing(runtime, wanted.dossier, wanted.actor, Action.WRITE_MESSAGES, now, change)


def changed_since(case: Case, template: LetterTemplate, draft: LetterDraft) -> bool:
    """Say whether the template gives something else by now than when the draft was begun."""
    sender = case.staff.full_name(draft.by)
    now = composed(of_case(case, sender), template, draft.content.language, case.runtime.engine)
    return now.basis != draft.content.basis


def _seen_draft(case: Case, template: LetterTemplate, wanted: Sending) -> LetterDraft:
    draft = case.dossier.drafts.get(template.id)
    if draft is None:
        raise refused("letter-empty", TEXT)
    if draft.sequence != wanted.draft:
        raise OvertakenError(draft.by, draft.at)
    return draft


def _way(case: Case, template: LetterTemplate, asked: str) -> Way:
    # Whether there is an address is nothing for who may not see it.
    seen = as_seen(case.dossier, case.agreement, case.rights)
    way = next((one for one in ways_open(case.agreement, template, seen) if one == asked), None)
    if way is None:
        raise refused("letter-way")
    return way


def _otherwise(case: Case, template: LetterTemplate, way: Way, reason: str) -> dict[str, Any]:
    """Return what an event says of a letter that goes otherwise than was asked: why, where somebody said so."""
    wish = wish_in(case.agreement.dossier_form, case.decision.values, case.rights.unseen)
    if wish is None or wish.is_met_by(way):
        return {}
    if not reason and template.asks_why_unwished:
        raise refused("letter-unwished", asked=wish.asked, chosen=wish.chosen)
    return {"wished": wish.field, "why": reason} if reason else {}


def _is_ready(case: Case, template: LetterTemplate, draft: LetterDraft, wanted: Sending) -> None:
    left = open_spots(f"{draft.content.subject}\n{draft.content.text}")
    if left:
        raise refused("letter-open", TEXT, spots="; ".join(left))
    for state in case.decision.approvals:
        if state.milestone == template.reaches and state.given and state.given.draft != draft.sequence:
            role = case.agreement.roles.get(state.role)
            told = {"role": role.name if role else state.role, "because": state.reason.because}
            milestone = case.agreement.milestones[state.milestone].name
            raise refused("approval-lapsed", milestone=milestone, **told)
    if not wanted.read_again and changed_since(case, template, draft):
        raise refused("letter-stale")


def _fills(case: Case, template: LetterTemplate, way: Way) -> dict[str, Any]:
    """Return what sending fills in. The day on which a milestone was reached stays, if it was: it was reached then."""
    answers: dict[str, StoredValue] = {**template.fills, **template.ways[way]}
    reached = case.agreement.milestones.get(template.reaches)
    if reached is not None and reached.field not in case.dossier.values:
        answers[reached.field] = TODAY
    dates = {name for name in answers if case.agreement.fact_types.get(name) is FactType.DATE}
    today = case.today.isoformat()
    return {name: today if value == TODAY and name in dates else value for name, value in answers.items()}
