"""The summary: how lists show a dossier, and what its terms call for next."""

from __future__ import annotations

from datetime import datetime
from itertools import pairwise, takewhile

from gehoor.core.agreement.model import Agreement
from gehoor.core.deadlines.status import TermStatus
from gehoor.core.decision.coming_actions import are_foreseen, still_ahead
from gehoor.core.decision.model import Decision, TermState
from gehoor.core.dossier.complainant import says
from gehoor.core.dossier.conflict_of_interest import excluded_from
from gehoor.core.dossier.dossier import Dossier
from gehoor.core.dossier.events import instant_text
from gehoor.core.figures.facts import facts_document, facts_of_dossier
from gehoor.core.figures.themes import themes_in
from gehoor.services.access.confidentiality import clearance_for
from gehoor.services.ports.records import OpenTerm, Summary, to_document
from gehoor.services.register.staff import Staff

_EXCERPT = 80
"""How many characters of the story stand in for a subject."""

_OPEN = (TermStatus.RUNNING, TermStatus.REMINDER, TermStatus.TODAY, TermStatus.LATE)


_MISSED = (TermStatus.LATE, TermStatus.LATE_DONE)


def summarise(
    agreement: Agreement, dossier: Dossier, decision: Decision, code_hash: str | None, staff: Staff
) -> Summary:
    """Return the summary of a dossier as it now stands."""
    terms = sorted(
        (term for state in decision.terms.values() if (term := _open_term(state, dossier, decision.at))),
        key=lambda t: t.late_at,
    )
    assert dossier.opened_at is not None
    facts = facts_of_dossier(agreement, dossier, decision)
    excluded = excluded_from(agreement, dossier.values, staff.same_person)
    clearance = clearance_for(agreement, dossier, decision, staff)
    return Summary(
        id=dossier.id,
        organisation=dossier.organisation,
        department=dossier.department,
        number=dossier.number,
        agreement=dossier.agreement,
        subject=_subject(agreement, decision),
        subject_for=_subject_for(agreement, decision),
        kind=_told(agreement, decision, "message-kind"),
        phase=_phase(decision),
        received=_told(agreement, decision, "received-on"),
        closed=decision.closed,
        opened_at=instant_text(dossier.opened_at),
        version=dossier.version,
        terms=tuple(to_document(term) for term in terms),
        due_at=_asked_at(agreement, dossier, decision, terms),
        responsible=terms[0].responsible if terms else "",
        attention_at=instant_text(decision.attention_at) if decision.attention_at else None,
        code_hash=dossier.code_hash or code_hash,
        flags=tuple(flag.because for flag in decision.flags),
        unanswered=dossier.unanswered,
        assigned=decision.assigned.role if decision.assigned else "",
        handler=dossier.handler,
        beside=dossier.beside,
        excluded=tuple(sorted(excluded)),
        clearance=clearance.key,
        changed_at=instant_text(dossier.changed_at or dossier.opened_at),
        danger=says(agreement, "danger", decision.values),
        severity=_told(agreement, decision, "severity"),
        judgement=_told(agreement, decision, "judgement"),
        channels=_channels(agreement, decision),
        closed_at=_closed_at(decision),
        called=_called(agreement, dossier),
        terms_kept=sum(state.status is TermStatus.ON_TIME for state in decision.terms.values()),
        terms_missed=sum(state.status in _MISSED for state in decision.terms.values()),
        head=dossier.head if are_foreseen(decision) else None,
        figures=facts_document(facts),
        themes=themes_in(agreement, facts.values),
    )


def _asked_at(
    agreement: Agreement, dossier: Dossier, decision: Decision, terms: list[OpenTerm]
) -> str | None:
    """Return when a dossier asks something next. One that is closed does so as soon as somebody outside writes."""
    if decision.closed and dossier.unanswered:
        written, since = dossier.conversation[-1].at, _closed_since(agreement, dossier)
        # Whoever closed it over an earlier message, said why that needs no answer.
        if since is not None and written > since:
            return instant_text(written)
    return terms[0].late_at if terms else None


def _closed_since(agreement: Agreement, dossier: Dossier) -> datetime | None:
    ends = [one.field for one in agreement.milestones.values() if one.closes]
    closed = takewhile(lambda one: any(end in one.values for end in ends), reversed(dossier.history))
    return min((one.at for one in closed), default=None)


def _told(agreement: Agreement, decision: Decision, meaning: str) -> str:
    """Return the answer of the field with a meaning, as a list shows and sorts it; special personal data never."""
    name = agreement.field_for(meaning)
    of = agreement.dossier_form.fields.get(name)
    return "" if of is None or of.special else str(decision.values.get(name, ""))


def _called(agreement: Agreement, dossier: Dossier) -> tuple[str, ...]:
    """Return the kinds of message that a dossier was called before it was called what it is now."""
    name = agreement.field_for("message-kind")
    of = agreement.dossier_form.fields.get(name)
    if of is None or of.special:
        return ()
    given = [str(one.values[name]) for one in dossier.history if name in one.values]
    return tuple(was for was, is_now in pairwise(given) if was != is_now)


def _channels(agreement: Agreement, decision: Decision) -> tuple[str, ...]:
    name = agreement.field_for("carrier")
    of = agreement.dossier_form.fields.get(name)
    if of is None or of.special:
        return ()
    given = decision.values.get(name, ())
    return (given,) if isinstance(given, str) else tuple(map(str, given)) if isinstance(given, list) else ()


def _closed_at(decision: Decision) -> str | None:
    closing = (state.at for state in decision.milestones.values() if state.milestone.closes and state.at)
    return min((moment.isoformat() for moment in closing), default=None)


def _open_term(state: TermState, dossier: Dossier, now: datetime) -> OpenTerm | None:
    when = state.due
    if when is None or when.due is None or when.too_late_at is None or state.status not in _OPEN:
        return None
    return OpenTerm(
        term=state.term.id,
        name=state.name,
        due=state.due_text,
        late_at=instant_text(when.too_late_at),
        remind_at=instant_text(state.remind_at) if state.remind_at else "",
        responsible=state.responsible,
        occurrence=state.occurrence,
        ahead=still_ahead(state, dossier, now),
        row=state.row,
        named=state.named,
    )


def _subject(agreement: Agreement, decision: Decision) -> str:
    subject = _told(agreement, decision, "subject")
    story = " ".join(_told(agreement, decision, "story").split())
    return subject or (story if len(story) <= _EXCERPT else f"{story[: _EXCERPT - 1]}\u2026")


def _subject_for(agreement: Agreement, decision: Decision) -> tuple[str, ...]:
    subject, story = agreement.field_for("subject"), agreement.field_for("story")
    of = agreement.dossier_form.fields.get(subject if decision.values.get(subject) else story)
    return tuple(decision.acting(role) for role in of.seen_by) if of else ()


def _phase(decision: Decision) -> str:
    current = decision.current_phase
    return current.phase.name if current else ""
