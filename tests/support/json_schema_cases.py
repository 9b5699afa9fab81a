"""Cases of JSON Schema, in the form of its public test suite, and the forms of a small workspace that they make.

Each file in ``tests/examples/json-schema`` is about one keyword: a list of schemas with a description, each with
answers and whether they are valid. A schema without ``properties`` is that of one field. Ours beside it: ``refused``:
the code with which ``gehoor check`` answers such a schema; ``jsonschema: false``: its validator leaves this to others,
or reckons it in binary fractions; ``form``: what a form says of an answer where it says otherwise, and ``because``.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.support.loading_cases import BASE, EXAMPLES, build

CASES = EXAMPLES / "json-schema"
_FORM = ("properties", "allOf")
_KLEIN = "forms/klein"


@dataclass(frozen=True)
class Case:
    """A schema, with the number that it has among those of its keyword, and what is tried with it."""

    word: str
    number: int
    description: str
    schema: dict[str, Any]
    tests: tuple[dict[str, Any], ...]
    refused: str = ""
    jsonschema: bool = True

    @property
    def form(self) -> str:
        """Return the name of the form that it makes."""
        return f"geval-{self.number}"

    @property
    def of_a_form(self) -> bool:
        """Whether it is the schema of a form, and not of one field."""
        return "type" not in self.schema and any(word in self.schema for word in _FORM)

    def name(self, field: str) -> str:
        """Return the name that a field has in the form."""
        return f"v{self.number}_{field}"

    def answers(self, data: Any) -> dict[str, Any]:
        """Return answers as the form takes them."""
        return {self.name(field): value for field, value in (data if self.of_a_form else {"x": data}).items()}


def cases() -> list[Case]:
    """Return all cases."""
    return [
        Case(file.stem, number, tests=tuple(one.pop("tests")), **one)
        for file in sorted(CASES.glob("*.json"))
        for number, one in enumerate(json.loads(file.read_text("utf-8")))
    ]


def make_workspace(folder: Path, made: list[Case]) -> Path:
    """Make a workspace in which each case is a form for the website, and its fields fields of the dossier."""
    build(BASE, folder)
    fields: dict[str, Any] = {}
    for case in made:
        fields |= _form(folder, case)
    dossier = folder / _KLEIN / "dossier.schema.yaml"
    text = dossier.read_text("utf-8")
    lines = "".join(f"  {name}: {json.dumps(field)}\n" for name, field in fields.items())
    dossier.write_text(text.replace("\nrequired:", f"\n{lines.rstrip()}\nrequired:", 1), "utf-8")
    organisation = folder / "definitions/klein/organisatie.yaml"
    named = "".join(f", {case.form}: klein/{case.form}" for case in made)
    text = organisation.read_text("utf-8").replace("melden: klein/melden", f"melden: klein/melden{named}", 1)
    organisation.write_text(text, "utf-8")
    return folder


def _form(folder: Path, case: Case) -> dict[str, Any]:
    """Write the form of a case; return what the dossier says of its fields."""
    schema = case.schema if case.of_a_form else {"properties": {"x": case.schema}}
    groups = [group["$ref"].rpartition("/")[2] for group in schema.get("allOf", ())]
    shared = {name: one for name, one in schema.get("$defs", {}).items() if name not in groups}
    if shared:
        (folder / "forms/basis" / f"{case.form}.schema.yaml").write_text(
            json.dumps({**_head("Gedeeld"), "$defs": shared}), "utf-8"
        )
    properties = dict(schema.get("properties", {}))
    required = list(schema.get("required", ()))
    for group in groups:
        properties |= schema["$defs"][group]["properties"]
        required += schema["$defs"][group].get("required", ())
    named = {case.name(name): _field(case, name, field) for name, field in properties.items()}
    own = f"{case.form}-groep.schema.yaml"
    in_groups = [name for group in groups for name in schema["$defs"][group]["properties"]]
    form: dict[str, Any] = {
        **_head(case.description),
        **({"$schema": schema["$schema"]} if "$schema" in schema else {}),
        "properties": {
            case.name(name): {"$ref": f"dossier.schema.yaml#/properties/{case.name(name)}"}
            for name in properties
            if name not in in_groups
        },
        "required": [case.name(name) for name in required],
        "dependentRequired": {
            case.name(name): [case.name(one) for one in asked]
            for name, asked in schema.get("dependentRequired", {}).items()
        },
        "vast": {"soort_bericht": "klacht"},
    }
    if groups:
        form["allOf"] = [{"$ref": own}]
        group_fields = {
            case.name(name): {"$ref": f"dossier.schema.yaml#/properties/{case.name(name)}"}
            for name in in_groups
        }
        (folder / _KLEIN / own).write_text(
            json.dumps({**_head("Groep"), "properties": group_fields}), "utf-8"
        )
    (folder / _KLEIN / f"{case.form}.schema.yaml").write_text(
        json.dumps({word: value for word, value in form.items() if value}), "utf-8"
    )
    return named


def _head(title: str) -> dict[str, Any]:
    return {"$schema": "urn:gehoor:formulier:1", "taal": "nl", "title": title}


def _field(case: Case, name: str, field: dict[str, Any]) -> dict[str, Any]:
    written = json.loads(re.sub(r'"#/', f'"../basis/{case.form}.schema.yaml#/', json.dumps(field)))
    rows = written.get("items", {}).get("properties", {})
    for member, asked in rows.items():
        rows[member] = {"title": member, "persoonsgegevens": "P0", **asked}
    if rows:
        written["items"] = {"title": "Rij", **written["items"]}
    return {"title": name, **written, "fase": "registratie", "persoonsgegevens": "P0"}
