"""What still has to happen before a dossier may close: each with the place where it is done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from flask_babel import gettext as _

from gehoor.core.conditions.model import fact_names
from gehoor.core.decision.model import MilestoneState, Reason, Requirement, TermState
from gehoor.services.dossiers.viewing import OpenedDossier
from gehoor.web.display.filters import day
from gehoor.web.forms.answer_form import AnswerForm
from gehoor.web.staff.dossier.dossier_view import role_name


@dataclass(frozen=True)
class Need:
    """Something that stands before closing: what, the place on the page, and why."""

    what: str
    place: str
    reason: Reason | None = None


def before_closing(opened: OpenedDossier, page: AnswerForm, who_fills: Mapping[str, str]) -> list[Need]:
    """Return all that stands before closing, for whoever looks; nothing once it is closed."""
    if opened.decision.closed:
        return []
    closing = [state for state in opened.decision.milestones.values() if state.milestone.closes]
    found = (need for state in closing for need in _needs(opened, page, who_fills, state))
    unanswered = [Need(_("Het laatste bericht van de melder beantwoorden"), "#berichten")]
    return [*dict.fromkeys(found), *(unanswered if opened.dossier.unanswered and closing else ())]


def _needs(
    opened: OpenedDossier, page: AnswerForm, who_fills: Mapping[str, str], closing: MilestoneState
) -> Iterator[Need]:
    asking = (*closing.earlier, closing)
    for state in asking:
        for requirement in state.missing:
            yield _field(opened, page, who_fills, requirement)
    for state in asking:
        for duty in state.owed:
            yield Need(duty.owed.duty.name, "#plichten", duty.reason)
        for approval in state.unapproved:
            role = role_name(opened, approval.role)
            yield Need(_("Goedkeuring: %(role)s", role=role), "#plichten", approval.reason)
        for reason in state.blocks:
            yield Need(reason.because, _place_of(opened, page, reason), reason)
    owed = {duty.owed.key for state in asking for duty in state.owed}
    for term in closing.running:
        if term.term.id not in owed:
            yield Need(_running(term), "#plichten" if term.term.of_duty else _done_at(opened, page, term))


def _field(
    opened: OpenedDossier, page: AnswerForm, who_fills: Mapping[str, str], requirement: Requirement
) -> Need:
    name = requirement.field
    who = f" ({who_fills[name]})" if name in who_fills else ""
    if name in opened.rights.unseen:
        return Need(_("Iets dat u niet ziet") + who, "", requirement.reason)
    label = opened.agreement.dossier_form.fields[name].label
    return Need(f"{label}{who}", _place(opened, page, name), requirement.reason)


def _running(state: TermState) -> str:
    if state.due is None or state.due.due is None:
        return state.name
    text: str = _("%(term)s (uiterlijk %(day)s)", term=state.name, day=day(state.due.due))
    return text


def _place(opened: OpenedDossier, page: AnswerForm, name: str) -> str:
    if name in page:
        return f"#v_{name}"
    phase = opened.agreement.dossier_form.fields[name].phase
    known = opened.decision.phases.get(phase)
    return f"#fase-{phase}" if known is not None and known.applies else ""


def _done_at(opened: OpenedDossier, page: AnswerForm, state: TermState) -> str:
    term = state.term
    return _place(opened, page, term.rows or opened.agreement.milestones[term.until].field)


def _place_of(opened: OpenedDossier, page: AnswerForm, reason: Reason) -> str:
    """Return where what blocks can be put right: at a field that its rule asks about, first at one without answer."""
    rule = opened.agreement.rules.get(reason.rule)
    asked = fact_names(rule.condition) if rule else frozenset()
    names = [name for name in page.names if name in asked]
    empty = [name for name in names if name not in opened.decision.values]
    return next((f"#v_{name}" for name in (*empty, *names)), "")
