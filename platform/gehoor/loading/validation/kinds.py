"""Which kind of value was found, and how what was meant is written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from gehoor.loading.keywords.meta_schemas import Schema
from gehoor.loading.keywords.vocabulary import Vocabulary

_KINDS_OF_VALUE: Final = {
    "object": "een groep met sleutelwoorden",
    "array": "een lijst",
    "string": "een tekst",
    "integer": "een geheel getal",
    "number": "een getal",
    "boolean": "ja of nee",
}
_BETWEEN: Final = re.compile(r"\s*[,;]\s*| en ")
_LONGEST: Final = 80
_MOST: Final = 8


def kind_words(types: Iterable[str]) -> list[str]:
    """Return the words for types of JSON Schema, each once; a whole number is a number."""
    names = list(dict.fromkeys(types))
    if "number" in names and "integer" in names:
        names.remove("integer")
    return [_KINDS_OF_VALUE[name] for name in names]


def found_kind(value: object) -> str:
    """Return what stands there: its kind, or a single value as it was typed."""
    if isinstance(value, dict):
        return _KINDS_OF_VALUE["object"]
    if isinstance(value, list):
        return _KINDS_OF_VALUE["array"]
    return f"'{value}'" if value != "" else "niets"


def instead(word: str, types: Iterable[str], value: Any, schema: Schema, words: Vocabulary) -> str:
    """Return how a value of another kind than wanted is written, as a sentence; nothing when that is not clear."""
    wanted = [*types]
    if value in ("", [], {}):
        return ""
    if wanted == ["array"] and isinstance(value, dict):
        return " Zet een streepje voor elk deel van de lijst."
    if wanted == ["array"] and isinstance(value, str) and len(value) <= _LONGEST:
        parts = _BETWEEN.split(value.strip("()").strip())
        return f" Zet er vierkante haakjes om: {word}: [{', '.join(parts)}]"
    if "string" in wanted and isinstance(value, list):
        return " Kies er een, of schrijf elk apart."
    if wanted == ["object"] and not isinstance(value, dict):
        return _group(value, schema, words)
    return ""


def _is_name(value: Any, words: Vocabulary) -> bool:
    return str(value).isidentifier() and value not in words.booleans


def _group(value: Any, schema: Schema, words: Vocabulary) -> str:
    others = schema.get("additionalProperties")
    if isinstance(others, Mapping) and "$ref" in others and not schema.get("x-whole"):
        return " Zet eronder een naam, en onder die naam wat ervoor geldt."
    if isinstance(others, Mapping):
        # Any field may stand there, as in a condition.
        example = f"{{{value}: ja}}" if _is_name(value, words) else "{ernst: 4}"
        return f" Schrijf een naam en wat ervoor geldt, zoals {example}"
    properties: Mapping[str, Schema] = schema.get("properties", {})
    kind = "array" if isinstance(value, list) else "string"
    needed = [name for name in schema.get("required", properties) if name in properties]
    # That it is taken over from elsewhere is not what a word alone means.
    needed = [name for name in needed if name != "$ref"] or needed
    name = next((one for one in needed if properties[one].get("type", "string") == kind), None)
    if name is None or not isinstance(value, (str, list)):
        known = [one if one in schema.get("x-json-schema", ()) else words.word(one) for one in properties]
        return f" Daarin past: {', '.join(known[:_MOST])}." if known else ""
    word = name if name in schema.get("x-json-schema", ()) else words.word(name)
    value = value.removeprefix(f"{word} ") if isinstance(value, str) else value
    written = f"[{', '.join(map(str, value))}]" if isinstance(value, list) else value
    return f" Schrijf bijvoorbeeld: {{{word}: {written}}}" if len(written) <= _LONGEST else ""
