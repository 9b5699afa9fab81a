"""What the dossier page shows: sections by phase, terms with their derivation, and the story of what happened."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from gehoor.core.deadlines.status import TermStatus
from gehoor.core.decision.model import (
    ApprovalState,
    DutyState,
    MilestoneState,
    PhaseState,
    Requirement,
    TermState,
)
from gehoor.core.decision.term_course import standing_since
from gehoor.core.dossier.events import EventKind
from gehoor.core.forms.fields import Field
from gehoor.services.access.rights import changers
from gehoor.services.dossiers.viewing import OpenedDossier
from gehoor.services.register.register import reading
from gehoor.web.display.conditions import show_when
from gehoor.web.forms.answer_form import AnswerForm
from gehoor.web.request.languages import said
from gehoor.web.request.site import now, site
from gehoor.web.staff.dossier.announced import Announced, announced


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
    """Whether it is the first that is worked on."""
    waits: tuple[str, ...] = ()
    """The duties and approvals that its end waits for, by name."""
    blocks: tuple[str, ...] = ()
    """Why its end cannot be yet, by rules, whatever is filled in."""
    nothing_left: bool = False
    """Whether it only waits for phases after it, that end together with it."""
    later: tuple[Announced, ...] = ()
    """What it may ask besides, once other answers are there."""


@dataclass(frozen=True)
class TermCard:
    """A term of the page, with why it is due when it is."""

    state: TermState
    steps: tuple[str, ...]
    done: bool
    responsible: str
    stands_still: StandsStill | None = None


@dataclass(frozen=True)
class StandsStill:
    """Since which local day a term stands still, why, and on which day it runs on by itself, if it does."""

    since: date
    reason: str
    until: date | None


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
            if fields[need.field].phase in asks_for and not page.has_typed(need.field)
        ]
        noted = any(f.id in page and page.stands_out(f.id) for f in own)
        sections.append(
            Section(
                state=state,
                fields=tuple(
                    f for f in fields.values() if f in own or (f.id in appear and f.phase == state.phase.id)
                )
                if state.open
                else (),
                unfolded=noted or _is_next(state, sections),
                is_next=_is_next(state, sections),
                opens_after=after.name if after else "",
                needs=tuple((fields[need.field], need) for need in missing) if state.open else (),
                done_at=agreement.milestones[state.phase.done_at].name,
                waits=_waits(opened, end) if last else (),
                blocks=tuple(reason.because for one in (end, *end.earlier) for reason in one.blocks)
                if last
                else (),
                nothing_left=state.open and not state.done and not last and not missing,
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


def _is_next(state: PhaseState, earlier: Sequence[Section]) -> bool:
    """Say whether a phase is the first that is worked on: the others are folded, to keep a long form calm."""
    return (
        state.open
        and not state.done
        and not any(one.state.open and not one.state.done and not one.nothing_left for one in earlier)
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


def term_cards(opened: OpenedDossier) -> list[TermCard]:
    """Return the terms, the running ones first by due day, then what is done or not needed."""
    finished = (TermStatus.ON_TIME, TermStatus.LATE_DONE, TermStatus.NOT_NEEDED)
    cards = []
    for state in opened.decision.terms.values():
        steps = _steps(opened, state)
        done, who, still = (
            state.status in finished,
            who_acts(opened, state.responsible),
            _still(opened, state),
        )
        cards.append(TermCard(state, steps, done, who, still))
    return sorted(cards, key=lambda card: (card.done, card.state.due is None, _sort_key(card.state)))


def _still(opened: OpenedDossier, state: TermState) -> StandsStill | None:
    """Say of a term that somebody let stand still, and that still does, how that came about."""
    since = standing_since(opened.dossier, state)
    if since is None:
        return None
    told = [
        one for one in opened.events if one.kind is EventKind.SUSPENDED and one.data["term"] == state.term.id
    ]
    until = state.resumes_at and state.resumes_at.astimezone(ZoneInfo(opened.agreement.time_zone)).date()
    reason = told[-1].data["reason"] if told else ""
    return StandsStill(since, reason.replace("-", " ").replace("_", " "), until)


@dataclass(frozen=True)
class DutyCard:
    """A duty of the page, with who has it."""

    state: DutyState
    responsible: str
    due: TermState | None
    steps: tuple[str, ...]
    """Why it is due when it is."""


def duty_cards(opened: OpenedDossier) -> list[DutyCard]:
    """Return the duties, those that are still owed first."""
    terms = opened.decision.terms
    cards = [
        DutyCard(state, who_acts(opened, state.responsible), due, _steps(opened, due))
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


def approval_cards(opened: OpenedDossier) -> list[ApprovalCard]:
    """Return the approvals that are needed, or were given."""
    milestones = opened.agreement.milestones
    return [
        ApprovalCard(
            state,
            milestones[state.milestone].name,
            who_acts(opened, state.role),
            state.role in opened.rights.acting,
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


def _steps(opened: OpenedDossier, state: TermState | None) -> tuple[str, ...]:
    if state is None or state.due is None:
        return ()
    words = said().derivation
    return tuple(words.sentences(state.due.steps, words.begun_at(opened.agreement, state)))


def _sort_key(state: TermState) -> str:
    return state.due.due.isoformat() if state.due and state.due.due else ""


def full_names() -> dict[str, str]:
    """Return how people know each account."""
    runtime = site().runtime
    with reading(runtime.store) as register:
        accounts = runtime.staff.of(register, now()).accounts
    return {name: account.full_name for name, account in accounts.items()}
