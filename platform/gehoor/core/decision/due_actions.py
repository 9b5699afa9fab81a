"""Due actions: what is called for once, and has not been done: by terms, and by rules that tell or ask somebody."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from gehoor.core.agreement.terms import Term
from gehoor.core.decision.fields import Effects
from gehoor.core.decision.model import (
    FIRST_OCCURRENCE,
    ApprovalState,
    DueAction,
    Moment,
    TermState,
    acting_role,
)
from gehoor.core.decision.moments import calls_later
from gehoor.core.dossier.dossier import Dossier, occurrence_key
from gehoor.core.dossier.events import EventKind
from gehoor.core.rules import names as rule_names
from gehoor.core.rules.effects import Notify


def term_actions(
    states: Mapping[str, TermState],
    dossier: Dossier,
    now: datetime,
    holding: frozenset[str],
    stand_ins: Mapping[str, str],
) -> list[DueAction]:
    """Return what terms call for at ``now`` and has not been done: misses, escalations, reminders; oldest first."""
    called = [
        (moment, state)
        for state in states.values()
        for moment in state.moments
        if moment.name in holding
        # That the moment of some row has come says nothing of the others.
        and (not state.row or (moment.at <= now and calls_later(moment, state)))
        and not has_fired(dossier, moment, state)
    ]
    ordered = sorted(called, key=lambda pair: pair[0].at)
    return [
        due_action(
            moment,
            state.term,
            state.course,
            state.responsible,
            # What was done late is still a miss, but it is no use to urge anyone now.
            None if state.completed_at else stand_ins,
        )
        for moment, state in ordered
    ]


def has_fired(dossier: Dossier, moment: Moment, state: TermState) -> bool:
    """Say whether what a term calls for at a moment was done for this due day of it."""
    return occurrence_key(moment.name, state.occurrence, state.due_text) in dossier.fired


def due_action(
    moment: Moment,
    term: Term,
    course: Mapping[str, Any],
    responsible: str,
    stand_ins: Mapping[str, str] | None,
) -> DueAction:
    """Return what a term calls for at a moment. ``course``: see ``TermState``; ``stand_ins``:
    who does whose part, None when nobody is to be told any more."""
    data = {"term": term.id, **course}
    if not moment.level:
        return DueAction(
            moment.name, EventKind.REMINDED, {**data, "index": moment.index, "told": responsible}, responsible
        )
    level = term.levels[moment.level - 1]
    kind = EventKind.DEADLINE_MISSED if level.level == 1 else EventKind.ESCALATED
    tell = "" if stand_ins is None else acting_role(stand_ins, level.tell)
    return DueAction(moment.name, kind, {**data, "level": level.level, "told": tell}, tell)


def notices(dossier: Dossier, effects: Effects, stand_ins: Mapping[str, str]) -> list[DueAction]:
    """Return the messages that rules call for, each once."""
    found: dict[str, DueAction] = {}
    for rule, effect in effects:
        if isinstance(effect, Notify):
            key = rule_names.notice(rule.id, effect.role)
            if occurrence_key(key, FIRST_OCCURRENCE) not in dossier.fired:
                acting = acting_role(stand_ins, effect.role)
                data = {"rule": rule.id, "told": effect.role}
                if acting != effect.role:
                    data["acting"] = acting
                found[key] = DueAction(key, EventKind.NOTIFIED, data, acting)
    return list(found.values())


def approvals_asked(dossier: Dossier, approvals: Iterable[ApprovalState]) -> list[DueAction]:
    """Who is to approve is asked once, and once more each time that an approval lapsed."""
    found = []
    for state in approvals:
        if state.holds:
            continue
        occurrence = state.given.version if state.given else FIRST_OCCURRENCE
        data: dict[str, Any] = {
            "rule": state.reason.rule, "told": state.role, "milestone": state.milestone,
        }  # fmt: skip
        if occurrence != FIRST_OCCURRENCE:
            data["occurrence"] = occurrence
        key = rule_names.notice(f"{state.reason.rule}/{state.milestone}", state.role)
        if occurrence_key(key, occurrence) not in dossier.fired:
            found.append(DueAction(key, EventKind.APPROVAL_ASKED, data, state.role))
    return found
