"""Every keyword of JSON Schema 2020-12 is supported, or refused by name with our word for the same purpose."""

from __future__ import annotations

import re
from itertools import chain

import pytest
from jsonschema_specifications import REGISTRY

from gehoor.loading.export.json_schema_page import json_schema_page
from gehoor.loading.keywords.json_schema import WORDS
from gehoor.loading.keywords.meta_schemas import meta_schema
from gehoor.loading.keywords.vocabulary import load_vocabulary
from gehoor.loading.load import load_workspace
from tests.support.loading_cases import BASE, build
from tests.support.places import CHECKOUT

_VOCABULARIES = (
    "core",
    "applicator",
    "unevaluated",
    "validation",
    "meta-data",
    "format-annotation",
    "content",
)
_STANDARD = [
    word
    for name in _VOCABULARIES
    for word in REGISTRY[f"https://json-schema.org/draft/2020-12/meta/{name}"].contents["properties"]
]
_FORM = meta_schema("form")
_GROUPS = (_FORM, *(one for one in _FORM["$defs"].values()), _FORM["$defs"]["oneOf"]["items"])
_KNOWN = set(chain.from_iterable(group.get("properties", ()) for group in _GROUPS))
_OURS = {"if"}
"""At a choice, our own word for when it is offered; it asks no schema."""
_REFUSED = [word for word, about in WORDS.items() if not about.supported]


def test_the_words_are_those_of_the_standard() -> None:
    assert set(WORDS) == set(_STANDARD)
    assert len(WORDS) == len(_STANDARD) == 57


@pytest.mark.parametrize("word", _STANDARD)
def test_a_word_is_known_to_forms_exactly_when_it_is_supported(word: str) -> None:
    assert (word in _KNOWN - _OURS) is WORDS[word].supported


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_words_of_ours_that_are_named_exist(language: str) -> None:
    ours = load_vocabulary("nl").written_keywords
    for about in WORDS.values():
        assert set(re.findall(r"\{([a-z-]+)\}", about.says)) <= set(ours)
        assert "{" not in about.told(load_vocabulary(language))


@pytest.mark.parametrize("word", _REFUSED)
@pytest.mark.parametrize("place", ["field", "form"])
def test_a_word_that_is_not_supported_is_answered_by_name(word: str, place: str, tmp_path) -> None:
    build(BASE, tmp_path / "werkmap")
    file = tmp_path / "werkmap/forms/klein/dossier.schema.yaml"
    text = file.read_text("utf-8")
    written = (
        text.replace("title: Postcode\n", f"title: Postcode\n    {word}: iets\n")
        if place == "field"
        else f"{text}{word}: iets\n"
    )
    file.write_text(written, "utf-8")
    line = next(number for number, one in enumerate(written.splitlines(), start=1) if f"{word}: iets" in one)
    found = [
        (problem.place.line, problem.code, problem.details["word"])
        for problem in load_workspace(tmp_path / "werkmap").problems
    ]
    assert found == [(line, "json-schema-woord", word)]


def test_the_page_with_all_words_is_up_to_date() -> None:
    page = (CHECKOUT / "docs/reference/json-schema.md").read_text("utf-8")
    assert page == json_schema_page(), "run: gehoor schema json-schema > docs/reference/json-schema.md"
    assert all(f"| `{word}` |" in page for word in _STANDARD)
