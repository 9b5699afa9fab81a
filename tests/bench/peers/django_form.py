"""The same fields as a Django form."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tests.bench.peers.django_settings import configured


def django_form(schema: Mapping[str, Any], stored: Mapping[str, Any]) -> Callable[[], str]:
    """Return what renders the fields with their answers."""
    configured()
    form = form_of(schema)
    initial = {name: ("ja" if v else "nee") if isinstance(v, bool) else v for name, v in stored.items()}
    return lambda: str(form(initial=initial).as_div())


def form_of(schema: Mapping[str, Any]) -> Any:
    """Return a class of forms with these fields."""
    from django import forms

    def field(name: str, of: Mapping[str, Any]) -> Any:
        told = {"label": of.get("title", name), "help_text": of.get("description", ""), "required": False}
        if "enum" in of:
            return forms.ChoiceField(choices=[(code, code) for code in of["enum"]], **told)
        match of.get("type", "string"):
            case "array" if "enum" in of.get("items", {}):
                choices = [(code, code) for code in of["items"]["enum"]]
                return forms.MultipleChoiceField(choices=choices, **told)
            case "boolean":
                return forms.ChoiceField(
                    choices=[("ja", "Ja"), ("nee", "Nee")], widget=forms.RadioSelect, **told
                )
            case _:
                return forms.CharField(max_length=of.get("maxLength", 2000), **told)

    return type("Peer", (forms.Form,), {name: field(name, of) for name, of in schema.items()})
