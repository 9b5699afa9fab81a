"""What can be answered to a field, in words: its kind, and the bounds of its value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from gehoor.core.forms.fields import Field
from gehoor.core.wording.nl.agreement.phrases import joined
from gehoor.core.wording.nl.formats import FORMATS, quoted

_KINDS: Final[Mapping[str, str]] = {
    "text": "een korte tekst",
    "long-text": "een lange tekst",
    "email": "een e-mailadres",
    "phone": "een telefoonnummer",
    "web-address": "een webadres",
    "choice": "een keuze uit een lijst",
    "choices": "een of meer keuzes uit een lijst",
    "scale": "een getal uit een lijst",
    "integer": "een geheel getal",
    "decimal": "een getal",
    "boolean": "ja of nee",
    "date": "een datum",
    "time": "een uur",
    "instant": "een datum en een uur",
    "groups": "een lijst met rijen",
    "attachments": "een of meer bestanden",
    "staff": "een of meer mensen die hier werken",
}


def answer(of: Field) -> str:
    """Say what can be answered."""
    return ", ".join([_KINDS.get(of.kind, of.kind), *_bounds(of)])


def choices(of: Field) -> tuple[str, ...]:
    """Give the choices, as people see them."""
    return tuple(
        f"{f'{choice.sign} ' if choice.sign else ''}{quoted(choice.label)}"
        f"{f' ({choice.help})' if choice.help else ''}"
        f"{' (wordt niet meer gekozen)' if choice.retired else ''}"
        for choice in of.choices
    )


def _bounds(of: Field) -> Iterator[str]:
    schema = of.schema
    for least, most, one, more in (
        ("minLength", "maxLength", "teken", "tekens"),
        ("minItems", "maxItems", *_parts(of)),
        ("minimum", "maximum", "", ""),
    ):
        limits = [
            f"{word} {_counted(schema[key], one, more)}"
            for key, word in ((least, "minstens"), (most, "hoogstens"))
            if key in schema
        ]
        if limits:
            yield joined(limits)
    beyond = [
        f"{word} {_number(schema[key])}"
        for key, word in (("exclusiveMinimum", "meer dan"), ("exclusiveMaximum", "minder dan"))
        if key in schema
    ]
    if beyond:
        yield joined(beyond)
    if "multipleOf" in schema:
        yield f"in stappen van {_number(schema['multipleOf'])}"
    if schema.get("uniqueItems") and of.kind in ("choices", "groups"):
        yield "elk hoogstens een keer"
    if "const" in schema:
        yield "en daar moet staan: " + (FORMATS.yes if schema["const"] else FORMATS.no)
    if "pattern" in schema:
        yield f"in de vorm {schema['pattern']}"


def _parts(of: Field) -> tuple[str, str]:
    if of.kind == "attachments":
        return "bestand", "bestanden"
    if of.kind == "staff":
        return "mens", "mensen"
    return ("rij", "rijen") if of.members else ("keuze", "keuzes")


def _counted(number: Any, one: str, more: str) -> str:
    return f"{_number(number)} {one if number == 1 else more}".strip()


def _number(number: Any) -> str:
    return str(number).replace(".", ",")
