"""Refused answers on a page: each objection at its field, in the language of the page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Final

from flask_babel import gettext

from gehoor.core.agreement.model import Agreement
from gehoor.core.forms.fields import Field
from gehoor.core.forms.form import Form
from gehoor.core.objections.objections import ASKS_REASON, Objection
from gehoor.core.wording.objections import asked_field
from gehoor.web.display.filters import day, number
from gehoor.web.forms.answer_form import AnswerForm
from gehoor.web.request.languages import said


def refuse(
    page: AnswerForm,
    agreement: Agreement,
    form_id: str,
    objections: list[Objection],
    shown: Form | None = None,
) -> list[str]:
    """Put each objection at its field; returns the sentences that belong to no field of this page.

    ``shown``: the form in the language of the page, when that is another.
    """
    form = shown or agreement.forms[form_id]
    others = []
    for objection in objections:
        of = form.fields.get(objection.field) or agreement.dossier_form.fields.get(objection.field)
        sentence = objection_sentence(objection, of)
        if not page.refuse(objection, sentence):
            others.append(
                f"{said().objections.place(objection, of, say=gettext)}: {sentence}" if of else sentence
            )
    return others


def objection_sentence(objection: Objection, of: Field | None) -> str:
    """Return what an objection says in the language of the page. ``of``: the field that it is at."""
    asked = asked_field(objection, of)
    label = asked.label if asked else objection.member or objection.field
    return said().objections.text(_as_shown(objection, asked), label, say=gettext, show=day, number=number)


def refuse_fields(
    page: AnswerForm, fields: Mapping[str, Field], objections: Iterable[Objection]
) -> list[str]:
    """Put each objection at its field, of a page that asks a few fields of a dossier, or of a row; returns the
    sentences that belong to no field of this page."""
    others = []
    for objection in objections:
        of = fields.get(objection.field)
        label = of.label if of else ""
        sentence = said().objections.text(
            _as_shown(objection, of), label, say=gettext, show=day, number=number
        )
        if not page.refuse(objection, sentence):
            others.append(sentence)
    return others


def reason_asked(objections: Iterable[Objection], reason: str = "") -> str:
    """Return the question to which somebody gives the reason that objections ask for, by what they object to; none
    where they ask for none. ``reason``: what was given before, which stays to be seen."""
    codes = {one.code for one in objections} & ASKS_REASON
    if len(codes) == 1:
        return _QUESTIONS[codes.pop()]()
    return gettext("Waarom mag dit zo?") if codes or reason else ""


_QUESTIONS: Final[Mapping[str, Callable[[], str]]] = {
    "change-needs-reason": lambda: gettext("Waarom wijzigt u dit antwoord?"),
    "hides-lateness": lambda: gettext("Waarom is dit niet meer te laat?"),
    "closes-unanswered": lambda: gettext("Waarom hoeft er geen antwoord meer te komen?"),
    "letter-unwished": lambda: gettext("Waarom gaat de brief anders dan gevraagd?"),
    "ends-undone": lambda: gettext("Waarom hoeft wat nog loopt niet meer?"),
}


def _as_shown(objection: Objection, asked: Field | None) -> Objection:
    """Call the choices that an objection names as the page does."""
    codes = objection.details.get("codes", ())
    if not codes or asked is None:
        return objection
    labels = tuple(choice.label for choice in asked.choices if choice.code in codes)
    return replace(objection, details={**objection.details, "choices": labels})
