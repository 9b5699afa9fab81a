"""Definitions that nobody wrote: De Linde with fields of every kind, in words of every sort. Valid by construction,
and checked as any other."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

from ruamel.yaml import YAML

from gehoor.core.text.problems import Severity
from gehoor.loading.load import LoadedDepartment, load_workspace
from tests.support.places import copy_organisations

_WORDS = (
    "Wat is er gebeurd?", "Waar", "Hoe vaak kwam dit voor in de voorbije maand", "Naam van de dienst",
    "Arbeidsongeschiktheidsverzekeringsmaatschappij",
    "Qu'est-ce qui s'est pass\u00e9 ?", "\u0645\u0627\u0630\u0627 \u062d\u062f\u062b\u061f",
    "A < B & C > D", "\"Tussen aanhalingstekens\"", "{{ 7 * 7 }}", "<b>vet</b>",
    "\u4f55\u304c\u8d77\u304d\u307e\u3057\u305f\u304b", "e", "100 %",
)  # fmt: skip
_PHASES = ("ontvangst", "registratie", "onderzoek", "antwoord")


def random_departments(seed: int, folder: Path) -> list[LoadedDepartment]:
    """Return the departments of a workspace that was made by chance, as loaded from its files in a folder."""
    random = Random(seed)
    copy_organisations(folder)
    fields = {f"toeval_{number}": _field(random, number) for number in range(random.randint(8, 40))}
    _show_some(random, fields)
    shared: dict[str, Any] = {
        "$schema": "urn:gehoor:formulier:1", "taal": "nl", "title": "Bij toeval", "type": "object",
        "properties": {name: {**field, "fase": random.choice(_PHASES)} for name, field in fields.items()},
    }  # fmt: skip
    (folder / "forms/de-linde/toeval.schema.json").write_text(json.dumps(shared), "utf-8")
    _rewrite(
        folder / "forms/de-linde/dossier.schema.yaml",
        lambda form: form["allOf"].append({"$ref": "toeval.schema.json"}),
    )
    asked = random.sample(sorted(fields), random.randint(0, min(6, len(fields))))

    def ask(form: dict[str, Any]) -> None:
        form.pop("stappen", None)
        for name in (one for one in asked if "toon-als" not in fields[one]):
            form["properties"][name] = {"$ref": f"toeval.schema.json#/properties/{name}"}

    _rewrite(folder / "forms/de-linde/melden.schema.yaml", ask)
    loaded = load_workspace(folder, ("de-linde",))
    wrong = [problem for problem in loaded.problems if problem.severity is Severity.ERROR]
    assert wrong == []
    return list(loaded.departments)


def _rewrite(path: Path, change: Callable[[dict[str, Any]], Any]) -> None:
    form = YAML(typ="safe").load(path.read_text("utf-8"))
    change(form)
    path.unlink()
    path.with_suffix(".json").write_text(json.dumps(form, default=str), "utf-8")


def _field(random: Random, number: int) -> dict[str, Any]:
    field: dict[str, Any] = {"title": _words(random, number), "persoonsgegevens": "P0"}
    if random.random() < 0.4:
        field["description"] = " ".join(random.choice(_WORDS) for _ in range(random.randint(1, 5)))
    field |= random.choice(_KINDS)(random)
    if random.random() < 0.2 and field["type"] != "array":
        field["bij-openen"] = "ja"
    return field


def _words(random: Random, number: int) -> str:
    return f"{random.choice(_WORDS)} {number}"


def _choices(random: Random) -> list[dict[str, Any]]:
    return [
        {"const": f"code_{number}", "title": _words(random, number)}
        for number in range(random.randint(2, 12))
    ]


def _group(random: Random) -> dict[str, Any]:
    members = {
        f"lid_{number}": {
            "title": _words(random, number),
            "persoonsgegevens": "P0",
            **random.choice(_KINDS[:6])(random),
        }
        for number in range(random.randint(1, 4))
    }
    return {
        "type": "array",
        "maxItems": random.randint(1, 6),
        "items": {"type": "object", "properties": members},
    }


_KINDS: tuple[Callable[[Random], dict[str, Any]], ...] = (
    lambda random: {"type": "string", "maxLength": random.choice((20, 200))},
    lambda _: {"type": "string", "maxLength": 2000, "weergave": "lang"},
    lambda _: {"type": "string", "format": "date"},
    lambda _: {"type": "integer", "minimum": 1, "maximum": 5},
    lambda _: {"type": "boolean"},
    lambda random: {"type": "string", "oneOf": _choices(random)},
    lambda _: {"type": "string", "format": "email", "maxLength": 120},
    lambda random: {
        "type": "array",
        "uniqueItems": True,
        "items": {"type": "string", "oneOf": _choices(random)},
    },
    _group,
    lambda random: {"type": "array", "weergave": "bijlagen", "maxItems": random.randint(1, 5)},
)


def _show_some(random: Random, fields: dict[str, dict[str, Any]]) -> None:
    """Let some fields be shown by an answer to a question with ja or nee that comes before them."""
    asking = [name for name, field in fields.items() if field["type"] == "boolean"]
    for name, field in fields.items():
        before = [one for one in asking if list(fields).index(one) < list(fields).index(name)]
        if before and random.random() < 0.3:
            field["toon-als"] = {random.choice(before): random.choice(("ja", "nee"))}
