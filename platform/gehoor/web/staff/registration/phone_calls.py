"""Where somebody is who registers with a caller on the line. What they typed is kept for them, whatever happens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from gehoor.core.agreement.model import DOSSIER_FORM
from gehoor.core.forms.form import Step
from gehoor.core.forms.meanings import says_yes
from gehoor.core.forms.phone_form import filled_in_by_phone, is_filled_in, phone_form, spoken_languages
from gehoor.services.intake.unsent_forms import Unsent, open_unsent, token_for
from gehoor.services.intake.wizard import Walk, may_skip
from gehoor.services.recording.answers import filled_in
from gehoor.services.search.duplicate_detection import Earlier, earlier
from gehoor.web.forms.answer_form import AnswerForm
from gehoor.web.forms.wizard_step import TO_CHECK, Place
from gehoor.web.request.form_keys import Purpose, new_key
from gehoor.web.request.session import me
from gehoor.web.request.site import now, site
from gehoor.web.staff.registration.classification import proposal_in
from gehoor.web.staff.registration.phone_intake_form import Desk, desk

SPEAK = "spreek"
"""The part of an address that says in which language the caller is spoken to."""


@dataclass(frozen=True)
class Call(Place):
    """A call that is being written down. Its token is made from who writes it down and where, so that a session that
    ended or a browser that fell over loses nothing."""

    at: Desk

    @property
    def language(self) -> str:
        """The language in which the caller is spoken to."""
        return request.args.get(SPEAK, "") or self.unsent.language or self.agreement.languages[0]

    def next(self, way: Walk, here: Step) -> Step | None:
        """Return the next question; what is filled in already is not asked."""
        following = way.after(here)
        return following if following in self.questions(way) else way.to_do(self.unsent.passed)

    def questions(self, way: Walk) -> Sequence[Step]:
        """Return the steps that are asked."""
        return [step for step in way.steps if not self.is_known(step)]

    def is_known(self, step: Step) -> bool:
        """Whether a step needs no question: its answer stands there already."""
        return is_filled_in(self.form.fields[step.id])

    def address(self, endpoint: str, **parts: Any) -> str:
        """Return the address of another page of this call."""
        organisation, department = self.at.place
        return url_for(f"phoning.{endpoint}", organisation=organisation, department=department, **parts)

    def to_step(self, step: Step | None) -> Response:
        """Lead to a step; without one, to reading back."""
        return redirect(self.address("step", step_id=step.id) if step else self.address("read_back"), 303)

    def to_first(self) -> Response:
        """Lead to the first question."""
        questions = self.questions(self.walk())
        return self.to_step(questions[0] if questions else None)

    def to_begin(self) -> Response:
        """Lead to where registering begins: what was typed stays."""
        organisation, department = self.at.place
        return redirect(url_for("registering.begin", organisation=organisation, department=department), 303)

    def to_save(self) -> Response:
        """Lead to where registering begins: everything is kept anyway."""
        return self.to_begin()

    def earlier(self) -> Earlier:
        """Return what the caller told before, as far as whoever answers may know."""
        return earlier(site().runtime, self.agreement, me(), self.unsent.answers, now())

    @property
    def danger(self) -> bool:
        """Whether the caller said that there is danger."""
        return says_yes(self.said_of_danger)

    @property
    def said_of_danger(self) -> Any:
        """Whether there is danger, when the caller was asked; else nothing."""
        name = self.agreement.field_for("danger")
        asked = name in self.form.fields and not is_filled_in(self.form.fields[name])
        return self.unsent.answers.get(name) if asked and name in self.unsent.passed else None

    def shared(self) -> dict[str, Any]:
        """Return what every page of a call shows."""
        return {
            "agreement": self.agreement,
            "agreed": self.form,
            "required": self.form.required,
            "at": self,
            "language": self.language,
            "languages": spoken_languages(self.agreement.dossier_form, self.agreement.languages),
            "earlier": self.earlier(),
        }

    def page(self, way: Walk, step: Step, page: AnswerForm, others: list[str]) -> str:
        """Return the page that asks a step."""
        questions = self.questions(way)
        return render_template(
            "staff/phone_step.html",
            **self.shared(),
            form=page,
            field=self.form.fields[step.id],
            number=questions.index(step) + 1 if step in questions else 0,
            total=len([one for one in way.seen_from(step) if not self.is_known(one)]),
            skips=may_skip(site().runtime, self.agreement, self.form, self.unsent.answers, step, now()),
            back=way.before(step),
            to_check=request.values.get("na") == TO_CHECK,
            others=others,
        )

    def with_typed(self, sent: MultiDict[str, str]) -> Call:
        """Return the call with what was typed on the page to register on. What stood there already is left as a call
        has it: nobody said it."""
        fields = list(self.form.fields.values())
        typed = AnswerForm(self.agreement, fields, sent=sent).answers()
        there = filled_in(self.agreement, self.agreement.dossier_form, me().full_name, now())
        by_phone = filled_in_by_phone(fields)
        mine = {
            name: given
            for name, given in typed.items()
            if given not in ("", []) and given != there.get(name) and name not in by_phone
        }
        danger = self.agreement.field_for("danger")
        if danger in self.form.fields and proposal_in(self.agreement, sent).is_danger:
            mine[danger] = True
        return replace(self, unsent=replace(self.unsent, answers={**self.unsent.answers, **mine}))

    def no_room(self) -> str:
        """Show the page to register on with what was filled in: that way needs nothing to be kept."""
        page = AnswerForm(self.agreement, self.at.fields, stored=self.unsent.answers)
        return self.at.page(page, self.unsent.key)


def call(organisation: str, department: str) -> tuple[Call, bool]:
    """Return the call that whoever is signed in is writing down, and whether anything was written down before."""
    at = desk(organisation, department)
    token = token_for(site().runtime, "call", organisation, department, me().name)
    unsent = open_unsent(site().runtime, token, now())
    known = unsent is not None
    asked = {of.id for of in at.fields}
    if unsent is None:
        form = phone_form(at.agreement.dossier_form, asked, at.required)
        there = filled_in(at.agreement, form, me().full_name, now())
        # Of what nobody asks here, the dossier has its own.
        there = {name: given for name, given in there.items() if name in form.fields}
        given = {**there, **filled_in_by_phone(form.fields.values())}
        passed = tuple(of.id for of in form.fields.values() if is_filled_in(of))
        key = new_key(Purpose.REGISTER, organisation, department, me().name)
        unsent = Unsent(organisation, department, DOSSIER_FORM, key, given, passed)
    made = Call(at.agreement, at.agreement.dossier_form, token, unsent, at)
    spoken = at.agreement.form_in(DOSSIER_FORM, made.language)
    return replace(made, form=phone_form(spoken, asked, at.required)), known
