"""Closing a dossier: all that still stands before it, each with the place where it is done, and the act itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum

from flask import Blueprint, render_template, url_for
from flask_babel import gettext as _

from gehoor.core.decision.model import MilestoneState, Reason
from gehoor.core.forms.fields import Field, StoredValue
from gehoor.services.dossiers.viewing import OpenedDossier
from gehoor.web.forms.answer_form import AnswerForm
from gehoor.web.security.policies import Policy, allow, opened_dossier
from gehoor.web.staff.dossier.announced import asked_of_others
from gehoor.web.staff.dossier.dossier_form import stored_form
from gehoor.web.staff.dossier.dossier_head import head_of
from gehoor.web.staff.dossier.dossier_view import (
    approval_cards,
    duty_cards,
    full_names,
    phase_sections,
    role_name,
    who_fills,
    with_day,
)
from gehoor.web.staff.dossier.places import done_at, duties_place, place_of, remedy_of
from gehoor.web.staff.dossier.retention import running_on
from gehoor.web.staff.dossier.timeline import just_happened

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
        others_fill_in=bool(asked_of_others(opened)),
        needs={kind.value: [need for need in needs if need.kind is kind] for kind in Kind},
        duties=[card for card in duty_cards(opened) if card.state.settled is None],
        duties_at=duties_place(opened),
        approvals=[card for card in approval_cards(opened) if not card.state.holds],
        completes=next((one for one in sections if one.completes and one.state.phase.done_at in ends), None),
        skipped=list(_skipped(opened, form, who_fills(opened))),
        runs_on=running_on(opened),
        stops=any(one.milestone.closes and one.running for one in opened.decision.milestones.values()),
        saved=just_happened(opened, full_names()),
    )


def before_closing(opened: OpenedDossier, page: AnswerForm, who_fills: Mapping[str, str]) -> list[Need]:
    """Return all that stands before closing, for whoever looks; nothing once it is closed."""
    if opened.decision.closed:
        return []
    closing = [state for state in opened.decision.milestones.values() if state.milestone.closes]
    found = (need for state in closing for need in _needs(opened, page, who_fills, state))
    waits = Need(Kind.WAITING, _("Het laatste bericht van de melder beantwoorden"), _messages(opened))
    return [*_once(found), *([waits] if opened.dossier.unanswered and closing else ())]


def _skipped(
    opened: OpenedDossier, page: AnswerForm, who_fills: Mapping[str, str]
) -> Iterator[tuple[str, list[Need]]]:
    """Give the milestones that closing now passes over, by name, each with what it asks."""
    if opened.decision.closed:
        return
    closing = (state for state in opened.decision.milestones.values() if state.milestone.closes)
    for state in {one.milestone.id: one for end in closing for one in end.skipped}.values():
        found = list(_missing(opened, page, who_fills, state))
        for approval in state.unapproved:
            what = _("Goedkeuring: %(role)s", role=role_name(opened, approval.role))
            found.append(Need(Kind.OWED, what, "", approval.reason))
        found += [Need(Kind.ANSWER, reason.because, "", reason) for reason in state.blocks]
        yield state.milestone.name, list(dict.fromkeys(found))


def _once(found: Iterable[Need]) -> list[Need]:
    """Leave out what is asked again at the same answer: of a promise with a day that stays, with why."""
    needs: dict[str, Need] = {}
    for need in dict.fromkeys(found):
        place = need.place if "#v_" in need.place else f"{need.what}/{need.place}"
        before = needs.get(place)
        if before is None:
            needs[place] = need
        elif need.kind is Kind.OWED and before.kind is Kind.ANSWER:
            needs[place] = replace(need, reason=before.reason)
    return list(needs.values())


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
        yield from _missing(opened, page, who_fills, state)
    duties = duties_place(opened)
    for state in asking:
        for duty in state.owed:
            yield Need(Kind.OWED, duty.owed.duty.name, duties, duty.reason)
        for approval in state.unapproved:
            what = _("Goedkeuring: %(role)s", role=role_name(opened, approval.role))
            yield Need(Kind.OWED, what, duties, approval.reason)
        for reason in state.blocks:
            remedy = remedy_of(opened, page, reason)
            yield Need(Kind.ANSWER, remedy.what or reason.because, remedy.place, reason)
    owed = {duty.owed.key for state in asking for duty in state.owed}
    for term in closing.running:
        if term.term.id not in owed:
            yield Need(Kind.OWED, with_day(term), done_at(opened, page, term))


def _missing(
    opened: OpenedDossier, page: AnswerForm, who_fills: Mapping[str, str], state: MilestoneState
) -> Iterator[Need]:
    """Give what is still to be filled in, without what whoever looks does not see: it would tell whether that is."""
    for requirement in state.missing:
        name = requirement.field
        if name not in opened.rights.unseen:
            who = f" ({who_fills[name]})" if name in who_fills else ""
            label = opened.agreement.dossier_form.fields[name].label
            yield Need(Kind.ANSWER, f"{label}{who}", place_of(opened, page, name), requirement.reason)


def _messages(opened: OpenedDossier) -> str:
    return url_for("messages.show", dossier_id=opened.dossier.id, _anchor="berichten")
