"""Which questions stand together on a page for people outside."""

from __future__ import annotations

from typing import Any

from gehoor.core.conditions.facts import FactType
from gehoor.core.forms.form import Form
from gehoor.core.forms.parse import build_form
from gehoor.core.forms.steps import narrowed, steps_of
from gehoor.core.forms.translations import in_language

TYPES = {"anoniem": FactType.BOOLEAN}


def form(**more: Any) -> Form:
    text = {"type": "string"}
    named = {**text, "show-if": {"anoniem": False}}
    fields = {
        "verhaal": text, "plaats": text, "anoniem": {"type": "boolean"},
        "naam": named, "telefoon": named, "datum": text,
    }  # fmt: skip
    return build_form("melden", {"title": "Vertel", "properties": fields, **more}, TYPES)


def asked(of: Form) -> list[tuple[str, ...]]:
    return [step.fields for step in steps_of(of)]


def test_each_question_has_a_page_but_neighbours_asked_in_the_same_case_share_one() -> None:
    assert asked(form()) == [("verhaal",), ("plaats",), ("anoniem",), ("naam", "telefoon"), ("datum",)]


def test_questions_of_which_one_is_needed_stand_together_wherever_they_are() -> None:
    group = {"fields": ["plaats", "datum"], "refusal": "Zeg waar of wanneer."}
    assert asked(form(**{"at-least-one": [group]}))[1] == ("plaats", "datum")


def test_what_was_agreed_goes_before_what_is_usual() -> None:
    steps = [{"fields": ["verhaal", "plaats", "datum"]}, {"fields": ["anoniem", "naam", "telefoon"]}]
    assert asked(form(steps=steps)) == [("verhaal", "plaats", "datum"), ("anoniem", "naam", "telefoon")]


def test_a_step_asks_only_what_is_shown_and_keeps_its_place() -> None:
    steps = steps_of(form(steps=[{"fields": ["naam", "plaats"]}, {"fields": ["telefoon"]}]))
    (step,) = narrowed(steps, {"plaats"})
    assert (step.id, step.fields) == ("naam", ("plaats",))


def test_a_step_is_called_in_the_language_of_the_reader() -> None:
    said = {"fr": {"name": "Qui ?", "explanation": "Au choix."}}
    of = form(steps=[{"fields": ["naam"], "name": "Wie?", "explanation": "Mag.", "translations": said}])
    (step,) = in_language(of, "fr", "nl").steps
    assert (step.name, step.explanation, step.langs) == (
        "Qui ?",
        "Au choix.",
        {"title": "fr", "description": "fr"},
    )
