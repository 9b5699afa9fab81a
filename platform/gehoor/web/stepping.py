"""One question at a time: each step has its own address, and nothing typed is lost on the way."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from flask import Blueprint, redirect, render_template, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from gehoor.core.agreement import Agreement
from gehoor.core.forms import Form, Step
from gehoor.core.objections import Objection
from gehoor.services.answers import RefusedError
from gehoor.services.opening import Opening, open_dossier, sent_before
from gehoor.services.stepping import Walk, may_skip, walk
from gehoor.services.unsent import Unsent, begin, forget, keep, new_token, open_unsent
from gehoor.web.answer_fields import ONE_MORE, AnswerForm
from gehoor.web.attaching import Received, receive, takes_files
from gehoor.web.languages import asked
from gehoor.web.limits import limited
from gehoor.web.policies import Policy, allow
from gehoor.web.public import agreement_in_force, refuse
from gehoor.web.resuming import let_stay
from gehoor.web.site import now, site
from gehoor.web.telling import to_receipt
from gehoor.web.told_forms import KEY, form_of, shared, to, translated
from gehoor.web.unsent_tokens import drop_token, hold_token, token_of

pages = Blueprint("stepping", __name__)

ON = "verder"
"""The name of the buttons that leave a step; the value says where to."""
SKIP, BACK, SAVE = "overslaan", "terug", "bewaren"
TO_CHECK = "nakijken"
"""Where a step leads back to when it was opened from the check page (``?na=nakijken``)."""


@dataclass(frozen=True)
class Place:
    """Where somebody is: in which form, in which language, with what filled in so far."""

    agreement: Agreement
    form: Form
    token: str
    unsent: Unsent

    def with_answers(self, step: Step, answers: dict[str, Any], *, done: bool) -> Place:
        """Return the place after a step."""
        unsent = replace(self.unsent.with_step(step.id, answers, done=done), language=asked())
        return replace(self, unsent=unsent)

    def walk(self) -> Walk:
        """Return the way through the form as it is now."""
        return walk(site().runtime, self.agreement, self.form, self.unsent.answers, now())

    def keep(self) -> bool:
        """Keep what was filled in, and let the browser hold its token. False when there is no more room."""
        kept = keep(site().runtime, self.token, self.unsent, now())
        if kept:
            hold_token(*self.names, self.token)
        return kept

    @property
    def names(self) -> tuple[str, str, str]:
        """The organisation, the department and the form."""
        return self.agreement.organisation, self.agreement.department, self.form.id

    def to_step(self, step: Step | None, **more: str) -> Response:
        """Lead to a step; without one, to checking the answers."""
        address = (
            to("stepping.step", self.agreement, form_id=self.form.id, step_id=step.id, **more)
            if step
            else to("stepping.check", self.agreement, form_id=self.form.id)
        )
        return redirect(address, 303)

    def to_start(self) -> Response:
        """Lead to where the form begins, when what was filled in is not there any more."""
        return redirect(to("telling.start", self.agreement, form_id=self.form.id, weg=1), 303)


def place(organisation: str, department: str, form_id: str) -> tuple[Place, bool]:
    """Return where somebody is, and whether anything was filled in before. Raises ``NotFound``."""
    agreement = agreement_in_force(organisation, department)
    form = form_of(agreement, form_id)
    token = token_of(organisation, department, form_id)
    unsent = open_unsent(site().runtime, token, now()) if token else None
    if unsent is not None:
        return Place(agreement, form, token, unsent), True
    defaults = {of.id: of.default for of in form.fields.values() if of.default is not None}
    return Place(agreement, form, new_token(), begin(organisation, department, form_id, defaults)), False


@pages.route("/<organisation>/<department>/<form_id>/vraag/<step_id>", methods=["GET", "POST"])
@allow(Policy.PUBLIC)
@limited("300 per 15 minutes")
@takes_files
def step(organisation: str, department: str, form_id: str, step_id: str) -> str | Response | tuple[str, int]:
    """Ask what one step asks, and take in its answers."""
    at, known = place(organisation, department, form_id)
    way = at.walk()
    asked = way.step(step_id)
    if asked is None or (not known and asked != way.steps[0]):
        # Gone in between, or hidden by an answer since: go on where something is still to do.
        return at.to_step(way.to_do(at.unsent.passed)) if known else at.to_start()
    if request.method == "POST":
        return _answered(at, asked)
    first = way.to_do(at.unsent.passed)
    if first is not None and way.steps.index(first) < way.steps.index(asked):
        return at.to_step(first)
    fields = [at.form.fields[name] for name in asked.fields]
    return _page(at, way, asked, AnswerForm(at.agreement, fields, stored=at.unsent.answers))


def _answered(at: Place, asked: Step) -> str | Response | tuple[str, int]:
    where = request.form.get(ON, "")
    fields = [at.form.fields[name] for name in asked.fields]
    sent = MultiDict() if where == SKIP else request.form
    page = AnswerForm(at.agreement, fields, sent=sent)
    received = receive(page, at.unsent.key, {}) if where != SKIP else Received(at.unsent.key)
    received.keep(page)
    after = at.with_answers(asked, page.answers(), done=where not in (BACK, SAVE))
    way_on = after.walk()
    wrong = [*received.objections, *way_on.refusals(asked)]
    grown = where != SKIP and page.grow(request.form.get(ONE_MORE, ""))
    if (wrong and where not in (BACK, SAVE)) or received.objections or grown:
        kept = at.with_answers(asked, page.answers(), done=False)
        kept.keep()
        return _page(kept, kept.walk(), asked, page, [] if grown and not received.objections else wrong)
    if not after.keep():
        return _no_room(after)
    return _onward(after, way_on, asked, where)


def _onward(at: Place, way: Walk, asked: Step, where: str) -> Response:
    """Lead on from a step that was kept: back, to saving, to the check page, or to what comes next."""
    here = way.step(asked.id)
    if where == SAVE:
        return let_stay(at.agreement, at.form.id)
    if where == BACK:
        before = way.before(here) if here else None
        return at.to_step(before) if before else redirect(
            to("telling.start", at.agreement, form_id=at.form.id), 303
        )  # fmt: skip
    if request.form.get("na") == TO_CHECK or here is None:
        return at.to_step(way.to_do(at.unsent.passed))
    return at.to_step(way.after(here))


def _page(
    at: Place, way: Walk, asked: Step, page: AnswerForm, wrong: list[Objection] | None = None
) -> str | tuple[str, int]:
    others = refuse(page, at.agreement, at.form.id, wrong or [], at.form)
    html = render_template(
        "public/step.html",
        **shared(at.agreement, at.form),
        form=page,
        step=asked,
        number=way.steps.index(asked) + 1,
        total=way.total(asked),
        skips=may_skip(site().runtime, at.agreement, at.form, at.unsent.answers, asked, now()),
        back=way.before(asked),
        to_check=request.values.get("na") == TO_CHECK,
        others=others,
    )
    return (html, 422) if wrong else html


def _no_room(at: Place) -> str:
    """Show the whole form with what was filled in: that way needs nothing to be kept."""
    page = AnswerForm(at.agreement, list(at.form.fields.values()), stored=at.unsent.answers)
    return render_template("public/tell.html", **shared(at.agreement, at.form), form=page, key=at.unsent.key)


@pages.route("/<organisation>/<department>/<form_id>/nakijken", methods=["GET", "POST"])
@allow(Policy.PUBLIC)
def check(organisation: str, department: str, form_id: str) -> str | Response | tuple[str, int]:
    """Show all answers once more, each with a way to change it, and send them."""
    at, known = place(organisation, department, form_id)
    if request.method == "POST":
        return _send(at, known=known)
    if not known:
        return at.to_start()
    way = at.walk()
    todo = way.to_do(at.unsent.passed)
    return at.to_step(todo) if todo else _checked(at, way, [])


def _send(at: Place, *, known: bool) -> str | Response | tuple[str, int]:
    names, key = at.names, at.unsent.key if known else request.form.get(KEY, "")
    answers = {name: given for name, given in at.unsent.answers.items() if name in at.form.fields}
    opening = Opening(*names, answers, key)
    if not known:
        # Sent by a double click, or once more from an older page: what came of it is shown again.
        earlier = sent_before(site().runtime, opening) if key else None
        return to_receipt(at.agreement, earlier) if earlier else at.to_start()
    way = at.walk()
    todo = way.to_do(at.unsent.passed)
    if todo:
        return at.to_step(todo)
    try:
        receipt = open_dossier(site().runtime, opening, now())
    except RefusedError as refusal:
        return _checked(at, way, translated(at.agreement, at.form, refusal.objections)), 422
    forget(site().runtime, at.token, now(), sent=True)
    drop_token(*names)
    return to_receipt(at.agreement, receipt)


def _checked(at: Place, way: Walk, objections: list[Objection]) -> str:
    fields = list(at.form.fields.values())
    page = AnswerForm(at.agreement, fields, stored=way.values)
    others = refuse(page, at.agreement, at.form.id, objections, at.form)
    return render_template(
        "public/check.html",
        **shared(at.agreement, at.form),
        form=page,
        steps=way.steps,
        values=way.values,
        key=at.unsent.key,
        others=others,
    )


@pages.post("/<organisation>/<department>/<form_id>/stoppen")
@allow(Policy.PUBLIC)
def stop(organisation: str, department: str, form_id: str) -> Response:
    """Wipe what was filled in, and leave the form."""
    token = token_of(organisation, department, form_id)
    if token:
        forget(site().runtime, token, now(), sent=False)
        drop_token(organisation, department, form_id)
    return redirect(to("public.department", agreement_in_force(organisation, department)), 303)
