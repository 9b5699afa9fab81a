"""What the dossier page shows: sections by phase, terms with their derivation, and the story of what happened."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from gehoor.core.deadlines.status import TermStatus, as_seen
from gehoor.core.decision.model import (
    ApprovalState,
    DutyState,
    MilestoneState,
    PhaseState,
    Requirement,
    TermState,
)
from gehoor.core.forms.fields import Field
from gehoor.services.access.rights import changers
from gehoor.services.dossiers.viewing import OpenedDossier
from gehoor.services.register.register import reading
from gehoor.web.display.conditions import show_when
from gehoor.web.display.filters import day
from gehoor.web.forms.answer_form import AnswerForm
from gehoor.web.request.languages import said
from gehoor.web.request.site import now, site
from gehoor.web.staff.dossier.announced import Announced, announced, asked_of_others
from gehoor.web.staff.dossier.places import Remedy, done_at, remedy_of


@dataclass(frozen=True)
class Blocked:
    """Why a rule blocks, and what can be filled in against that, if it can be said."""

    because: str
    remedy: Remedy


@dataclass(frozen=True)
class Section:
    """A phase of the page: its state, its fields, and what is still needed to complete it."""

    state: PhaseState
    fields: tuple[Field, ...]
    unfolded: bool
    opens_after: str
    needs: tuple[tuple[Field, Requirement], ...]
    done_at: str
    completes: str
    """The field that completes this phase, where it stands in the phase itself and may be filled in now."""
    is_next: bool = False
    """Whether it is the first in which something is to be done: the others are folded, to keep a long form calm."""
    waits: tuple[str, ...] = ()
    """The duties and approvals that its end waits for, by name."""
    blocks: tuple[Blocked, ...] = ()
    """Why its end cannot be yet, by rules, and what can be done about it in it."""
    nothing_left: bool = False
    """Whether it only waits for phases after it, that end together with it."""
    runs: tuple[tuple[str, str], ...] = ()
    """What still runs in it and stands before closing, in words, each with the address where it is done."""
    later: tuple[Announced, ...] = ()
    """What it may ask besides, once other answers are there."""
    others: bool = False
    """Whether somebody else may have to fill something in that whoever looks does not see."""


def editable_fields(opened: OpenedDossier, sent: Collection[str] = ()) -> list[Field]:
    """Return the fields that whoever looks may fill in now: theirs, shown, not fixed, in an open phase; in the order
    of the form.

    What was ``sent`` stays on the page, also when it was fixed in between: nobody loses what they typed."""
    decision = opened.decision
    return [
        field
        for field in opened.agreement.dossier_form.fields.values()
        if decision.fields[field.id].visible
        and field.id not in opened.rights.unseen
        and (
            field.id in sent
            or not (decision.fields[field.id].fixed or field.id in opened.rights.unchangeable)
        )
        and (field.phase not in decision.phases or decision.phases[field.phase].open)
    ]


def appearing_fields(opened: OpenedDossier) -> list[Field]:
    """Return the fields that whoever looks may fill in as soon as another answer of the page shows them, as far as a
    page can judge that by itself."""
    decision, rights = opened.decision, opened.rights
    return [
        field
        for field in opened.agreement.dossier_form.fields.values()
        if not decision.fields[field.id].visible
        and not decision.fields[field.id].fixed
        and field.id not in rights.unseen | rights.unchangeable
        and (field.phase not in decision.phases or decision.phases[field.phase].open)
        and not (field.read_only or field.type.takes_files or field.has_offers)
        and show_when(field)
    ]


def phase_sections(opened: OpenedDossier, page: AnswerForm) -> list[Section]:
    """Return the phases that exist for this dossier, each with its fields."""
    agreement, decision = opened.agreement, opened.decision
    fields = agreement.dossier_form.fields
    appear = {field.id for field in appearing_fields(opened)}
    sections: list[Section] = []
    unseen = asked_of_others(opened)
    applying = [state for state in decision.phases.values() if state.applies]
    for state in applying:
        together = [one.phase.id for one in applying if one.phase.done_at == state.phase.done_at]
        last = state.phase.id == together[-1]
        own = tuple(
            f
            for f in fields.values()
            if f.phase == state.phase.id
            and decision.fields[f.id].visible
            and f.id not in opened.rights.unseen
        )
        after = agreement.milestones.get(state.phase.opens_after)
        end = decision.milestones[state.phase.done_at]
        asks_for = [
            phase
            for phase in (*agreement.phases, "")
            if _asked_here(phase, state.phase.id, together, last=last)
        ]
        # What earlier milestones left is asked at this one too.
        missing = [
            need
            for need in (*state.missing, *(need for one in end.earlier for need in one.missing))
            if fields[need.field].phase in asks_for
            and not page.has_typed(need.field)
            and need.field not in opened.rights.unseen
        ]
        others = state.open and not state.done and any(fields[one].phase in asks_for for one in unseen)
        blocks = tuple(
            one
            for one in _blocked(opened, page, end)
            if _asked_here(one.remedy.phase, state.phase.id, together, last=last)
        )
        runs = _running(opened, page, end, state.phase.id) if state.open else ()
        left = missing or blocks or runs
        nothing_left = state.open and not state.done and not last and not left and not others
        next_one = (
            state.open and not state.done and not nothing_left and not any(one.is_next for one in sections)
        )
        noted = any(f.id in page and page.stands_out(f.id) for f in own)
        sections.append(
            Section(
                state=state,
                fields=tuple(
                    f for f in fields.values() if f in own or (f.id in appear and f.phase == state.phase.id)
                )
                if state.open
                else (),
                unfolded=noted or next_one,
                is_next=next_one,
                opens_after=after.name if after else "",
                needs=tuple((fields[need.field], need) for need in missing) if state.open else (),
                done_at=agreement.milestones[state.phase.done_at].name,
                waits=_waits(opened, end) if last and state.open else (),
                blocks=blocks,
                nothing_left=nothing_left,
                others=others,
                runs=runs,
                completes=_completing(opened, state, page),
                later=announced(opened, page, state, [need.field for need in missing], asks_for)
                if state.open and not state.done
                else (),
            )
        )
    return sections


def _asked_here(phase: str, own: str, together: Sequence[str], *, last: bool) -> bool:
    """Say whether an answer that is missing is asked for in a phase, of those that end ``together``: each asks for its
    own, and the last for what stands elsewhere."""
    return phase == own or (last and phase not in together)


def _blocked(opened: OpenedDossier, page: AnswerForm, end: MilestoneState) -> list[Blocked]:
    reasons = (reason for one in (end, *end.earlier) for reason in one.blocks)
    return [Blocked(reason.because, remedy_of(opened, page, reason)) for reason in reasons]


def _running(
    opened: OpenedDossier, page: AnswerForm, end: MilestoneState, phase: str
) -> tuple[tuple[str, str], ...]:
    """Return the terms that stand before closing and wait for an answer of a phase. A duty stands with the duties."""
    fields, milestones = opened.agreement.dossier_form.fields, opened.agreement.milestones
    return tuple(
        (with_day(one), done_at(opened, page, one))
        for one in end.running
        if not one.term.of_duty and fields[one.term.rows or milestones[one.term.until].field].phase == phase
    )


def _waits(opened: OpenedDossier, end: MilestoneState) -> tuple[str, ...]:
    asking = (end, *end.earlier)
    approvals = (role_name(opened, state.role) for one in asking for state in one.unapproved)
    return (
        *(state.owed.duty.name for one in asking for state in one.owed),
        *(_("Goedkeuring: %(role)s", role=role) for role in approvals),
    )


def _completing(opened: OpenedDossier, state: PhaseState, page: AnswerForm) -> str:
    name = opened.agreement.milestones[state.phase.done_at].field
    own = name in page and opened.agreement.dossier_form.fields[name].phase == state.phase.id
    return name if own and state.open and not state.done else ""


def required_marks(opened: OpenedDossier) -> dict[str, list[tuple[str, Requirement]]]:
    """Return for each field before which milestones it is needed, and why."""
    milestones = opened.agreement.milestones
    return {
        name: [
            (milestones[requirement.milestone].name, requirement)
            for requirement in state.requirements
            if requirement.milestone in milestones
            and not opened.decision.milestones[requirement.milestone].reached
        ]
        for name, state in opened.decision.fields.items()
    }


@dataclass(frozen=True)
class DutyCard:
    """A duty of the page, with who has it."""

    state: DutyState
    responsible: str
    due: TermState | None
    status: TermStatus | None
    steps: tuple[str, ...]
    """Why it is due when it is."""


def duty_cards(opened: OpenedDossier) -> list[DutyCard]:
    """Return the duties, those that are still owed first."""
    terms = opened.decision.terms
    cards = [
        DutyCard(
            state,
            who_acts(opened, state.responsible),
            due,
            seen_status(opened, due) if due else None,
            steps_of(opened, due),
        )
        for state in opened.decision.duties
        for due in (terms.get(state.owed.key),)
    ]
    return sorted(cards, key=lambda card: card.state.settled is not None)


@dataclass(frozen=True)
class ApprovalCard:
    """An approval of the page: what for, who gives it, and whether whoever looks may."""

    state: ApprovalState
    milestone: str
    role: str
    mine: bool
    letter: str = ""
    """The letter of which a draft is kept, that is read and approved word for word; empty where none is."""


def approval_cards(opened: OpenedDossier) -> list[ApprovalCard]:
    """Return the approvals that are needed, or were given."""
    milestones = opened.agreement.milestones
    reaches = {name: one.reaches for name, one in opened.agreement.correspondence.items()}
    return [
        ApprovalCard(
            state,
            milestones[state.milestone].name,
            who_acts(opened, state.role),
            state.role in opened.rights.acting,
            next((one for one in opened.dossier.drafts if reaches.get(one) == state.milestone), ""),
        )
        for state in opened.decision.approvals
    ]


def who_fills(opened: OpenedDossier) -> dict[str, str]:
    """Return, for each field that is not for whoever looks, the roles that fill it in here."""
    fields = opened.agreement.dossier_form.fields
    either = f" {said().objections.either} "
    return {
        name: either.join(
            role_name(opened, opened.decision.acting(role))
            for role in changers(opened.agreement, fields[name])
        )
        for name in opened.rights.unchangeable
    }


def seen_status(opened: OpenedDossier, state: TermState) -> TermStatus:
    """Return how a term is shown on the local day."""
    today = opened.decision.at.astimezone(ZoneInfo(opened.agreement.time_zone)).date()
    return as_seen(state.status, state.due.due if state.due else None, today)


def role_name(opened: OpenedDossier, role: str) -> str:
    """Return what a role is called."""
    known = opened.agreement.roles.get(role)
    return known.name if known else role


def handling_role(opened: OpenedDossier) -> str:
    """Return what the role is called that rules gave a dossier; empty when none did."""
    assigned = opened.decision.assigned
    return role_name(opened, assigned.role) if assigned else ""


def who_acts(opened: OpenedDossier, role: str) -> str:
    """Return what the role is called that acts here, and for which one it steps in."""
    deputy = opened.deputies.get(role)
    if deputy is None:
        return role_name(opened, role)
    names = {"deputy": role_name(opened, deputy), "role": role_name(opened, role)}
    acts: str = _("%(deputy)s, vervangt %(role)s", **names)
    return acts


def steps_of(opened: OpenedDossier, state: TermState | None) -> tuple[str, ...]:
    """Say how a due day follows, where whoever looks may know."""
    if state is None or state.due is None or not opened.tells_when(state):
        return ()
    words = said().derivation
    return tuple(words.sentences(state.due.steps, words.begun_at(opened.agreement, state)))


def with_day(state: TermState) -> str:
    """Return what a term is called, with the day on which it is due."""
    if state.due is None or state.due.due is None:
        return state.name
    text: str = _("%(term)s (uiterlijk %(day)s)", term=state.name, day=day(state.due.due))
    return text


def full_names() -> dict[str, str]:
    """Return how people know each account."""
    runtime = site().runtime
    with reading(runtime.store) as register:
        accounts = runtime.staff.of(register, now()).accounts
    return {name: account.full_name for name, account in accounts.items()}
