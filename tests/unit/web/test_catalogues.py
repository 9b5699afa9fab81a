"""The catalogues hold every text of the pages; what someone outside can come across is there in every language."""

from __future__ import annotations

import ast
import re

import pytest
from babel.messages.catalog import Catalog, Message

from tests.catalogues.texts import WEB, languages, made, needed, texts, written

HOW = "run `make translations`, and translate what is new"
_PLACES = re.compile(r"%\(\w+\)[sd]|\{\w+\}")


def ids(catalog: Catalog) -> set[str]:
    return {first(message.id) for message in catalog if message.id}


def first(given: str | tuple[str, ...] | list[str]) -> str:
    return given if isinstance(given, str) else given[0]


def said(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


@pytest.mark.parametrize("language", languages())
def test_a_catalogue_has_the_texts_that_the_pages_have(language: str) -> None:
    assert ids(written(language)) == ids(texts(language)), HOW


@pytest.mark.parametrize("language", languages())
def test_what_its_readers_can_come_across_is_translated(language: str) -> None:
    catalog = written(language)
    missing = [one for text in needed(language) if not all(said(catalog[one := first(text)]))]
    assert missing == [], HOW


@pytest.mark.parametrize("language", languages())
def test_the_pages_read_what_the_translators_wrote(language: str) -> None:
    translated = {first(m.id): said(m) for m in written(language) if m.id and any(said(m))}
    # Of a plural that is not translated, the file for the pages holds the text itself.
    read = {first(m.id): said(m) for m in made(language) if m.id and list(said(m)) != list(m.id)}
    assert read == translated, HOW


@pytest.mark.parametrize("language", languages())
def test_a_translation_fills_in_the_same_places(language: str) -> None:
    for message in written(language):
        of = [message.id] if isinstance(message.id, str) else list(message.id)
        for number, sentence in enumerate(said(message)):
            if message.id and sentence:
                # Of one there is a sentence of its own, that may say it in a word.
                meant = of[min(number, len(of) - 1)]
                assert set(_PLACES.findall(sentence)) == set(_PLACES.findall(meant)), sentence


def test_there_are_the_languages_to_start_with() -> None:
    assert {"en", "fr"} <= set(languages())


def test_no_text_stands_inside_another() -> None:
    """What is in the braces of a text is not taken over into the catalogues."""
    inside = [
        f"{file.relative_to(WEB)}:{part.lineno}"
        for file in sorted(WEB.rglob("*.py"))
        for text in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(text, ast.JoinedStr)
        for part in ast.walk(text)
        if isinstance(part, ast.Call) and isinstance(part.func, ast.Name) and part.func.id == "_"
    ]
    assert inside == []
