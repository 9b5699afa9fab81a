"""From a decision to how lists show a dossier."""

from __future__ import annotations

from gehoor.core.agreement.model import Agreement
from gehoor.core.deadlines.status import TermStatus
from gehoor.core.decision.model import Decision, TermState
from gehoor.core.dossier.conflict_of_interest import excluded_from
from gehoor.core.dossier.dossier import Dossier
from gehoor.core.dossier.events import instant_text
from gehoor.services.ports.records import OpenTerm, Summary, to_document

_EXCERPT = 80
"""How many characters of the story stand in for a subject."""

_OPEN = (TermStatus.RUNNING, TermStatus.REMINDER, TermStatus.TODAY, TermStatus.LATE)


def summarise(agreement: Agreement, dossier: Dossier, decision: Decision, code_hash: str | None) -> Summary:
    """Return the summary of a dossier as it now stands."""
    terms = sorted(
        (term for state in decision.terms.values() if (term := _open_term(state))), key=lambda t: t.late_at
    )
    assert dossier.opened_at is not None
    return Summary(
        id=dossier.id,
        organisation=dossier.organisation,
        department=dossier.department,
        number=dossier.number,
        agreement=dossier.agreement,
        subject=_subject(agreement, decision),
        subject_for=_subject_for(agreement, decision),
        kind=str(decision.values.get(agreement.field_for("message-kind"), "")),
        phase=_phase(decision),
        received=str(decision.values.get(agreement.field_for("received-on"), "")),
        closed=decision.closed,
        opened_at=instant_text(dossier.opened_at),
        version=dossier.version,
        terms=tuple(to_document(term) for term in terms),
        due_at=terms[0].late_at if terms else None,
        attention_at=instant_text(decision.attention_at) if decision.attention_at else None,
        code_hash=code_hash,
        flags=tuple(flag.because for flag in decision.flags),
        unanswered=dossier.unanswered,
        assigned=decision.assigned.role if decision.assigned else "",
        handler=dossier.handler,
        excluded=tuple(sorted(excluded_from(agreement, dossier.values))),
        changed_at=instant_text(dossier.changed_at or dossier.opened_at),
    )


def _open_term(state: TermState) -> OpenTerm | None:
    when = state.due
    if when is None or when.due is None or when.too_late_at is None or state.status not in _OPEN:
        return None
    return OpenTerm(
        term=state.term.id,
        name=state.term.name,
        due=when.due.isoformat(),
        late_at=instant_text(when.too_late_at),
        remind_at=instant_text(state.remind_at) if state.remind_at else "",
        responsible=state.responsible,
    )


def _subject(agreement: Agreement, decision: Decision) -> str:
    subject = str(decision.values.get(agreement.field_for("subject"), ""))
    story = " ".join(str(decision.values.get(agreement.field_for("story"), "")).split())
    return subject or (story if len(story) <= _EXCERPT else f"{story[: _EXCERPT - 1]}\u2026")


def _subject_for(agreement: Agreement, decision: Decision) -> tuple[str, ...]:
    subject, story = agreement.field_for("subject"), agreement.field_for("story")
    of = agreement.dossier_form.fields.get(subject if decision.values.get(subject) else story)
    return tuple(decision.acting(role) for role in of.seen_by) if of else ()


def _phase(decision: Decision) -> str:
    current = [state for state in decision.phases.values() if state.applies and state.open and not state.done]
    return current[0].phase.name if current else ""
