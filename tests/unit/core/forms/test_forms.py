"""Forms: answers held against what was agreed, field by field."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from gehoor.core.conditions.facts import FactType
from gehoor.core.forms.form import LONGEST_ANSWER, FieldFault, Form, ValueValidator
from gehoor.core.forms.parse import build_field, build_form, fact_types

NAME = {"type": "string", "minLength": 2, "maxLength": 10}
CHANNELS = {
    "oneOf": [{"const": "brief", "title": "Brief"}, {"const": "fax", "title": "Fax", "deprecated": True}]
}


def form(**properties: Any) -> Form:
    return build_form("melden", {"title": "Vertel het ons", "properties": properties}, {})


def faults(schema: dict[str, Any], value: Any) -> list[str]:
    return [fault.rule for fault in form(veld=schema).faults({"veld": value})]


@pytest.mark.parametrize(
    ("schema", "value", "rule"),
    [
        (NAME, "E", "minLength"),
        (NAME, "E" * 11, "maxLength"),
        ({"type": "string", "pattern": "^[0-9]+$"}, "12a", "pattern"),
        ({"type": "string", "format": "email"}, "els", "format"),
        ({"type": "string", **CHANNELS}, "duif", "oneOf"),
        ({"type": "string", "enum": ["rood"]}, "blauw", "enum"),
        ({"type": "array", "items": CHANNELS}, ["brief", "duif"], "oneOf"),
        ({"type": "array", "items": CHANNELS, "minItems": 2}, ["brief"], "minItems"),
        ({"type": "array", "items": CHANNELS, "uniqueItems": True}, ["brief", "brief"], "uniqueItems"),
        ({"type": "integer", "minimum": 1}, 0, "minimum"),
        ({"type": "integer", "maximum": 5}, 6, "maximum"),
        ({"type": "number", "multipleOf": Decimal("0.5")}, "1.7", "multipleOf"),
        ({"type": "number", "minimum": 0}, "-0.01", "minimum"),
    ],
)
def test_an_answer_that_was_not_agreed_is_a_fault(schema: dict[str, Any], value: Any, rule: str) -> None:
    assert faults(schema, value) == [rule]


@pytest.mark.parametrize(
    ("schema", "value"),
    [
        (NAME, "Els"),
        ({"type": "string", "format": "email"}, "els@voorbeeld.be"),
        ({"type": "string", "format": "date"}, "2026-03-27"),
        ({"type": "string", "format": "date-time"}, "2026-03-27T09:00:00+01:00"),
        ({"type": "string", **CHANNELS}, "brief"),
        ({"type": "integer", "minimum": 1}, 1),
        ({"type": "number", "multipleOf": Decimal("0.01")}, "12.35"),
        ({"type": "boolean"}, False),
    ],
)
def test_an_agreed_answer_is_no_fault(schema: dict[str, Any], value: Any) -> None:
    assert faults(schema, value) == []


ROWS: dict[str, Any] = {
    "type": "array",
    "minItems": 1,
    "items": {
        "required": ["naam"],
        "properties": {"naam": NAME, "bedrag": {"type": "number", "multipleOf": Decimal("0.01")}},
    },
}


def test_an_answer_has_an_end_also_where_its_form_says_none() -> None:
    assert faults({"type": "string"}, "x" * LONGEST_ANSWER) == []
    assert faults({"type": "string"}, "x" * (LONGEST_ANSWER + 1)) == ["maxLength"]
    assert faults({"type": "string", "maxLength": 200_000}, "x" * 200_000) == []


def test_a_fault_in_a_row_names_the_row_and_the_member() -> None:
    rows = [{"naam": "Els", "bedrag": "12.35"}, {"bedrag": "12.355"}, {"naam": "E"}]
    assert form(lijst=ROWS).faults({"lijst": rows}) == [
        FieldFault("lijst", "required", None, 2, "naam"),
        FieldFault("lijst", "multipleOf", Decimal("0.01"), 2, "bedrag"),
        FieldFault("lijst", "minLength", 2, 3, "naam"),
    ]


@pytest.mark.parametrize(("agreed", "number"), [({}, 51), ({"maxItems": 2}, 3)])
def test_a_list_has_no_more_rows_than_were_agreed(agreed: dict[str, int], number: int) -> None:
    assert faults({**ROWS, **agreed}, [{"naam": "Els"}] * number) == ["maxItems"]
    assert faults({**ROWS, **agreed}, [{"naam": "Els"}] * (number - 1)) == []


def test_equal_rows_are_refused_where_that_was_agreed() -> None:
    assert faults({**ROWS, "uniqueItems": True}, [{"naam": "Els"}] * 2) == ["uniqueItems"]


def test_a_list_knows_its_members_and_what_a_row_is_called() -> None:
    data = {"type": "array", "items": {**ROWS["items"], "title": "Naam"}}
    field = build_field("lijst", data, {})
    assert (field.kind, [*field.members], field.row_title) == ("groups", ["naam", "bedrag"], "Naam")
    assert field.required_members == {"naam"}
    assert fact_types({"properties": {"lijst": data}}) == {
        "lijst": FactType.GROUPS,
        "lijst.naam": FactType.TEXT,
        "lijst.bedrag": FactType.DECIMAL,
    }


def test_an_answer_to_no_question_is_a_fault() -> None:
    assert form(naam=NAME).faults({"schoenmaat": 43}) == [FieldFault("schoenmaat", "unknown", None)]


def test_each_field_has_its_own_fault_and_absence_is_none() -> None:
    found = form(naam=NAME, roepnaam=NAME, bijnaam=NAME).faults({"naam": "E", "roepnaam": "Els"})
    assert found == [FieldFault("naam", "minLength", 2)]


def test_no_answer_keeps_a_pattern_busy() -> None:
    # Python's own matcher would take longer over this than the world has existed.
    assert faults({"type": "string", "pattern": "^(a+)+$"}, "a" * 5000 + "!") == ["pattern"]


def test_a_field_holds_all_that_was_agreed_about_it() -> None:
    field = build_field(
        "drager",
        {
            "title": "Hoe kwam het binnen?", "description": "Kies een weg.", "type": "string", **CHANNELS,
            "phase": "ontvangst", "meaning": "channel", "at-opening": True, "required-before": "ontvangst",
            "fixed-after": "geregistreerd", "autocomplete": "off", "personal-data": "P0", "automatic": "today",
            "readOnly": True, "default": "brief",
        },
        {},
    )  # fmt: skip
    assert [(choice.code, choice.label, choice.retired) for choice in field.choices] == [
        ("brief", "Brief", False),
        ("fax", "Fax", True),
    ]
    assert (field.label, field.help, field.kind, field.phase) == (
        "Hoe kwam het binnen?", "Kies een weg.", "choice", "ontvangst",
    )  # fmt: skip
    assert (field.meaning, field.at_opening, field.required_before) == ("channel", True, "ontvangst")
    assert (field.fixed_after, field.autocomplete, field.personal_data) == ("geregistreerd", "off", "P0")
    assert (field.automatic, field.read_only, field.default) == ("today", True, "brief")


def test_what_a_form_says_of_a_field_is_not_held_against_its_value() -> None:
    assert set(build_field("naam", {**NAME, "title": "Naam", "phase": "x"}, {}).schema) == set(NAME)


def test_what_is_no_field_cannot_be_in_a_form() -> None:
    with pytest.raises(ValueError, match="naam"):
        form(naam={"type": "object"})


_CHOICES = st.lists(
    st.fixed_dictionaries(
        {},
        optional={
            "const": st.sampled_from(["a", "b", 1, True, None]),
            "title": st.just("Een keuze"),
            "type": st.sampled_from(["string", "integer"]),
            "maxLength": st.just(0),
        },
    ),
    min_size=1,
    max_size=4,
)


@given(_CHOICES, st.sampled_from(["a", "b", "c", "", 1, True, None, ["a"]]))
def test_a_choice_is_judged_as_the_standard_says(choices: list[Any], answer: object) -> None:
    schema = {"oneOf": choices}
    assert ValueValidator(schema).is_valid(answer) == Draft202012Validator(schema).is_valid(answer)
