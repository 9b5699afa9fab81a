"""The terms on the pages of a dossier: how each stands, why it is due then, who has it, and where it is done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from gehoor.core.deadlines.status import TermStatus
from gehoor.core.decision.model import TermState
from gehoor.core.decision.term_course import standing_since
from gehoor.core.dossier.events import EventKind
from gehoor.services.dossiers.viewing import OpenedDossier
from gehoor.web.forms.answer_form import AnswerForm
from gehoor.web.staff.dossier.dossier_view import full_names, seen_status, steps_of, who_acts
from gehoor.web.staff.dossier.places import done_at


@dataclass(frozen=True)
class TermCard:
    """A term of the page, with why it is due when it is."""

    state: TermState
    steps: tuple[str, ...]
    done: bool
    status: TermStatus
    """How it stands, as it is shown on the local day."""
    responsible: str
    """Who has it: the people who are named for its task, else the role."""
    place: str = ""
    """The address where what it waits for is filled in; empty where that cannot be."""
    stands_still: StandsStill | None = None

    @property
    def pressing(self) -> bool:
        """Whether it is to be done before the dossier closes, or its day is near."""
        return not (self.state.term.after_closing and self.status is TermStatus.RUNNING)


@dataclass(frozen=True)
class StandsStill:
    """Since which local day a term stands still, why, and on which day it runs on by itself, if it does."""

    since: date
    reason: str
    until: date | None


def term_cards(opened: OpenedDossier, page: AnswerForm | None = None) -> list[TermCard]:
    """Return the terms, the running ones first by due day, then what is done or not needed. ``page``: the form in which
    what they wait for is filled in."""
    finished = (TermStatus.ON_TIME, TermStatus.LATE_DONE, TermStatus.NOT_NEEDED)
    names = full_names()
    cards = [
        TermCard(
            state=state,
            steps=steps_of(opened, state),
            done=state.status in finished,
            status=seen_status(opened, state),
            responsible=_who(opened, state, names),
            place="" if page is None else done_at(opened, page, state),
            stands_still=_still(opened, state),
        )
        for state in opened.decision.terms.values()
    ]
    return sorted(cards, key=lambda card: (card.done, card.state.due is None, _sort_key(card.state)))


def _who(opened: OpenedDossier, state: TermState, names: Mapping[str, str]) -> str:
    """Say who has what is to be done: the people who are named, as far as whoever looks may see that."""
    task = opened.agreement.tasks.get(state.term.task)
    role = who_acts(opened, state.responsible)
    if opened.dossier.handlers and state.term.handler_too:
        handling = ", ".join(names.get(one, one) for one in opened.dossier.handlers)
        return str(_("%(role)s, en wie het behandelt: %(names)s", role=role, names=handling))
    if task is None or (task.rows or task.by) in opened.rights.unseen:
        return role
    if state.named:
        return ", ".join(names.get(one, one) for one in state.named)
    nobody: str = _("%(role)s. Wie het doet, is nog niet gekozen.", role=role)
    return nobody


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


def _sort_key(state: TermState) -> str:
    return state.due.due.isoformat() if state.due and state.due.due else ""
