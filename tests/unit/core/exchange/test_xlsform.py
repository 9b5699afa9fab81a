"""XLSForm: questions become fields, and all that does not come along is named with its row."""

from __future__ import annotations

from typing import Any

import pytest

from gehoor.core.exchange.cells import Sheet, SheetRow
from gehoor.core.exchange.xlsform import MOST_QUESTIONS, NoXlsFormError, take_form
from gehoor.core.exchange.xlsform_model import TakenForm

CHOICES = [
    {"list_name": "plek", "name": "straat", "label::Nederlands (nl)": "Op straat", "label::fr": "Rue"},
    {"list_name": "plek", "name": "Elders!", "label::Nederlands (nl)": "Elders", "label::fr": "Ailleurs"},
]


def sheet(rows: list[dict[str, Any]]) -> Sheet:
    heads = tuple(dict.fromkeys(head for row in rows for head in row))
    return Sheet(heads, tuple(SheetRow(number, row) for number, row in enumerate(rows, start=2)))


def taken(*survey: dict[str, Any], names: frozenset[str] = frozenset(), **settings: Any) -> TakenForm:
    sheets = {"survey": sheet([*survey]), "choices": sheet(CHOICES)}
    if settings:
        sheets["settings"] = sheet([settings])
    return take_form(sheets, "nl", names, "hinder")


def untaken(form: TakenForm) -> list[tuple[int, str]]:
    return [(one.row, one.code) for one in form.untaken]


def test_a_question_keeps_its_texts_in_every_language() -> None:
    form = taken(
        {"type": "select_one plek", "name": "plek", "label::Nederlands (nl)": "Waar?", "label::Français (fr)": "Où ?",
         "hint::Nederlands (nl)": "Kies", "hint::Français (fr)": "Choisissez", "required": "yes"},
        form_title="Hinder",
    )  # fmt: skip
    assert form.fields["plek"] == {
        "title": "Waar?",
        "description": "Kies",
        "type": "string",
        "oneOf": [
            {"const": "straat", "title": "Op straat", "translations": {"fr": {"title": "Rue"}}},
            {"const": "elders", "title": "Elders", "translations": {"fr": {"title": "Ailleurs"}}},
        ],
        "translations": {"fr": {"title": "Où ?", "description": "Choisissez"}},
    }
    assert (form.title, form.required, form.untaken) == ("Hinder", ("plek",), ())


def test_a_head_that_goes_on_and_on_names_no_language() -> None:
    endless = "label" + ":: " * 5000 + "Français (fr)"
    form = taken({"type": "text", "name": "naam", "label": "Hoe heet u?", endless: "Votre nom ?"})
    assert "translations" not in form.fields["naam"]


@pytest.mark.parametrize(
    ("kind", "more", "expected"),
    [
        ("text", {"appearance": "multiline"}, {"type": "string", "widget": "long-text", "maxLength": 5000}),
        ("integer", {"constraint": ". >= 1"}, {"type": "integer", "minimum": 1}),
        ("decimal", {}, {"type": "number"}),
        ("date", {}, {"type": "string", "format": "date"}),
        ("acknowledge", {}, {"type": "boolean", "const": True}),
        ("range", {"parameters": "start=0 end=10 step=1"}, {"type": "integer", "minimum": 0, "maximum": 10}),
        ("range", {"parameters": "start=0 end=100 step=10"},
         {"type": "integer", "minimum": 0, "maximum": 100, "multipleOf": 10}),
        ("range", {"parameters": "start=0 end=1 step=0.5"},
         {"type": "number", "minimum": 0.0, "maximum": 1.0, "multipleOf": 0.5}),
        ("integer", {"default": "3"}, {"type": "integer", "default": 3}),
        ("text", {"constraint": "regex(., '[0-9]+')", "constraint_message": "Cijfers"},
         {"type": "string", "maxLength": 1000, "pattern": "^(?:[0-9]+)$", "refusal": "Cijfers"}),
    ],
)  # fmt: skip
def test_a_kind_there_is_a_kind_here(kind: str, more: dict[str, Any], expected: dict[str, Any]) -> None:
    form = taken({"type": kind, "name": "x", "label": "X", **more})
    assert form.fields["x"] == {"title": "X", **expected}
    assert form.untaken == ()


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({"type": "geopoint", "name": "x"}, "kind"),
        ({"type": "calculate", "name": "x", "calculation": "1+1"}, "kind"),
        ({"type": "note", "name": "x", "label": "Dank u"}, "note"),
        ({"type": "select_one elders", "name": "x"}, "no-list"),
        ({"type": "select_one plek or_other", "name": "x"}, "or-other"),
        ({"type": "text", "name": "x", "relevant": "pulldata('a')"}, "relevant"),
        ({"type": "text", "name": "x", "constraint": "regex(., '(?=x)')"}, "constraint"),
        ({"type": "text", "name": "x", "required": "${y} = 'a'"}, "required-if"),
        ({"type": "text", "name": "x", "default": "now()"}, "default"),
        ({"type": "text", "name": "x", "label": "Dag ${naam}"}, "reference"),
        ({"type": "text", "name": "x", "read_only": "yes"}, "column"),
        ({"type": "text", "name": "Onze Naam", "label": "X"}, "renamed"),
        ({"type": "range", "name": "x", "parameters": "start=0"}, "range"),
        ({"type": "range", "name": "x", "parameters": "start=1 end=10 step=3"}, "range"),
        ({"type": "range", "name": "x", "parameters": "start=0 end=10 step=0"}, "range"),
        ({"type": "range", "name": "x", "parameters": "start=0 end=10 step=veel"}, "range"),
        ({"type": "begin_group", "name": "x"}, "open-group"),
        ({"type": "end_group"}, "open-group"),
    ],
)
def test_what_does_not_come_along_is_named_with_its_row(row: dict[str, Any], code: str) -> None:
    assert (2, code) in untaken(taken(row))


