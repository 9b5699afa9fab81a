"""The meta-schemas in the words of a language, for editors: what they accept, ``gehoor check`` reads.

An editor knows one file, so it cannot see whether an id exists; that stays with ``gehoor check``. The schemas are
draft 7, which editors know best, and each stands alone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gehoor.loading.export.patterns import spelled_with_spaces, text_of_format
from gehoor.loading.keywords.descriptions import Descriptions, load_descriptions
from gehoor.loading.keywords.inventory import file_group, group_below, is_standard
from gehoor.loading.keywords.meta_schemas import FILE_KINDS, Schema, meta_schema
from gehoor.loading.keywords.vocabulary import Vocabulary, language_words, load_vocabulary, shipped_languages

FOLDER = ".gehoor/schemas"
"""Where editors find the schemas, in a workspace."""
ENDING = ".schema.json"

_DRAFT = "http://json-schema.org/draft-07/schema#"
_AS_THEY_ARE = (
    "const",
    "minLength",
    "maxLength",
    "minItems",
    "minProperties",
    "uniqueItems",
    "minimum",
    "maximum",
)
_ANY_TEXT = ["string", "number", "boolean"]
"""Where text is expected, what was typed is the text: a number or yes/no too."""


def write_schemas(folder: Path, languages: tuple[str, ...] = ()) -> list[Path]:
    """Write the schemas of some languages, or of all, each language in a folder of its own. Return the files."""
    written = []
    for language in languages or shipped_languages():
        (folder / language).mkdir(parents=True, exist_ok=True)
        for kind in FILE_KINDS:
            file = folder / language / file_name(kind, language)
            file.write_text(
                json.dumps(exported(kind, language), ensure_ascii=False, indent=1) + "\n", "utf-8"
            )
            written.append(file)
    return written


def file_name(kind: str, language: str) -> str:
    """Return the name of the file with the schema of a kind."""
    return f"{load_descriptions(language).files[kind].name}{ENDING}"


def exported(kind: str, language: str) -> dict[str, Any]:
    """Return the schema of a kind of file in the words of a language."""
    descriptions = load_descriptions(language)
    about = descriptions.files[kind]
    export = _Export(load_vocabulary(language), descriptions)
    body = export.localised(meta_schema(kind), kind, file_group(kind))
    head = {"$schema": _DRAFT, "title": about.title, "description": about.says}
    return {**head, **body, "definitions": export.definitions}


@dataclass
class _Export:
    vocabulary: Vocabulary
    descriptions: Descriptions
    definitions: dict[str, Any] = field(default_factory=dict)

    def localised(self, schema: Schema, document: str, group: str) -> dict[str, Any]:
        if isinstance(schema.get("$ref"), str):
            return self._reference(schema, document, group)
        result = self._value(schema)
        result |= {key: schema[key] for key in _AS_THEY_ARE if key in schema}
        if "exclusiveMinimum" in schema:
            result["exclusiveMinimum"] = schema["exclusiveMinimum"]
        if "properties" in schema:
            self._properties(result, schema, document, group)
        self._required(result, schema)
        for key in ("additionalProperties", "items", "propertyNames"):
            below = schema.get(key)
            if isinstance(below, Mapping):
                result[key] = self.localised(below, document, group)
            elif below is not None:
                result[key] = below
        for key in ("anyOf", "oneOf"):
            if key in schema:
                result[key] = [self.localised(option, document, group) for option in schema[key]]
        return result

    def _reference(self, schema: Schema, document: str, group: str) -> dict[str, Any]:
        below, where, name = group_below(schema, document, group)
        if name not in self.definitions:
            # A condition holds conditions, so the name is taken before what is in it is known.
            self.definitions[name] = {}
            self.definitions[name] = self.localised(below, where, name)
        return {"$ref": f"#/definitions/{name}"}

    def _value(self, schema: Schema) -> dict[str, Any]:
        if "enum" in schema:
            return {"enum": [word for value in schema["enum"] for word in self.vocabulary.value_words(value)]}
        kind = schema.get("type")
        if kind == "boolean":
            return {"enum": [*self.vocabulary.booleans, True, False]}
        if "format" in schema:
            return text_of_format(schema["format"], self.vocabulary)
        if "pattern" in schema:
            numbers = re.search(schema["pattern"], "12") is not None
            return {"type": ["string", "number"] if numbers else "string", "pattern": schema["pattern"]}
        if kind == "string" and "const" not in schema:
            return {"type": _ANY_TEXT}
        return {"type": kind} if kind and "const" not in schema else {}

    def _properties(self, result: dict[str, Any], schema: Schema, document: str, group: str) -> None:
        names, others = result.setdefault("properties", {}), {}
        for canonical, below in schema["properties"].items():
            standard = is_standard(canonical, schema)
            word = canonical if standard else self.vocabulary.word(canonical)
            names[word] = self._keyword(canonical, below, document, group, standard=standard)
            spaced = None if standard else spelled_with_spaces(word)
            if spaced:
                others[spaced] = names[word]
        if "language" in schema["properties"]:
            own = self.vocabulary.word("language")
            names[own]["enum"] = [self.vocabulary.language]
            others[f"^({'|'.join(sorted(language_words() - {own}))})$"] = names[own]
        if others:
            result["patternProperties"] = others

    def _keyword(
        self, canonical: str, below: Schema, document: str, group: str, *, standard: bool
    ) -> dict[str, Any]:
        values = group_below(below, document, "")[0].get("enum")
        told: dict[str, Any] = {
            "title": canonical if standard else self.vocabulary.word(canonical),
            "description": self.descriptions.keyword(canonical, group, standard=standard),
        }
        if canonical == "language":
            return told
        if values and not isinstance(values[0], bool):
            told["enumDescriptions"] = [
                self.descriptions.value(value, canonical)
                for value in values
                for _ in self.vocabulary.value_words(value)
            ]
        return {**self.localised(below, document, canonical), **told}

    def _required(self, result: dict[str, Any], schema: Schema) -> None:
        """A required keyword may be written with spaces for hyphens too."""
        words = [
            name if is_standard(name, schema) else self.vocabulary.word(name)
            for name in schema.get("required", ())
        ]
        if words:
            result["required"] = [word for word in words if "-" not in word]
        spelled = [[word, word.replace("-", " ")] for word in words if "-" in word]
        if spelled:
            result["allOf"] = [{"anyOf": [{"required": [word]} for word in both]} for both in spelled]
        if some := [self.vocabulary.word(name) for name in schema.get("x-one-of-these", ())]:
            result["anyOf"] = [
                {"required": [said]}
                for word in some
                for said in dict.fromkeys((word, word.replace("-", " ")))
            ]
