"""From canonical data to forms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from gehoor.core.conditions.facts import FactType, member_name
from gehoor.core.conditions.model import All
from gehoor.core.conditions.parse import build_condition
from gehoor.core.conditions.relative_dates import read_day
from gehoor.core.forms.fields import (
    ROW_TITLE,
    Choice,
    Field,
    Translation,
    type_of,
)
from gehoor.core.forms.file_kinds import USUAL
from gehoor.core.forms.form import AtLeastOne, Form, Step, StepTranslation

ADDRESS: Final = "complainant.email"
"""The meaning of the field with the address at which people outside are written to."""
_VALUE_KEYWORDS = (
    "type", "const", "enum", "oneOf", "items", "format", "pattern", "minLength", "maxLength", "minimum", "maximum",
    "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minItems", "maxItems", "uniqueItems",
)  # fmt: skip
"""The keywords of JSON Schema that a value is held against."""


def fact_types(dossier_form: Mapping[str, Any]) -> dict[str, FactType]:
    """Return the fact type of each field of the dossier form (canonical data), and of each member of a list."""
    asked = dict(dossier_form["properties"])
    for name, data in dossier_form["properties"].items():
        asked |= {member_name(name, member): inner for member, inner in members_of(data).items()}
    known = {name: type_of(data) for name, data in asked.items()}
    return {name: one.fact_type for name, one in known.items() if one}


def members_of(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what each row of a list of groups asks (canonical data); nothing for any other field."""
    members: Mapping[str, Any] = data.get("items", {}).get("properties", {})
    return members if data.get("type") == "array" else {}


def member_types(data: Mapping[str, Any]) -> dict[str, FactType]:
    """Return the fact type of what each row of a list asks (canonical data)."""
    known = {name: type_of(inner) for name, inner in members_of(data).items()}
    return {name: one.fact_type for name, one in known.items() if one}


def build_form(
    form_id: str, data: Mapping[str, Any], types: Mapping[str, FactType], country: str = ""
) -> Form:
    """Build a form from canonical data. ``country``: where its organisation is. Raises ``ConditionError``."""
    steps = tuple(_step(item, types) for item in data.get("steps", ()))
    return Form(
        id=form_id,
        title=data["title"],
        description=data.get("description", ""),
        fields=_shown_with_steps(
            {name: build_field(name, field, types, country) for name, field in data["properties"].items()},
            steps,
        ),
        required=frozenset(data.get("required", ())),
        at_least_one=tuple(_at_least_one(item, types) for item in data.get("at-least-one", ())),
        dependent_required={
            name: tuple(needed) for name, needed in data.get("dependentRequired", {}).items()
        },
        preset=dict(data.get("preset", {})),
        steps=steps,
        translations=_translations(data),
    )


def build_field(
    name: str, data: Mapping[str, Any], types: Mapping[str, FactType], country: str = ""
) -> Field:
    """Build a field from canonical data. Raises ``ConditionError``."""
    of_type = type_of(data)
    if of_type is None:
        raise ValueError(name)
    return Field(
        id=name,
        label=data.get("title", name),
        kind=of_type.name,
        schema={**of_type.limits, **_value_schema(data), **_by_meaning(data)},
        help=data.get("description", ""),
        choices=_choices(data.get("items", data), types),
        phase=data.get("phase", ""),
        meaning=data.get("meaning", ""),
        at_opening=data.get("at-opening", False),
        required_before=data.get("required-before", ""),
        fixed_after=data.get("fixed-after", ""),
        show_if=build_condition(data["show-if"], types) if "show-if" in data else None,
        autocomplete=data.get("autocomplete", ""),
        personal_data=data.get("personal-data", ""),
        when_anonymised=data.get("when-anonymised", ""),
        searched=data.get("searched"),
        names_people=bool(data.get("names-people", False)),
        disclosed_to=data.get("disclosed-to", ""),
        automatic=data.get("automatic", ""),
        not_before=read_day(data["not-before"]) if "not-before" in data else None,
        not_after=read_day(data["not-after"]) if "not-after" in data else None,
        reason_on_change=bool(data.get("reason-on-change", False)),
        someone_else_than=data.get("someone-else-than", ""),
        read_only=data.get("readOnly", False),
        default=data.get("default"),
        examples=tuple(data.get("examples", ())),
        members=_members(data, country),
        required_members=frozenset(data.get("items", {}).get("required", ())),
        row_title=data.get("items", {}).get("title", ROW_TITLE),
        seen_by=tuple(data.get("seen-by", ())),
        edited_by=tuple(data.get("edited-by", ())),
        handler_only=bool(data.get("handler-only", False)),
        translations=_translations(data),
        row_titles={code: one["title"] for code, one in data.get("items", {}).get("translations", {}).items()}
        if members_of(data)
        else {},
        file_kinds=tuple(data.get("file-kinds", USUAL)) if of_type.takes_files else (),
        say=data.get("say", ""),
        refusal=data.get("refusal", ""),
        by_phone=data.get("by-phone"),
        by_email=data.get("by-email"),
        country=country,
    )