def test_a_group_is_a_step_and_its_condition_holds_for_all_in_it() -> None:
    form = taken(
        {"type": "text", "name": "a", "label": "A"},
        {
            "type": "begin group",
            "name": "g",
            "label::nl": "Groep",
            "label::fr": "Groupe",
            "relevant": "${a} = 'x'",
        },
        {"type": "text", "name": "b", "label": "B", "relevant": "${a} != 'y'"},
        {"type": "begin_group", "name": "h", "label": "Binnen"},
        {"type": "text", "name": "c", "label": "C"},
        {"type": "end_group"},
        {"type": "end group"},
        {"type": "text", "name": "d", "label": "D"},
    )
    assert [(one.fields, one.name) for one in form.steps] == [
        (("a",), ""),
        (("b", "c"), "Groep"),
        (("d",), ""),
    ]
    assert form.steps[1].translations == {"fr": {"name": "Groupe"}}
    assert form.fields["b"]["show-if"] == {"all-of": [{"a": "x"}, {"none-of": [{"a": "y"}]}]}
    assert form.fields["c"]["show-if"] == {"a": "x"}
    assert "show-if" not in form.fields["d"]


def test_nothing_of_a_group_that_repeats_comes_along() -> None:
    form = taken(
        {"type": "begin_repeat", "name": "r"},
        {"type": "text", "name": "a"},
        {"type": "end_repeat"},
        {"type": "text", "name": "b"},
    )
    assert [*form.fields] == ["b"]
    assert untaken(form) == [(2, "repeat"), (3, "in-repeat")]


def test_a_condition_on_what_did_not_come_along_is_told() -> None:
    form = taken({"type": "geopoint", "name": "g"}, {"type": "text", "name": "b", "relevant": "${g} != ''"})
    assert untaken(form) == [(2, "kind"), (3, "relevant")]


def test_a_name_that_is_taken_gets_another_and_conditions_follow() -> None:
    form = taken(
        {"type": "text", "name": "onderwerp"}, {"type": "text", "name": "b", "relevant": "${onderwerp} = 'x'"},
        names=frozenset({"onderwerp"}),
    )  # fmt: skip
    assert form.fields["b"]["show-if"] == {"hinder_onderwerp": "x"}


def test_names_that_come_to_the_same_stay_apart() -> None:
    form = taken(
        {"type": "text", "name": "a b"}, {"type": "text", "name": "a-b"}, {"type": "text", "name": "A_B"}
    )
    assert len(form.fields) == 3


def test_a_text_is_without_markup_and_steers_nothing() -> None:
    form = taken(
        {"type": "text", "name": "x", "label": "<span style='color:red'>Wat</span> **is** \u202eer?<script>"}
    )
    assert form.fields["x"]["title"] == "Wat is er?"


def test_what_a_device_notes_by_itself_is_not_missed() -> None:
    assert taken({"type": "start", "name": "start"}, {"type": "text", "name": "x"}).untaken == ()


@pytest.mark.parametrize("sheets", [{}, {"survey": Sheet()}, {"choices": sheet(CHOICES)}])
def test_a_workbook_without_questions_is_no_form(sheets: dict[str, Sheet]) -> None:
    with pytest.raises(NoXlsFormError):
        take_form(sheets, "nl", frozenset(), "x")


def test_more_questions_than_fit_are_refused() -> None:
    with pytest.raises(NoXlsFormError):
        taken(*({"type": "text", "name": f"v{number}"} for number in range(MOST_QUESTIONS + 1)))
