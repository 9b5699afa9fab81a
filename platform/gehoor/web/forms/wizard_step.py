"""One step of a form that is asked step by step, whoever fills it in: asking it, taking in its answers, leading on."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, replace
from typing import Any, TypeAlias, TypeVar

from flask import request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from gehoor.core.agreement.model import Agreement
from gehoor.core.forms.form import Form, Step
from gehoor.core.objections.objections import Objection
from gehoor.services.intake.unsent_forms import Unsent, keep
from gehoor.services.intake.wizard import Walk, walk
from gehoor.web.forms.answer_form import ONE_MORE, AnswerForm
from gehoor.web.forms.left_over import left_over
from gehoor.web.forms.refusals import refuse
from gehoor.web.forms.uploads import Received, own_share, receive
from gehoor.web.request.site import now, site

ON = "verder"
"""The name of the buttons that leave a step; the value says where to."""
SKIP, BACK, SAVE = "overslaan", "terug", "bewaren"
TO_CHECK = "nakijken"
"""Where a step leads back to when it was opened from the page that shows all answers (``?na=nakijken``)."""

Answer: TypeAlias = str | Response | tuple[str, int]
P = TypeVar("P", bound="Place")


@dataclass(frozen=True)
class Place(ABC):
    """Where somebody is: in which form, with what filled in so far."""

    agreement: Agreement
    form: Form
    token: str
    unsent: Unsent

    def with_answers(self: P, step: Step, answers: dict[str, Any], *, done: bool) -> P:
        """Return the place after a step."""
        unsent = replace(self.unsent.with_step(step.id, answers, done=done), language=self.language)
        return replace(self, unsent=unsent)

    def with_left_over(self: P) -> P:
        """Return the place with what was sent for fields that the form does not have any more."""
        answers = {**self.unsent.answers, **left_over(self.form, request.form)}
        return replace(self, unsent=replace(self.unsent, answers=answers))

    def walk(self) -> Walk:
        """Return the way through the form as it is now."""
        return walk(site().runtime, self.agreement, self.form, self.unsent.answers, now())

    def keep(self) -> bool:
        """Keep what was filled in. False when there is no more room."""
        return keep(site().runtime, self.token, self.unsent, now(), own_share())

    def next(self, way: Walk, here: Step) -> Step | None:
        """Return what is asked after a step; None: all answers are shown."""
        return way.after(here)

    @property
    @abstractmethod
    def language(self) -> str:
        """The language that the form is shown in."""

    @abstractmethod
    def to_step(self, step: Step | None) -> Response:
        """Lead to a step; without one, to the page that shows all answers."""

    @abstractmethod
    def to_begin(self) -> Response:
        """Lead to where the form begins."""

    @abstractmethod
    def to_save(self) -> Response:
        """Let the form stay for later."""

    @abstractmethod
    def page(self, way: Walk, step: Step, page: AnswerForm, others: list[str]) -> str:
        """Return the page that asks a step; ``others``: refusals that belong to no field of it."""

    @abstractmethod
    def no_room(self) -> str:
        """Return a page that goes on without anything being kept."""


def ask(at: Place, way: Walk, step: Step) -> Answer:
    """Show a step, or lead to one before it that is still to do."""
    first = way.to_do(at.unsent.passed)
    if first is not None and way.steps.index(first) < way.steps.index(step):
        return at.to_step(first)
    fields = [at.form.fields[name] for name in step.fields]
    page = AnswerForm(at.agreement, fields, stored=at.unsent.answers)
    page.beside = way.values
    return at.page(way, step, page, [])


def take_in(at: Place, step: Step) -> Answer:
    """Take in the answers to a step, and lead on."""
    where = request.form.get(ON, "")
    fields = [at.form.fields[name] for name in step.fields]
    sent = MultiDict() if where == SKIP else request.form
    page = AnswerForm(at.agreement, fields, sent=sent, stored=at.unsent.answers)
    received = receive(page, at.unsent.key, {}) if where != SKIP else Received(at.unsent.key)
    received.keep(page)
    after = at.with_answers(step, page.answers(), done=where not in (BACK, SAVE))
    way_on = after.walk()
    wrong = [*received.objections, *way_on.refusals(step)]
    grown = where != SKIP and page.grow(request.form.get(ONE_MORE, ""))
    if (wrong and where not in (BACK, SAVE)) or received.objections or grown:
        kept = at.with_answers(step, page.answers(), done=False)
        kept.keep()
        return _refused(kept, step, page, [] if grown and not received.objections else wrong)
    if not after.keep():
        return after.no_room()
    return _onward(after, way_on, step, where)


def _refused(at: Place, step: Step, page: AnswerForm, wrong: list[Objection]) -> Answer:
    others = refuse(page, at.agreement, at.form.id, wrong, at.form)
    way = at.walk()
    page.beside = way.values
    html = at.page(way, step, page, others)
    return (html, 422) if wrong else html


def _onward(at: Place, way: Walk, step: Step, where: str) -> Response:
    """Lead on from a step that was kept: back, to saving, to the check page, or to what comes next."""
    here = way.step(step.id)
    if where == SAVE:
        return at.to_save()
    if where == BACK:
        before = way.before(here) if here else None
        return at.to_step(before) if before else at.to_begin()
    if here is not None and where != SKIP and not set(here.fields) <= set(step.fields):
        return at.to_step(here)  # An answer brought another question of the same step.
    if request.form.get("na") == TO_CHECK or here is None:
        return at.to_step(way.to_do(at.unsent.passed))
    return at.to_step(at.next(way, here))
