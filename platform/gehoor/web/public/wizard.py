"""One question at a time: each step has its own address, and nothing typed is lost on the way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from gehoor.core.forms.form import Step
from gehoor.core.objections.objections import Objection
from gehoor.core.text.canonical_json import content_hash, dump
from gehoor.services.access.manned import is_open
from gehoor.services.correspondence.announcing import acknowledging
from gehoor.services.dossiers.incoming import Opening
from gehoor.services.dossiers.opening import open_dossier, sent_before
from gehoor.services.intake.unsent_forms import Unsent, forget, new_token, open_unsent, sent_as
from gehoor.services.intake.wizard import Walk, refused_empty
from gehoor.services.recording.answers import RefusedError, known_beforehand
from gehoor.services.recording.attachments import waiting_content
from gehoor.web.forms.answer_form import AnswerForm
from gehoor.web.forms.left_over import left_over_sentences, left_over_texts
from gehoor.web.forms.refusals import refuse
from gehoor.web.forms.uploads import as_preview, takes_files, with_previews
from gehoor.web.forms.wizard_step import TO_CHECK, Place, ask, take_in
from gehoor.web.public.form_lookup import form_of, one_of, shared, to, translated
from gehoor.web.public.public_form import to_receipt
from gehoor.web.public.receipts import hold_receipt, receipt_of
from gehoor.web.public.resume import let_stay
from gehoor.web.public.unsent_tokens import drop_token, hold_token, token_of
from gehoor.web.request.agreement_in_force import agreement_in_force
from gehoor.web.request.form_keys import KEY, Purpose, new_key
from gehoor.web.request.languages import asked
from gehoor.web.request.site import now, site
from gehoor.web.security.policies import Policy, allow
from gehoor.web.security.rate_limits import limited

pages = Blueprint("stepping", __name__)


@dataclass(frozen=True)
class Telling(Place):
    """Where somebody outside is: their browser holds the token, and they may speak another language."""

    @property
    def language(self) -> str:
        """The language that was asked for."""
        return asked()

    @property
    def names(self) -> tuple[str, str, str]:
        """The organisation, the department and the form."""
        return self.agreement.organisation, self.agreement.department, self.form.id

    def keep(self) -> bool:
        """Keep what was filled in, and let the browser hold its token. False when there is no more room."""
        kept = super().keep()
        if kept:
            hold_token(*self.names, self.token)
        return kept

    def to_step(self, step: Step | None) -> Response:
        """Lead to a step; without one, to checking the answers."""
        address = (
            to("stepping.step", self.agreement, form_id=self.form.id, step_id=step.id)
            if step
            else to("stepping.check", self.agreement, form_id=self.form.id)
        )
        return redirect(address, 303)

    def to_begin(self) -> Response:
        """Lead to where the form begins."""
        return redirect(to("telling.start", self.agreement, form_id=self.form.id), 303)

    def to_start(self) -> Response:
        """Lead to where the form begins, when what was filled in is not there any more."""
        return redirect(to("telling.start", self.agreement, form_id=self.form.id, weg=1), 303)

    def to_save(self) -> Response:
        """Let the form stay for later, under a code."""
        return let_stay(self.agreement, self.form.id)

    def page(self, way: Walk, step: Step, page: AnswerForm, others: list[str]) -> str:
        """Return the page that asks a step."""
        empty = refused_empty(site().runtime, self.agreement, self.form, self.unsent.answers, step, now())
        asked_here = shared(self.agreement, self.form)
        must = {*asked_here["required"], *(one.field for one in empty if one.code == "required")}
        missing = {one.details["refusal"] for one in empty if one.code == "at-least-one"}
        with_previews(page, self._preview)
        return render_template(
            "public/step.html",
            **{**asked_here, "required": must, "one_of": one_of(self.form, missing)},
            form=page,
            step=step,
            number=way.steps.index(step) + 1,
            total=way.total(step),
            skips=not empty,
            back=way.before(step),
            to_check=request.values.get("na") == TO_CHECK,
            others=others,
        )

    def _preview(self, file_id: str) -> str:
        return to("stepping.preview", self.agreement, form_id=self.form.id, file_id=file_id)

    def no_room(self) -> str:
        """Show the whole form with what was filled in: that way needs nothing to be kept."""
        page = AnswerForm(self.agreement, list(self.form.fields.values()), stored=self.unsent.answers)
        page.beside = known_beforehand(self.agreement, self.form, now())
        return render_template(
            "public/tell.html", **shared(self.agreement, self.form), form=page, key=self.unsent.key
        )


def place(organisation: str, department: str, form_id: str) -> tuple[Telling, bool]:
    """Return where somebody is, and whether anything was filled in before. Raises ``NotFound``."""
    agreement = agreement_in_force(organisation, department)
    form = form_of(agreement, form_id)
    token = token_of(organisation, department, form_id)
    unsent = open_unsent(site().runtime, token, now()) if token else None
    if unsent is not None:
        return Telling(agreement, form, token, unsent), True
    defaults = {of.id: of.default for of in form.fields.values() if of.default is not None}
    key = new_key(Purpose.TELL, organisation, department, form_id)
    return Telling(
        agreement, form, new_token(), Unsent(organisation, department, form_id, key, defaults)
    ), False


@pages.route("/<organisation>/<department>/<form_id>/vraag/<step_id>", methods=["GET", "POST"])
@allow(Policy.PUBLIC)
@limited(5_000)
@takes_files
def step(organisation: str, department: str, form_id: str, step_id: str) -> str | Response | tuple[str, int]:
    """Ask what one step asks, and take in its answers."""
    at, known = place(organisation, department, form_id)
    if request.method == "POST" and known:
        at = at.with_left_over()
    way = at.walk()
    if not known and request.method != "POST" and not is_open(site().runtime, at.agreement, now()):
        return redirect(to("public.department", at.agreement), 303)
    asked = way.step(step_id)
    if asked is None or (not known and asked != way.steps[0]):
        # Gone in between, or hidden by an answer since: go on where something is still to do.
        if request.method == "POST" and known:
            at.keep()
        return at.to_step(way.to_do(at.unsent.passed)) if known else at.to_start()
    return take_in(at, asked) if request.method == "POST" else ask(at, way, asked)


@pages.get("/<organisation>/<department>/<form_id>/bijlage/<file_id>")
@allow(Policy.PUBLIC)
@limited(1_000)
def preview(organisation: str, department: str, form_id: str, file_id: str) -> Response:
    """Give a small picture of a photo that was added and not sent yet, to the browser that added it."""
    at, known = place(organisation, department, form_id)
    found = waiting_content(site().runtime, at.unsent.key, file_id) if known else None
    if found is None:
        raise NotFound
    return as_preview(*found)


@pages.route("/<organisation>/<department>/<form_id>/nakijken", methods=["GET", "POST"])
@allow(Policy.PUBLIC)
@limited(300)
def check(organisation: str, department: str, form_id: str) -> str | Response | tuple[str, int]:
    """Show all answers once more, each with a way to change it, and send them."""
    at, known = place(organisation, department, form_id)
    if request.method == "POST":
        return _send(at, known=known)
    if not known:
        return to_receipt(at.agreement) if receipt_of(at.names) else at.to_start()
    way = at.walk()
    todo = way.to_do(at.unsent.passed)
    return at.to_step(todo) if todo else _checked(at, way, [])


def _send(at: Telling, *, known: bool) -> str | Response | tuple[str, int]:
    names = at.names
    if not known:
        return _sent_before(at)
    way = at.walk()
    todo = way.to_do(at.unsent.passed)
    if todo:
        return at.to_step(todo)
    answers = {name: given for name, given in at.unsent.answers.items() if name in at.form.fields}
    if request.form.get(KEY, "") != _digest(answers):
        # Somebody typed something else since, in another window: what goes is what was read here.
        return _checked(at, way, [], changed=True), 422
    once = sent_as(at.token, _digest(answers))
    try:
        open_dossier(
            site().runtime,
            Opening(
                *names,
                answers,
                at.unsent.key,
                once=once,
                language=asked(),
                acknowledging=acknowledging(site().runtime),
            ),
            now(),
        )
    except RefusedError as refusal:
        return _checked(at, way, translated(at.agreement, at.form, refusal.objections)), 422
    forget(site().runtime, at.token, now(), sent=True)
    drop_token(*names)
    hold_receipt(names, once)
    return to_receipt(at.agreement)


def _sent_before(at: Telling) -> Response:
    """Show once more what came of a form that is not there any more: it was sent by a double click, whose second half
    still has the token, or from a page that was left open."""
    token = token_of(*at.names)
    once = sent_as(token, request.form.get(KEY, ""))
    if token and sent_before(site().runtime, once):
        drop_token(*at.names)
        hold_receipt(at.names, once)
        return to_receipt(at.agreement)
    return to_receipt(at.agreement) if receipt_of(at.names) else at.to_start()


def _digest(answers: Mapping[str, Any]) -> str:
    return content_hash(dump(dict(answers)))


def _checked(at: Telling, way: Walk, objections: list[Objection], *, changed: bool = False) -> str:
    fields = list(at.form.fields.values())
    page = AnswerForm(at.agreement, fields, stored=way.values)
    others = refuse(page, at.agreement, at.form.id, objections, at.form)
    if changed:
        others = [
            *others,
            _("Dit is intussen gewijzigd, in een ander venster. Kijk het na en verstuur het dan."),
        ]
    return render_template(
        "public/check.html",
        **shared(at.agreement, at.form),
        form=page,
        steps=way.steps,
        values=way.values,
        key=_digest({name: given for name, given in at.unsent.answers.items() if name in at.form.fields}),
        others=others,
        left_over=left_over_sentences(left_over_texts(at.form, at.unsent.answers)),
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
