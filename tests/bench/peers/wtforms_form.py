"""The same fields as a WTForms form."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import SimpleNamespace
from typing import Any

from wtforms import Form, RadioField, SelectField, SelectMultipleField, StringField
from wtforms.validators import Length, Optional


def wtforms_form(schema: Mapping[str, Any], stored: Mapping[str, Any]) -> Callable[[], str]:
    """Return what renders the fields with their answers, each with its label and help."""
    form = type("Peer", (Form,), {name: _field(name, of) for name, of in schema.items()})
    kept = SimpleNamespace(**{name: _plain(value) for name, value in stored.items()})

    def render() -> str:
        filled: Any = form(obj=kept)
        return "".join(
            f'<div class="field">{field.label}<p class="help">{field.description}</p>{field()}</div>'
            for field in filled
        )

    return render


def _plain(value: Any) -> Any:
    return ("ja" if value else "nee") if isinstance(value, bool) else value


def _field(name: str, of: Mapping[str, Any]) -> Any:
    told: dict[str, Any] = {"label": of.get("title", name), "description": of.get("description", "")}
    if "enum" in of:
        return SelectField(choices=list(of["enum"]), validators=[Optional()], **told)
    match of.get("type", "string"):
        case "array" if "enum" in of.get("items", {}):
            return SelectMultipleField(choices=list(of["items"]["enum"]), **told)
        case "boolean":
            return RadioField(choices=[("ja", "Ja"), ("nee", "Nee")], **told)
        case _:
            return StringField(validators=[Optional(), Length(max=of.get("maxLength", 2000))], **told)
