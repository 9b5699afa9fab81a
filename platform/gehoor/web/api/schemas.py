"""The JSON Schemas of what is asked, made from the fields of an agreement: what programs send is of these shapes."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from gehoor.core.agreement.model import Agreement
from gehoor.core.forms.fields import Field
from gehoor.services.access.rights import opening_rights
from gehoor.services.register.register import reading
from gehoor.web.api.shapes import kind_of
from gehoor.web.api.submissions import public_fields
from gehoor.web.request.session import me
from gehoor.web.request.site import now, site

Schema = dict[str, Any]

_OURS: Final = ("translations", "widget", "examples")
"""What an agreement says in a schema beside JSON Schema."""
_FILE: Final[Schema] = {
    "type": "object",
    "properties": {
        "id": {"type": "string"},
        "name": {"type": "string"},
        "type": {"type": "string"},
        "size": {"type": "integer"},
    },
    "required": ["id", "name", "size", "type"],
    "additionalProperties": False,
}


def registering_schema(agreement: Agreement) -> Schema:
    """Return the schema of what is answered when somebody registers."""
    barred = _rights(agreement).unchangeable
    asked = {
        name: of
        for name, of in agreement.dossier_form.fields.items()
        if of.at_opening and not of.read_only and name not in barred
    }
    needed = agreement.needed_at_opening & {name for name, of in asked.items() if of.show_if is None}
    given = {of.id for of in agreement.dossier_form.filled_in}
    return _object(asked, sorted(needed - given))


def changing_schema(agreement: Agreement) -> Schema:
    """Return the schema of what is answered when somebody changes a dossier; null takes an answer away."""
    barred = _rights(agreement).unchangeable
    asked = {
        name: of
        for name, of in agreement.dossier_form.fields.items()
        if not of.read_only and name not in barred
    }
    plain = _object(asked, [])
    properties = {name: {"anyOf": [one, {"type": "null"}]} for name, one in plain["properties"].items()}
    return {**plain, "properties": properties}


def form_schema(agreement: Agreement, form_id: str) -> Schema:
    """Return the schema of what a form for everyone asks."""
    fields = public_fields(agreement, form_id)
    form = agreement.forms[form_id]
    needed = [name for name, of in fields.items() if name in form.required and of.show_if is None]
    return {"title": form.title, **_object(fields, sorted(needed))}


def field_schema(of: Field) -> Schema:
    """Return the schema of one answer."""
    plain = _without_ours(of.schema)
    more: Schema = {"title": of.label, **({"description": of.help} if of.help else {})}
    if of.type.takes_files:
        return {**plain, **more, "items": _FILE}
    if of.type.names_people:
        return {**plain, **more, "items": {"type": "string"}}
    if of.type.has_rows:
        return {**plain, **more, "items": _object(of.members, sorted(of.required_members))}
    return {**plain, **more, **({"type": kind_of(of)["type"]} if "type" in plain else {})}


def _object(fields: Mapping[str, Field], required: list[str]) -> Schema:
    found: Schema = {
        "type": "object",
        "properties": {name: field_schema(of) for name, of in fields.items()},
        "additionalProperties": False,
    }
    return {**found, "required": required} if required else found


def _without_ours(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _without_ours(one) for name, one in value.items() if name not in _OURS}
    if isinstance(value, (list, tuple)):
        return [_without_ours(one) for one in value]
    return float(value) if isinstance(value, Decimal) else value


def _rights(agreement: Agreement) -> Any:
    with reading(site().runtime.store) as register:
        holders = site().runtime.staff.of(register, now()).holders(agreement.organisation)
    return opening_rights(agreement, me().name, holders)
