"""Canonical keys and values as the files write them, in Dutch: guided by the meta-schema, as reading is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from gehoor.core.agreement.parse_terms import duration
from gehoor.core.calendar.durations import show_duration
from gehoor.core.conditions.relative_dates import read_relative_date
from gehoor.loading.keywords.meta_schemas import (
    FILE_KINDS,
    Schema,
    meta_schema,
    resolve,
    resolved_for,
    schema_below,
)
from gehoor.loading.keywords.placeholders import written_places
from gehoor.loading.keywords.relative_dates import is_relative, written_bound, written_day
from gehoor.loading.keywords.vocabulary import DEFAULT_LANGUAGE, Vocabulary, load_vocabulary
from gehoor.loading.merge.source_map import Path

_SECTIONS: Final[Mapping[str, tuple[str, str, str]]] = {
    "message-examples": ("complaint", "examples", "voorbeelden"),
    "rule-examples": ("rules", "examples", "voorbeelden-bij-regels"),
}
"""Sections of the whole that stand under another keyword: the kind of file, that keyword, and what we call it."""
_LETTERS: Final[Mapping[str, str]] = {"letters": "letter", "correspondence": "letter-to-complainant"}
"""Sections of the whole with letters: the keyword of each in its file."""
_FOLDERS: Final[Mapping[str, str]] = {"letters": "brieven", "forms": "formulieren"}


def written_key(path: Path) -> tuple[str, ...]:
    """Return a path in Dutch keywords; the parts of a list count from 1."""
    return tuple(word for word, _, _ in _walk(path))


def written_value(path: Path, value: Any) -> str:
    """Return a value in Dutch words."""
    *_, (_, schema, document) = _walk(path)
    return _written(value, schema, document)


def _walk(path: Path) -> list[tuple[str, Schema, str]]:
    """Give each part of a path: its word, and the schema of what stands there."""
    schema, document, first, rest = _start(path)
    steps = [(first, schema, document)]
    for part in rest:
        schema, document = resolved_for(steps[-1][1], steps[-1][2], part)
        word = str(part + 1) if isinstance(part, int) else _word(part, schema)
        steps.append((word, *schema_below(schema, document, part)))
    return steps


def _start(path: Path) -> tuple[Schema, str, str, Path]:
    section = str(path[0])
    if section in _SECTIONS:
        kind, keyword, word = _SECTIONS[section]
        return meta_schema(kind)["properties"][keyword], kind, word, path[1:]
    if section in _LETTERS:
        letter = meta_schema("letter")["properties"][_LETTERS[section]]
        return {"additionalProperties": letter}, "letter", _FOLDERS["letters"], path[1:]
    if section == "forms":
        return {"additionalProperties": meta_schema("form")}, "form", _FOLDERS[section], path[1:]
    if section == "law":
        law = meta_schema("law")["properties"]["law"]
        return {"additionalProperties": law}, "law", _dutch().word(section), path[1:]
    for kind in FILE_KINDS:
        properties = meta_schema(kind).get("properties", {})
        if section in properties:
            return properties[section], kind, _dutch().word(section), path[1:]
    return {}, "common", section, path[1:]


def _word(part: str, schema: Schema) -> str:
    known = part in schema.get("properties", {}) and part not in schema.get("x-json-schema", ())
    return _dutch().word(part) if known else part


def _written(value: Any, schema: Schema, document: str) -> str:
    schema, document = resolve(schema, document)
    if isinstance(value, list):
        schema, document = resolved_for(schema, document, 0)
        return ", ".join(_written(one, schema.get("items", {}), document) for one in value) or "(niets)"
    if isinstance(value, bool):
        return _dutch().boolean_word(truth=value)
    if not isinstance(value, str):
        return "(niets)" if value == {} else str(value).replace(".", ",")
    if "enum" in schema:
        return _dutch().value_word(value)
    return _formatted(value, schema.get("format", ""))


def _formatted(value: str, kind: str) -> str:
    match kind:
        case "gehoor-duration":
            return show_duration(duration(value))
        case "gehoor-reminder":
            return f"{show_duration(duration(value))} {_dutch().reminder_suffixes[0]}"
        case "gehoor-letter" | "gehoor-outgoing-letter" | "gehoor-number-pattern":
            return written_places(value, _dutch())
        case "gehoor-day" if is_relative(value):
            return written_day(read_relative_date(value), _dutch())
        case "gehoor-bound":
            return written_bound(value, _dutch())
    return value


def _dutch() -> Vocabulary:
    return load_vocabulary(DEFAULT_LANGUAGE)
