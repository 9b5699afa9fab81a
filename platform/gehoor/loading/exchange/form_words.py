"""A form in canonical keywords as a file of somebody writes it: in the words of its language, guided by the meta-schema
as reading is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from gehoor.loading.editing.values import Style, Value, Word, block_lines
from gehoor.loading.keywords.inventory import is_standard
from gehoor.loading.keywords.meta_schemas import Schema, meta_schema, resolve, resolved_for, schema_below
from gehoor.loading.keywords.vocabulary import Vocabulary

_FORM: Final = "form"
_DAYS: Final = frozenset({"not-after", "not-before"})


def form_text(document: Mapping[str, Any], vocabulary: Vocabulary, remark: str) -> str:
    """Return the text of a form file. ``remark``: what stands above it, for who reads the file."""
    said = _written(document, meta_schema(_FORM), _FORM, vocabulary)
    lines = "".join(f"# {line}\n" for line in remark.splitlines())
    return f"{lines}{block_lines(said, Style(), 0)}\n"


def _written(value: Any, schema: Schema, document: str, words: Vocabulary) -> Value:
    if isinstance(value, Mapping):
        schema, document = resolved_for(schema, document, "")
        found: dict[str, Value] = {}
        for key, one in value.items():
            known = key in schema.get("properties", {}) and not is_standard(key, schema)
            below, where = schema_below(schema, document, key)
            if key in _DAYS and isinstance(one, str):
                found[words.word(key)] = words.value_word(one)
            else:
                found[words.word(key) if known else key] = _written(one, below, where, words)
        return found
    if isinstance(value, list | tuple):
        schema, document = resolved_for(schema, document, 0)
        return [_written(one, *schema_below(schema, document, 0), words) for one in value]
    if isinstance(value, Word):
        # As it stands in another file.
        return value
    if isinstance(value, bool):
        return Word(words.boolean_word(truth=value))
    if isinstance(value, int | float):
        return Word(str(value))
    return words.value_word(str(value)) if "enum" in resolve(schema, document)[0] else str(value)
