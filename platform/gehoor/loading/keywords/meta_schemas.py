"""The closed meta-schemas that ship with the platform: what each kind of file may contain."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, TypeAlias

from jsonschema import FormatChecker
from jsonschema.protocols import Validator
from referencing import Registry, Resource

from gehoor.core.forms.form import ValueValidator

Schema: TypeAlias = Mapping[str, Any]

FILE_KINDS = (
    "organisation",
    "complaint",
    "channels",
    "course",
    "department",
    "terms",
    "rules",
    "law",
    "reports",
    "standard",
    "form",
    "letter",
    "bring-in",
    "zgw",
)
"""Every kind of file an organisation edits; each has a meta-schema of that name."""

_PREFIX = "https://gehoor.example/meta/1/"


@cache
def meta_schema(name: str) -> Schema:
    """Return the meta-schema of a kind of file (or ``common``, the shared definitions)."""
    source = files("gehoor") / "schemas" / f"{name}.schema.json"
    loaded: Schema = json.loads(source.read_text("utf-8"))
    return loaded


def resolve(schema: Schema, document: str) -> tuple[Schema, str]:
    """Follow ``$ref`` in a meta-schema. Returns the schema and the meta-schema document it stands in."""
    while "$ref" in schema and isinstance(schema["$ref"], str):
        target, _, pointer = schema["$ref"].partition("#")
        document = target.removesuffix(".schema.json") or document
        schema = meta_schema(document)
        for part in pointer.strip("/").split("/") if pointer.strip("/") else ():
            schema = schema[part]
    return schema, document


def resolved_for(schema: Schema, document: str, part: str | int) -> tuple[Schema, str]:
    """Follow ``$ref``, and of alternatives choose the one in which a part (a key or an index) can be."""
    schema, document = resolve(schema, document)
    wanted = "array" if isinstance(part, int) else "object"
    for option in schema.get("anyOf", ()):
        resolved, where = resolve(option, document)
        if resolved.get("type") == wanted:
            return resolved, where
    return schema, document


def schema_below(schema: Schema, document: str, part: str | int) -> tuple[Schema, str]:
    """Return the schema of what stands at a key or an index."""
    if isinstance(part, int):
        return schema.get("items", {}), document
    others = schema.get("additionalProperties")
    found = schema.get("properties", {}).get(part, others if isinstance(others, Mapping) else {})
    return found, document


@cache
def file_validator(kind: str, formats: FormatChecker) -> Validator:
    """Return the validator for a kind of file. It never fetches anything."""
    names = (*FILE_KINDS, "common")
    registry: Registry[Any] = Registry().with_resources(
        (f"{_PREFIX}{name}.schema.json", Resource.from_contents(meta_schema(name))) for name in names
    )
    validator: Validator = ValueValidator(meta_schema(kind), registry=registry, format_checker=formats)
    return validator
