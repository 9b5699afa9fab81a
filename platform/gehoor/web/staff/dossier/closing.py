"""Closing a dossier: all that still stands before it, each with the place where it is done, and the act itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

from flask import Blueprint, render_template, request, url_for
from flask_babel import gettext as _

from gehoor.core.conditions.model import fact_names
from gehoor.core.decision.model import MilestoneState, Reason, Requirement, TermState
from gehoor.core.forms.fields import Field, StoredValue
from gehoor.services.dossiers.viewing import OpenedDossier
from gehoor.web.display.filters import day
from gehoor.web.forms.answer_form import AnswerForm
from gehoor.web.security.policies import Policy, allow, opened_dossier
from gehoor.web.staff.dossier.dossier_form import stored_form
from gehoor.web.staff.dossier.dossier_head import head_of
from gehoor.web.staff.dossier.dossier_view import (
    approval_cards,
    duty_cards,
    full_names,
    phase_sections,
    role_name,
    who_fills,
)

pages = Blueprint("closing", __name__, url_prefix="/medewerker/dossiers")


class Kind(Enum):
    """What stands before closing: an answer that is missing, something promised or owed, or someone who waits."""

    ANSWER = "answer"
    OWED = "owed"
    WAITING = "waiting"


@dataclass(frozen=True)
class Need:
    """Something that stands before closing: what, the address where it is done, and why."""

    kind: Kind
    what: str
    place: str
    reason: Reason | None = None


@pages.get("/<dossier_id>/afsluiten")
@allow(Policy.DOSSIER)
def show(dossier_id: str) -> str:  # noqa: ARG001 - the policy opens the dossier
    """Show what stands before closing a dossier, and close it from here once nothing does."""
    opened = opened_dossier()
    form = stored_form(opened)
    sections = phase_sections(opened, form)
    needs = before_closing(opened, form, who_fills(opened))
    ends = {one.milestone.id for one in opened.decision.milestones.values() if one.milestone.closes}
    return render_template(
        "staff/closing.html",
        opened=opened,
        agreement=opened.agreement,
        dossier=opened.dossier,
        head_facts=head_of(opened),
        names=full_names(),
        story=opened.decision.values.get(opened.agreement.field_for("story"), ""),
        wished=_wished(opened),
        needs={kind.value: [need for need in needs if need.kind is kind] for kind in Kind},
        duties=[card for card in duty_cards(opened) if card.state.settled is None],
        approvals=[card for card in approval_cards(opened) if not card.state.holds],
        completes=next((one for one in sections if one.completes and one.state.phase.done_at in ends), None),
        saved=request.args.get("bewaard") == "1",
    )


def before_closing(opened: OpenedDossier, page: AnswerForm, who_fills: Mapping[str, str]) -> list[Need]:
    """Return all that stands before closing, for whoever looks; nothing once it is closed."""
    if opened.decision.closed:
        return []
    closing = [state for state in opened.decision.milestones.values() if state.milestone.closes]
    found = (need for state in closing for need in _needs(opened, page, who_fills, state))
    waits = Need(Kind.WAITING, _("Het laatste bericht van de melder beantwoorden"), _messages(opened))
    return [*dict.fromkeys(found), *([waits] if opened.dossier.unanswered and closing else ())]


def _wished(opened: OpenedDossier) -> list[tuple[Field, StoredValue]]:
    """Return field and answer of what whoever told it wants to come of it, as far as whoever looks sees it."""
    fields = opened.agreement.dossier_form.fields
    of = fields.get(opened.agreement.field_for("wish"))
    value = opened.decision.values.get(of.id) if of else None
    return [(of, value)] if of and value else []


def _needs(
    opened: OpenedDossier, page: AnswerForm, who_fills: Mapping[str, str], closing: MilestoneState
) -> Iterator[Need]:
    asking = (*closing.earlier, closing)
    for state in asking:
        for requirement in state.missing:
            yield _field(opened, page, who_fills, requirement)
    duties = url_for("overview.show", dossier_id=opened.dossier.id, _anchor="plichten")
    for state in asking:
        for duty in state.owed:
            yield Need(Kind.OWED, duty.owed.duty.name, duties, duty.reason)
        for approval in state.unapproved:
            what = _("Goedkeuring: %(role)s", role=role_name(opened, approval.role))
            yield Need(Kind.OWED, what, duties, approval.reason)
        for reason in state.blocks:
            yield Need(Kind.ANSWER, reason.because, _place_of(opened, page, reason), reason)
    owed = {duty.owed.key for state in asking for duty in state.owed}
    for term in closing.running:
        if term.term.id not in owed:
            yield Need(
                Kind.OWED, _running(term), duties if term.term.of_duty else _done_at(opened, page, term)
            )


def _field(
    opened: OpenedDossier, page: AnswerForm, who_fills: Mapping[str, str], requirement: Requirement
) -> Need:
    name = requirement.field
    who = f" ({who_fills[name]})" if name in who_fills else ""
    if name in opened.rights.unseen:
        return Need(Kind.ANSWER, _("Iets dat u niet ziet") + who, "", requirement.reason)
    label = opened.agreement.dossier_form.fields[name].label
    return Need(Kind.ANSWER, f"{label}{who}", _place(opened, page, name), requirement.reason)


def _running(state: TermState) -> str:
    if state.due is None or state.due.due is None:
        return state.name
    text: str = _("%(term)s (uiterlijk %(day)s)", term=state.name, day=day(state.due.due))
    return text


def _messages(opened: OpenedDossier) -> str:
    return url_for("messages.show", dossier_id=opened.dossier.id, _anchor="berichten")


def _form(opened: OpenedDossier, anchor: str) -> str:
    return url_for("dossiers.show", dossier_id=opened.dossier.id, _anchor=anchor)


def _place(opened: OpenedDossier, page: AnswerForm, name: str) -> str:
    if name in page:
        return _form(opened, f"v_{name}")
    phase = opened.agreement.dossier_form.fields[name].phase
    known = opened.decision.phases.get(phase)
    return _form(opened, f"fase-{phase}") if known is not None and known.applies else ""


def _done_at(opened: OpenedDossier, page: AnswerForm, state: TermState) -> str:
    term = state.term
    return _place(opened, page, term.rows or opened.agreement.milestones[term.until].field)


def _place_of(opened: OpenedDossier, page: AnswerForm, reason: Reason) -> str:
    """Return where what blocks can be put right: at a field that its rule asks about, first at one without answer."""
    rule = opened.agreement.rules.get(reason.rule)
    asked = fact_names(rule.condition) if rule else frozenset()
    names = [name for name in page.names if name in asked]
    empty = [name for name in names if name not in opened.decision.values]
    return next((_form(opened, f"v_{name}") for name in (*empty, *names)), "")
