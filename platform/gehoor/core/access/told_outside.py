"""What people outside are told of how far a dossier is: what of its phases, terms and letters is for them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gehoor.core.agreement.model import Agreement
from gehoor.core.conditions.relative_dates import TODAY
from gehoor.core.deadlines.status import TermStatus
from gehoor.core.decision.model import Decision, PhaseState, TermState
from gehoor.core.decision.term_course import standing_since
from gehoor.core.dossier.dossier import Dossier
from gehoor.core.dossier.promises import promises_in
from gehoor.core.forms.fields import StoredValue
from gehoor.core.text.canonical_json import content_hash, dump
from gehoor.core.text.formats import Formats


def answer_in(agreement: Agreement) -> str:
    """Return the last milestone that letters reach, in the order of the milestones; empty: no letter reaches any."""
    reaching = {one.reaches for one in agreement.correspondence.values() if one.reaches}
    return next((name for name in reversed(list(agreement.milestones)) if name in reaching), "")


def past_milestones(agreement: Agreement, decision: Decision) -> frozenset[str]:
    """Return the milestones of which nobody outside waits any more once the answer has gone: that, and those before
    it."""
    answer, names = answer_in(agreement), list(agreement.milestones)
    there = answer and decision.milestones[answer].reached
    return frozenset(names[: names.index(answer) + 1]) if there else frozenset()


def is_answered(agreement: Agreement, decision: Decision) -> bool:
    """Say whether the last of what letters reach is reached; where none was agreed, nobody knows what an answer is."""
    last = answer_in(agreement)
    return decision.closed or not last or decision.milestones[last].reached


def told_phases(decision: Decision) -> list[PhaseState]:
    """Return the phases that people outside are told of: those with a text for them, where any has one."""
    there = [state for state in decision.phases.values() if state.applies]
    return [state for state in there if state.phase.public] or there


def is_withdrawn(agreement: Agreement, values: Mapping[str, StoredValue]) -> bool:
    """Say whether what withdrawing fills in on its day is there."""
    withdrawing = agreement.belonging.withdrawing
    days = [name for name, value in withdrawing.fills.items() if value == TODAY] if withdrawing else []
    return bool(days) and all(name in values for name in days)


def coming_terms(decision: Decision) -> list[TermState]:
    """Return the terms that people outside are told about and that still run."""
    return [
        state for state in decision.terms.values()
        if state.term.public and state.due and state.due.due and state.completed_at is None
        and state.status is not TermStatus.NOT_NEEDED
    ]  # fmt: skip


def seen_outside(agreement: Agreement, dossier: Dossier, decision: Decision, formats: Formats) -> str:
    """Return a digest of all that whoever told it can see of a dossier, but for what the day alone changes: two that
    are the same show the same."""
    answered = is_answered(agreement, decision)
    past = past_milestones(agreement, decision) if answered else frozenset()
    phases = told_phases(decision)
    current = decision.phase_beside(past)
    promised = promises_in(agreement, decision.values, formats, followed=True) if answered else ()
    seen: list[Any] = [
        dossier.number,
        str(dossier.values.get(agreement.field_for("received-on"), "")),
        [agreement.organisation, agreement.department],
        [[one.phase.id, one.done, one.open] for one in phases],
        current.phase.id if current is not None and current in phases else "",
        [[one.key, one.due_text] for one in coming_terms(decision) if one.term.until not in past],
        [
            [one.key, str(since), str(one.resumes_at or "")]
            for one in decision.terms.values()
            if one.term.public and (since := standing_since(dossier, one))
        ],
        decision.closed,
        dossier.has_code,
        [[str(one.at), one.text] for one in dossier.conversation],
        [[one.sequence, one.way] for one in dossier.letters],
        dossier.relations.goes_on_in,
        is_withdrawn(agreement, dossier.values),
        answered,
        [[one.words, one.kept.value, one.day] for one in promised],
    ]
    return content_hash(dump(seen))
