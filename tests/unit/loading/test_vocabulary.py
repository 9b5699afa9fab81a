"""One word for one meaning, both ways; and every keyword and fixed value has its word and its description."""

from __future__ import annotations

from collections import Counter

import pytest
from jsonschema import Draft7Validator
from ruamel.yaml import YAML

from gehoor.core.calendar.durations import Unit
from gehoor.core.exchange.zgw_mapping import DESIGNATIONS
from gehoor.core.letters.places import CODE, GENERAL
from gehoor.loading.export.editor_schemas import exported
from gehoor.loading.export.keyword_page import keyword_page, required_keywords
from gehoor.loading.keywords.descriptions import load_descriptions
from gehoor.loading.keywords.inventory import Keyword, group_below, groups
from gehoor.loading.keywords.meta_schemas import FILE_KINDS
from gehoor.loading.keywords.placeholders import LETTER_PLACES, NUMBER_PLACES
from gehoor.loading.keywords.vocabulary import load_vocabulary, shipped_languages
from tests.support.places import CHECKOUT
from tests.support.yaml_files import as_an_editor_reads, keyword_schemas

_REFERENCE = CHECKOUT / "docs" / "reference" / "sleutelwoorden.md"
_KEYWORDS = [keyword for group in groups().values() for keyword in group.keywords]
_SAME_EVERYWHERE = {"nl", "en", *DESIGNATIONS}
"""Values that are codes of the world outside; those in capitals are too."""


def _values(keyword: Keyword) -> list[str]:
    schema = group_below(keyword.schema, keyword.document, "")[0]
    return [value for one in (schema, *schema.get("anyOf", ())) for value in one.get("enum", ())]


@pytest.mark.parametrize("language", shipped_languages())
def test_one_word_has_one_meaning_and_one_meaning_one_word(language: str) -> None:
    vocabulary = load_vocabulary(language)
    for words in (vocabulary.written_keywords, vocabulary.written_values, vocabulary.written_placeholders):
        assert [word for word, times in Counter(words.values()).items() if times > 1] == []
    for canonical, word in vocabulary.written_keywords.items():
        assert vocabulary.keyword(word) == canonical
        assert vocabulary.keyword(word.replace("-", " ")) == canonical
        assert " " not in word
    for value in {value for keyword in _KEYWORDS for value in _values(keyword)}:
        assert vocabulary.value_word(value) in vocabulary.value_words(value)
        assert {vocabulary.values.get(word, word) for word in vocabulary.value_words(value)} == {value}
    for truth in (True, False):
        assert vocabulary.booleans[vocabulary.boolean_word(truth=truth)] is truth


def test_dutch_has_a_word_for_every_keyword_and_no_word_for_nothing() -> None:
    own = {keyword.canonical for keyword in _KEYWORDS if not keyword.standard}
    assert set(load_vocabulary("nl").written_keywords) == own


def test_dutch_has_a_word_for_every_value() -> None:
    own = {value for word in _KEYWORDS if not word.standard for value in _values(word)}
    codes = {value for value in own if value.isupper()}
    assert set(load_vocabulary("nl").written_values) == own - codes - _SAME_EVERYWHERE


@pytest.mark.parametrize("language", shipped_languages())
def test_everything_has_a_description_and_nothing_else_has(language: str) -> None:
    texts = load_descriptions(language)
    assert set(texts.files) == set(FILE_KINDS)
    assert set(texts.groups) == {name for name, group in groups().items() if not group.is_file}
    assert set(texts.keywords) == {keyword.canonical for keyword in _KEYWORDS if not keyword.standard}
    assert set(texts.standard) == {keyword.canonical for keyword in _KEYWORDS if keyword.standard}
    assert set(texts.values) == {value for keyword in _KEYWORDS for value in _values(keyword)}
    places = {f"{keyword.group}.{keyword.canonical}" for keyword in _KEYWORDS}
    places |= {f"{keyword.canonical}.{value}" for keyword in _KEYWORDS for value in _values(keyword)}
    assert set(texts.special) <= places
    assert set(texts.units) == set(Unit)
    assert (
        set(texts.places)
        == LETTER_PLACES | NUMBER_PLACES | GENERAL | {CODE}
        == set(load_vocabulary("nl").written_placeholders)
    )
    sentences = [
        *texts.units.values(),
        *texts.places.values(),
        *texts.keywords.values(),
        *texts.standard.values(),
        *texts.values.values(),
        *texts.special.values(),
    ]
    assert [text for text in sentences if not text.endswith(".") or not text[0].isupper()] == []


def test_the_languages_describe_the_same() -> None:
    dutch, english = load_descriptions("nl"), load_descriptions("en")
    # A word that says something of its own in one language may do without in another, but not the reverse of it.
    assert set(english.special) <= set(dutch.special)


@pytest.mark.share(5)
@pytest.mark.parametrize("keyword", _KEYWORDS, ids=lambda keyword: f"{keyword.group}.{keyword.canonical}")
def test_the_example_of_a_keyword_may_stand_there(keyword: Keyword) -> None:
    example = load_descriptions("nl").example(keyword.canonical, keyword.group)
    if not example:
        assert group_below(keyword.schema, keyword.document, "")[0]["type"] in ("object", "array")
        return
    word = keyword.canonical if keyword.standard else load_vocabulary("nl").word(keyword.canonical)
    value = as_an_editor_reads(YAML(typ="safe", pure=True).load(example))
    told = load_descriptions("nl").keyword(keyword.canonical, keyword.group, standard=keyword.standard)
    accepted = [
        Draft7Validator({**below, "definitions": schema["definitions"]}).is_valid(value)
        for schema in (exported(kind, "nl") for kind in FILE_KINDS)
        for name, below in keyword_schemas(schema)
        if name == word and below["description"] == told
    ]
    assert any(accepted), f"{word}: {example}"


def test_what_is_required() -> None:
    required = required_keywords()
    assert required["term"] == {"name", "within", "from", "until", "responsible"}
    assert required["letter"] == {"subject", "text"}
    assert required["field"] == {"title", "phase", "personal-data"}
    assert required["numbering"] == {"pattern"}


def test_the_page_with_all_keywords_is_up_to_date() -> None:
    page = keyword_page()
    assert _REFERENCE.read_text("utf-8") == page, (
        "run: gehoor schema keywords > docs/reference/sleutelwoorden.md"
    )
    for keyword in _KEYWORDS:
        assert f" | `{keyword.canonical}` | " in page
        for value in _values(keyword):
            assert f" | `{value}` | " in page


def test_every_link_on_that_page_leads_somewhere() -> None:
    lines = keyword_page().splitlines()
    titles = {line.lstrip("# ").lower() for line in lines if line.startswith("##")}
    anchors = {title.replace(" ", "-").replace(",", "").replace("(", "").replace(")", "") for title in titles}
    linked = {part.partition(")")[0] for line in lines for part in line.split("](#")[1:]}
    assert linked <= anchors
    assert len(anchors) == len([line for line in lines if line.startswith("##")])
