"""Registering with a caller on the line: one question at a time, read back, and the number at once."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from gehoor.core.agreement.actions import Action
from gehoor.core.agreement.classification import Proposal
from gehoor.core.agreement.model import DOSSIER_FORM
from gehoor.core.forms.phone_form import is_filled_in
from gehoor.core.objections.objections import Objection
from gehoor.core.text.canonical_json import content_hash, dump
from gehoor.services.dossiers.incoming import Opening, Receipt
from gehoor.services.dossiers.opening import open_dossier, registered_from, sent_before
from gehoor.services.intake.read_back import note_read_back
from gehoor.services.intake.unsent_forms import forget
from gehoor.services.recording.answers import RefusedError
from gehoor.web.forms.answer_form import PREFIX, AnswerForm
from gehoor.web.forms.left_over import left_over_sentences, left_over_texts
from gehoor.web.forms.refusals import refuse
from gehoor.web.forms.uploads import takes_files
from gehoor.web.forms.wizard_step import Answer, ask, take_in
from gehoor.web.request.form_keys import Purpose, content_sent, key_sent
from gehoor.web.request.session import me
from gehoor.web.request.site import now, site
from gehoor.web.security.policies import Policy, allow
from gehoor.web.staff.registration.classification import QUESTION, filled_in_by, known_of_danger, proposal_in
from gehoor.web.staff.registration.desk_typing import forget_at_desk
from gehoor.web.staff.registration.field_groups import grouped
from gehoor.web.staff.registration.phone_calls import Call, call
from gehoor.web.staff.registration.phone_intake_form import ANYWAY, PROPOSE, hold_on
from gehoor.web.staff.registration.receipt import show_registered

pages = Blueprint("phoning", __name__, url_prefix="/medewerker")

_READ_BACK = "voorgelezen"
_TOLD = "verteld"
"""The hidden field with the digest of what the caller told, as the page shows it."""


@pages.get("/<organisation>/<department>/registreren/telefoon")
@allow(Policy.DEPARTMENT, Action.REGISTER)
def start(organisation: str, department: str) -> str | Response:
    """Lead to the first question; or ask whether to go on, when a call was being written down."""
    at, known = call(organisation, department)
    if not known:
        return at.to_first()
    todo = at.walk().to_do(at.unsent.passed)
    return render_template("staff/phone_start.html", **at.shared(), todo=todo, typed=[])


@pages.post("/<organisation>/<department>/registreren/telefoon")
@allow(Policy.DEPARTMENT, Action.REGISTER)
@takes_files
def bring(organisation: str, department: str) -> str | Response:
    """Go on at the phone with what was typed on the page to register on. A call that was being written down stays as
    it is, until whoever typed says which of the two goes on."""
    at, known = call(organisation, department)
    if not known:
        return _begin(at)
    todo = at.walk().to_do(at.unsent.passed)
    sent = request.form.items(multi=True)
    typed = [(name, value) for name, value in sent if value.strip() and name.startswith((PREFIX, QUESTION))]
    return render_template("staff/phone_start.html", **at.shared(), todo=todo, typed=typed)


@pages.route("/<organisation>/<department>/registreren/telefoon/vraag/<step_id>", methods=["GET", "POST"])
@allow(Policy.DEPARTMENT, Action.REGISTER)
@takes_files
def step(organisation: str, department: str, step_id: str) -> Answer:
    """Ask one thing, and take in the answer."""
    at, known = call(organisation, department)
    if request.method == "POST" and known:
        at = at.with_left_over()
    way = at.walk()
    asked = way.step(step_id)
    if asked is None:
        if request.method == "POST" and known:
            at.keep()
        return at.to_step(way.to_do(at.unsent.passed)) if known else redirect(at.address("start"), 303)
    return take_in(at, asked) if request.method == "POST" else ask(at, way, asked)


@pages.route("/<organisation>/<department>/registreren/telefoon/voorlezen", methods=["GET", "POST"])
@allow(Policy.DEPARTMENT, Action.REGISTER)
def read_back(organisation: str, department: str) -> Answer:
    """Show what was written down, to read aloud; and register it."""
    at, known = call(organisation, department)
    if request.method == "POST":
        return _register(at, known=known)
    todo = at.walk().to_do(at.unsent.passed)
    if not known or todo:
        return at.to_step(todo) if known else redirect(at.address("start"), 303)
    return _page(at, _last(at))


@pages.post("/<organisation>/<department>/registreren/telefoon/opnieuw")
@allow(Policy.DEPARTMENT, Action.REGISTER)
def again(organisation: str, department: str) -> str | Response:
    """Wipe what was written down, and begin with the next caller, and with what was typed of what they tell."""
    at, _known = call(organisation, department)
    forget(site().runtime, at.token, now(), sent=False)
    at, _known = call(organisation, department)
    return _begin(at)


def _begin(at: Call) -> str | Response:
    """Lead to the first question of a call. Nothing is kept while nothing was typed."""
    typed = at.with_typed(request.form)
    if typed.unsent.answers != at.unsent.answers and not typed.keep():
        return typed.no_room()
    # It goes on here, and not on the page where it was typed.
    forget_at_desk(at.at)
    return redirect(at.address("start"), 303) if typed.unsent == at.unsent else typed.to_first()


def _register(at: Call, *, known: bool) -> Answer:
    key = key_sent(Purpose.REGISTER, *at.at.place, me().name)
    once = f"{key}/{request.form.get(_TOLD, '')}/{content_sent(PREFIX, QUESTION)}"
    sent = sent_before(site().runtime, once)
    if sent:
        return show_registered(at.agreement, sent, {}, by_phone=True)
    if registered := registered_from(site().runtime, key):
        return _too_late(registered)
    if not known:
        return redirect(at.address("start"), 303)
    opening = Opening(*at.at.place, DOSSIER_FORM, {}, at.unsent.key, me().name, me().full_name, once=once)
    proposal = proposal_in(at.agreement, request.form)
    proposes = PROPOSE in request.form
    last = _last(at, filled_in_by(proposal, request.form) if proposes else request.form)
    at = _with_last(at, last, proposal)
    todo = at.walk().to_do(at.unsent.passed)
    if todo and not proposes:
        return at.to_step(todo)
    wait = {"proposes": True} if proposes else hold_on(at.at, at.unsent.answers, request.form)
    return _page(at, last, **wait) if wait else _open(at, last, replace(opening, proposal=proposal.proposed))


def _too_late(registered: Receipt) -> Answer:
    """Say that this call was registered, and that what was changed on an older page since is not in the dossier."""
    sentences = [
        _(
            "Dit gesprek werd al geregistreerd als %(number)s. Wat u daarna op deze bladzijde wijzigde, staat niet in "
            "het dossier. Wijzig het daar.",
            number=registered.number,
        )
    ]
    back = url_for("dossiers.show", dossier_id=registered.dossier)
    return render_template("staff/not_done.html", sentences=sentences, back=back), 409


def _with_last(at: Call, last: AnswerForm, proposal: Proposal) -> Call:
    """Keep what was decided last: what the message is, and that there is danger when the questions say so."""
    answers = {**at.unsent.answers, **last.answers()}
    danger = at.agreement.field_for("danger")
    if proposal.is_danger and danger in at.form.fields and danger not in last:
        answers[danger] = True
    result = replace(at, unsent=replace(at.unsent, answers=answers))
    result.keep()
    return result


def _open(at: Call, last: AnswerForm, opening: Opening) -> Answer:
    answers = {name: given for name, given in at.unsent.answers.items() if name in at.form.fields}
    try:
        receipt = open_dossier(site().runtime, replace(opening, answers=answers), now())
    except RefusedError as refusal:
        return _page(at, last, refusal.objections), 422
    forget(site().runtime, at.token, now(), sent=True)
    if request.form.get(_READ_BACK) == "ja":
        note_read_back(site().runtime, receipt.dossier, me().name, at.unsent.key, now())
    return show_registered(at.agreement, receipt, answers, by_phone=True)


def _last(at: Call, sent: Any = None) -> AnswerForm:
    """Return what is decided once the caller has told everything: what the message is."""
    groups = grouped(at.agreement, at.form.fields.values(), at.form.required)
    fields = [at.form.fields[name] for name in groups.kind if is_filled_in(at.form.fields[name])]
    return AnswerForm(at.agreement, fields, sent=sent, stored=at.unsent.answers)


def _page(at: Call, last: AnswerForm, objections: list[Objection] | None = None, **more: Any) -> str:
    way = at.walk()
    questions = at.questions(way)
    answered = request.form if request.method == "POST" else known_of_danger(at.agreement, at.said_of_danger)
    shown = AnswerForm(at.agreement, list(at.form.fields.values()), stored=way.values)
    last.beside = way.values
    others = refuse(shown, at.agreement, DOSSIER_FORM, objections or [], at.form)
    quiet = [step for step in way.steps if step not in questions and step.id not in last]
    return render_template(
        "staff/phone_read_back.html",
        **at.shared(),
        form=shown,
        last=last,
        questions=questions,
        quiet=quiet,
        values=way.values,
        key=at.unsent.key,
        told=content_hash(dump(dict(at.unsent.answers))),
        proposal=proposal_in(at.agreement, answered),
        answered=answered,
        anyway=ANYWAY in request.form,
        ids=at.at.ids,
        others=others,
        left_over=left_over_sentences(left_over_texts(at.form, at.unsent.answers)),
        **more,
    )
