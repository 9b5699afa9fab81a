"""Fields as an author of JSON Schema would write them, by chance: every type with every word, fitting or not."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random
from typing import Any

from tests.support.loading_cases import BASE, build

_CODES = ("a", "b", "c1", "Zee")
_OTHER_CODES = ("7", "8", "9")
_EXAMPLES: dict[str, tuple[Any, ...]] = {
    "string": (
        "a",
        "abc",
        "2026-03-27",
        "17:30",
        "els@example.org",
        "https://www.example.org",
        "0470 12 34 56",
    ),
    "integer": (-3, 0, 1, 2, 3, 4, 12),
    "number": (-2.5, 0, 0.5, 1, 2.25, 12),
    "boolean": (True, False),
    "array": (["a"], ["a", "b"]),
}


def random_field(random: Random) -> dict[str, Any]:
    """Return what a file says of a field: a type, words that fit it mostly, and now and then one that does not."""
    kind = random.choice(tuple(_EXAMPLES))
    field: dict[str, Any] = {"type": kind}
    if kind == "array":
        field["items"] = {"type": "string", **_choices(random, _CODES)}
    for word in random.sample(_WORDS, random.choice((0, 1, 1, 2, 2, 3))):
        if word in _MOSTLY[kind] or random.random() < 0.15:
            field[word] = _VALUES[word](random, kind)
    if "choices" in field:
        codes = random.choice(((1, 2, 3), (0, 5, -1))) if kind == "integer" else _CODES
        field |= _choices(random, codes)
        del field["choices"]
    return field


def _choices(random: Random, codes: tuple[Any, ...]) -> dict[str, Any]:
    chosen = random.sample(codes, random.randint(1, len(codes)))
    if random.random() < 0.5:
        return {"enum": chosen}
    return {"oneOf": [{"const": code, "title": f"Keuze {code}"} for code in chosen]}


def _whole(*numbers: int) -> Any:
    return lambda random, _: random.choice(numbers)


_VALUES: dict[str, Any] = {
    "minLength": _whole(0, 1, 2, 9),
    "maxLength": _whole(1, 2, 40),
    "pattern": lambda random, _: random.choice(("^[a-z]+$", "e", "^[0-9]{4}$")),
    "format": lambda random, _: random.choice(("date", "time", "date-time", "email", "uri")),
    "widget": lambda random, _: random.choice(("lang", "telefoon", "uur")),
    "minimum": _whole(-1, 0, 2),
    "maximum": _whole(1, 3, 12),
    "exclusiveMinimum": _whole(0, 1, 2),
    "exclusiveMaximum": _whole(2, 3, 13),
    "multipleOf": _whole(1, 2, 5),
    "minItems": _whole(0, 1, 2, 3),
    "maxItems": _whole(1, 2, 3),
    "uniqueItems": lambda random, _: random.choice((True, False)),
    "const": lambda random, _: random.choice((True, False)),
    "choices": lambda random, kind: None,
    "default": lambda random, kind: random.choice(_EXAMPLES[kind]),
    "examples": lambda random, kind: random.sample(_EXAMPLES[kind], 1),
}
_WORDS = tuple(_VALUES)
_TEXT = ("minLength", "maxLength", "pattern", "format", "widget", "choices")
_NUMBER = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf")
_MOSTLY: dict[str, tuple[str, ...]] = {
    "string": (*_TEXT, "default", "examples"),
    "integer": (*_NUMBER, "choices", "default", "examples"),
    "number": (*_NUMBER, "default", "examples"),
    "boolean": ("const", "default", "examples"),
    "array": ("minItems", "maxItems", "uniqueItems", "default", "examples"),
}


def workspace_with(fields: dict[str, dict[str, Any]], folder: Path) -> dict[int, str]:
    """Make a workspace whose dossier and website ask these fields. Returns for each line of theirs its field."""
    build(BASE, folder)
    dossier = folder / "forms/klein/dossier.schema.yaml"
    text = dossier.read_text("utf-8")
    before, after = text.split("required: [ontvangen_op", 1)
    lines = before.splitlines()
    owners: dict[int, str] = {}
    for name, field in fields.items():
        ours = {"title": name, **field, "fase": "registratie", "persoonsgegevens": "P0"}
        written = [f"  {name}:"]
        for key, value in ours.items():
            shown = "weergave" if key == "widget" else key
            written.append(f"    {shown}: {json.dumps(value)}")
        owners |= {len(lines) + offset: name for offset in range(1, len(written) + 1)}
        lines += written
    dossier.write_text("\n".join([*lines, f"required: [ontvangen_op{after}"]), "utf-8")
    form = folder / "forms/klein/melden.schema.yaml"
    asked = "".join(f'  {name}: {{$ref: "dossier.schema.yaml#/properties/{name}"}}\n' for name in fields)
    form.write_text(form.read_text("utf-8").replace("properties:\n", f"properties:\n{asked}", 1), "utf-8")
    return owners


def answers_for(field: dict[str, Any]) -> list[Any]:
    """Return answers to try: what JSON Schema may accept or refuse of this type."""
    found = list(_EXAMPLES[field["type"]])
    if field["type"] == "array":
        found += [["a", "b", "c1"], ["a", "a"], ["zzz"]]
    if field["type"] == "integer":
        found += [7, -8, 99]
    if field["type"] == "number":
        found += [7.5, -8, 99]
    if field["type"] == "string":
        found += ["x" * 50, "Zee", "b", "c1", "1234"]
    for word in ("default", "examples"):
        found += [field[word]] if word == "default" and word in field else []
    return found
