"""The meta-schemas and the vocabularies fit each other, and the words in which refusals are told."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from gehoor.loading.keywords.meta_schemas import FILE_KINDS, meta_schema
from gehoor.loading.keywords.vocabulary import load_vocabulary, shipped_languages
from gehoor.loading.problems.texts import SENTENCES
from gehoor.loading.validation.formats import CODES, format_checker
from gehoor.loading.validation.messages import TELLERS

_STRUCTURE = {
    "properties",
    "additionalProperties",
    "items",
    "anyOf",
    "propertyNames",
    "required",
    "$ref",
    "$defs",
}
_SILENT = {"$schema", "$id", "title", "x-whole", "x-one-of-these", "x-json-schema"}


def _schemas(schema: Any) -> Iterator[dict[str, Any]]:
    yield schema
    for key in ("additionalProperties", "items", "propertyNames"):
        if isinstance(schema.get(key), dict):
            yield from _schemas(schema[key])
    for key in ("properties", "$defs"):
        for below in schema.get(key, {}).values():
            yield from _schemas(below)
    for below in schema.get("anyOf", []):
        yield from _schemas(below)


_ALL = [schema for kind in (*FILE_KINDS, "common") for schema in _schemas(meta_schema(kind))]


@pytest.mark.parametrize("kind", [*FILE_KINDS, "common"])
def test_a_meta_schema_is_json_schema_and_closed(kind: str) -> None:
    Draft202012Validator.check_schema(meta_schema(kind))
    for schema in _schemas(meta_schema(kind)):
        if schema.get("type") == "object":
            assert "additionalProperties" in schema, schema


def test_every_rule_and_format_of_a_meta_schema_can_be_told() -> None:
    for schema in _ALL:
        assert set(schema) - _STRUCTURE - _SILENT <= set(TELLERS), schema
        if "format" in schema:
            assert schema["format"] in format_checker().checkers
    assert set(CODES.values()) <= set(SENTENCES)


def test_dutch_has_a_word_for_every_keyword() -> None:
    keywords = {
        name
        for schema in _ALL
        for name in schema.get("properties", {})
        if name not in schema.get("x-json-schema", ())
    }
    # What JSON Schema and HTML call so, is called so in every language.
    standard = {"$ref", "autocomplete"}
    assert keywords - standard <= set(load_vocabulary("nl").written_keywords)


@pytest.mark.parametrize("language", shipped_languages())
def test_a_vocabulary_is_lossless(language: str) -> None:
    vocabulary = load_vocabulary(language)
    assert vocabulary.language == language
    for canonical, word in vocabulary.written_keywords.items():
        assert vocabulary.keyword(word) == canonical
    for canonical, word in vocabulary.written_values.items():
        assert vocabulary.values[word] == canonical
    for canonical, word in vocabulary.written_placeholders.items():
        assert vocabulary.placeholders[word] == canonical


def test_a_language_that_is_not_shipped() -> None:
    with pytest.raises(KeyError):
        load_vocabulary("../nl")
