"""Markup that was cut beforehand says to the letter what its template says, whatever the answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from gehoor.core.decision.model import Reason, Requirement
from gehoor.core.forms.fields import Choice, Field
from gehoor.web.forms.answer_form import AnswerForm
from gehoor.web.forms.markup import StandIn, cut
from gehoor.web.forms.rendering import answer, answers
from tests.support.de_linde import agreement
from tests.support.site import new_site

FIELDS = [
    field
    for form in agreement().forms.values()
    for field in form.fields.values()
    if field.kind not in ("groups", "attachments")
]
HOSTILE = [
    '"><script>alert(1)</script>',
    "{{ 7 * 7 }}",
    "&amp;",
    "\ue000",
    "\ue001ja checked\ue002",
    "a\n\nb",
    "'",
]
MARKS = (
    (
        "Afgesloten",
        Requirement(
            "afgerond", "afgesloten", Reason("regel-1", "Omdat <het> moet.", "regels.yaml:3", "Art. 1")
        ),
    ),
)


@pytest.fixture(scope="module", autouse=True)
def page() -> Iterator[Flask]:
    """Render as in a request."""
    app = new_site().app
    with app.test_request_context():
        yield app


def as_template_says(app: Flask, form: AnswerForm, name: str, required: bool, marks: Any) -> str:
    template: Any = app.jinja_env.get_template("parts/fields.html")
    return str(template.module.field_block(form[name], required, marks, ""))


def values_of(field: Field) -> list[Any]:
    """Return answers of every sort to a field, and what someone may have typed instead."""
    codes = [choice.code for choice in field.choices]
    match field.kind:
        case "choice":
            return [*codes, *HOSTILE]
        case "choices":
            return [codes, codes[:1], ["weg"], *([text] for text in HOSTILE)]
        case "boolean":
            return [True, False, "ja", *HOSTILE]
        case "integer":
            return [0, 7, "zeven", *HOSTILE]
        case "instant":
            return ["2026-03-27T09:00:00+01:00", *HOSTILE]
    return ["Gewoon", *HOSTILE]


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.id)
@pytest.mark.parametrize("required", [False, True])
@pytest.mark.parametrize("marks", [(), MARKS], ids=["not needed", "needed"])
def test_every_field_of_a_form_is_as_its_template_says(
    page: Flask, field: Field, required: bool, marks: Any
) -> None:
    for value in [None, *values_of(field)]:
        form = AnswerForm(agreement(), [field], stored={} if value is None else {field.id: value})
        quick = answer(form, field.id, required=required, marks=marks)
        assert quick == as_template_says(page, form, field.id, required, marks), value


@given(st.text())
def test_a_text_is_shown_to_the_letter(page: Flask, typed: str) -> None:
    field = agreement().dossier_form.fields["onderwerp"]
    form = AnswerForm(agreement(), [field], stored={field.id: typed})
    assert answer(form, field.id) == as_template_says(page, form, field.id, False, ())


def test_a_refusal_stands_at_its_field_and_what_was_typed_stays(page: Flask) -> None:
    field = agreement().dossier_form.fields["onderwerp"]
    form = AnswerForm(agreement(), [field], stored={field.id: "Soep"})
    before = answer(form, field.id)
    form[field.id].refuse("Te kort.")
    after = answer(form, field.id)
    assert "Te kort." not in before
    assert "Te kort." in after
    assert 'value="Soep"' in after


def test_a_code_that_was_retired_is_shown_where_it_was_chosen_and_nowhere_else(page: Flask) -> None:
    drager = agreement().dossier_form.fields["drager"]
    field = replace(drager, choices=(*drager.choices, Choice("fax", "Fax", retired=True)))
    with_fax = answers(AnswerForm(agreement(), [field], stored={"drager": ["fax"]}), ())
    without = answers(AnswerForm(agreement(), [field], stored={"drager": ["telefoon"]}), ())
    assert 'value="fax" checked' in with_fax
    assert 'value="fax"' not in without


def test_two_agreements_ask_the_same_field_each_in_its_own_words(page: Flask) -> None:
    field = agreement().dossier_form.fields["onderwerp"]
    other = replace(field, label="Waarover gaat het?")
    assert "Waarover gaat het?" in answers(AnswerForm(agreement(), [other]), ())
    assert "Waarover gaat het?" not in answers(AnswerForm(agreement(), [field]), ())


def test_a_label_that_looks_like_a_mark_is_not_taken_for_one() -> None:
    field = replace(agreement().dossier_form.fields["onderwerp"], label="\ue000")
    stand_in = StandIn(field, "v_x")
    assert cut(field, f"<label>{field.label}</label><input value='{stand_in.shown}'>") is None