def _by_meaning(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return what an answer is held against by what it means, whatever its field says: what is written to, is
    an address."""
    if data.get("meaning") == ADDRESS and data.get("type") == "string" and "format" not in data:
        return {"format": "email"}
    return {}


def _members(data: Mapping[str, Any], country: str) -> dict[str, Field]:
    """Build what each row of a list asks; its conditions are about the same row."""
    asked = members_of(data)
    types = member_types(data)
    return {name: build_field(name, inner, types, country) for name, inner in asked.items()}


def _value_schema(data: Mapping[str, Any]) -> dict[str, Any]:
    schema = {key: data[key] for key in _VALUE_KEYWORDS if key in data}
    if members_of(data):
        # What stands in a row is held against its own field, so that a fault can name it.
        return {key: value for key, value in schema.items() if key != "items"}
    if "items" in schema:
        schema["items"] = _unconditional(
            {key: value for key, value in schema["items"].items() if key in _VALUE_KEYWORDS}
        )
    return _unconditional(schema)


def _unconditional(schema: dict[str, Any]) -> dict[str, Any]:
    """Return a schema that takes each choice in every case: whether it is offered hangs on other answers."""
    if any("if" in one for one in schema.get("oneOf", ())):
        bare = [{key: value for key, value in one.items() if key != "if"} for one in schema["oneOf"]]
        return {**schema, "oneOf": bare}
    return schema


def _choices(data: Mapping[str, Any], types: Mapping[str, FactType]) -> tuple[Choice, ...]:
    if "enum" in data:
        return tuple(Choice(str(code), str(code)) for code in data["enum"])
    return tuple(
        Choice(
            str(item["const"]),
            item["title"],
            item.get("description", ""),
            item.get("deprecated", False),
            item.get("sign", ""),
            build_condition(item["if"], types) if "if" in item else None,
            _translations(item),
            tuple(way for way, goes in item.get("letter-ways", {}).items() if goes),
        )
        for item in data.get("oneOf", ())
    )


def _at_least_one(data: Mapping[str, Any], types: Mapping[str, FactType]) -> AtLeastOne:
    condition = build_condition(data["if"], types) if "if" in data else None
    refusals = {code: one["refusal"] for code, one in data.get("translations", {}).items()}
    return AtLeastOne(tuple(data["fields"]), data["refusal"], condition, refusals)


def _shown_with_steps(fields: dict[str, Field], steps: tuple[Step, ...]) -> dict[str, Field]:
    """Return the fields of a form, each shown only when the step is asked that it stands in."""
    for step in steps:
        for of in (fields[name] for name in step.fields if step.show_if and name in fields):
            both = [one for one in (step.show_if, of.show_if) if one is not None]
            fields[of.id] = replace(of, show_if=both[0] if len(both) == 1 else All(tuple(both)))
    return fields


def _step(data: Mapping[str, Any], types: Mapping[str, FactType]) -> Step:
    return Step(
        tuple(data["fields"]),
        data.get("name", ""),
        data.get("explanation", ""),
        {
            code: StepTranslation(one.get("name", ""), one.get("explanation", ""))
            for code, one in data.get("translations", {}).items()
        },
        show_if=build_condition(data["show-if"], types) if "show-if" in data else None,
    )


def _translations(data: Mapping[str, Any]) -> dict[str, Translation]:
    return {
        code: Translation(
            one.get("title", ""), one.get("description", ""), one.get("say", ""), one.get("refusal", "")
        )
        for code, one in data.get("translations", {}).items()
    }
