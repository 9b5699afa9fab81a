"""The questions of the conversation: each place is one that files have, and nothing that is missed goes unasked."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import Any

import pytest

from gehoor.core.proposals.conversation import Question, Where
from gehoor.loading.checks.analysis.guideline import guideline
from gehoor.loading.checks.references.completeness import REQUIRED
from gehoor.loading.export.additions import parts
from gehoor.loading.keywords.conversation import questions, steps
from gehoor.loading.keywords.meta_schemas import FILE_KINDS, meta_schema, resolve
from gehoor.loading.source.files import is_id
from tests.support.places import CHECKOUT

EACH = list(questions().values())
each_question = pytest.mark.parametrize("question", EACH, ids=lambda one: one.name)


def schema_at(kind: str, path: tuple[str | int, ...]) -> tuple[Any, str]:
    """Return what may stand under keywords of a kind of file, or fail where there are none such."""
    schema, document = meta_schema(kind), kind
    for step in path:
        schema, document = resolve(schema, document)
        assert step in schema["properties"], (kind, path)
        schema = schema["properties"][step]
    return resolve(schema, document)


def things_at(where: Where) -> tuple[Any, str]:
    """Return what a form at a place asks: the group itself, or one of the things in it."""
    schema, document = schema_at(where.file, where.path)
    if where.each and where.file != "letter":
        schema, document = resolve(schema["additionalProperties"], document)
    return schema, document


@each_question
def test_each_place_is_one_that_files_have(question: Question) -> None:
    for where in question.at:
        assert where.file in FILE_KINDS
        schema, _ = things_at(where)
        for keyword in (*where.ask, *where.having, *where.begin):
            assert keyword in schema["properties"], (question.name, keyword)
        if where.own:
            schema_at("department", where.own)
        assert not where.part or where.part in parts()


@each_question
def test_what_is_sought_or_begun_are_values_that_there_are(question: Question) -> None:
    for where in question.at:
        schema, document = things_at(where)
        for keyword, values in where.having.items():
            known = resolve(schema["properties"][keyword], document)[0].get("enum")
            assert known is None or set(values) <= set(known), (question.name, keyword)


@each_question
def test_it_is_asked_in_a_few_words_with_a_name_that_files_can_have(question: Question) -> None:
    assert question.ask.endswith("?")
    assert len(question.ask) < 80
    assert all((question.help, question.example, question.line, question.founding, question.at))
    # It stands in the files as what is given up.
    assert is_id(question.name)


def test_there_are_eight_steps_as_in_the_text() -> None:
    assert len(steps()) == 8
    for number, step in enumerate(steps(), 1):
        own = {one.partition(".")[0] for asked in step.questions for one in asked.founding}
        assert str(number) in own, step.title


def test_everything_that_the_check_misses_is_asked_with_its_name() -> None:
    for name, demand in guideline().items():
        question = questions()[name]
        sought = {value for where in question.at for values in where.having.values() for value in values}
        assert sought >= set(demand.meanings)
        assert not demand.medium or demand.medium in sought
        if not demand.meanings and not demand.medium:
            assert demand.term in sought
            assert question.demand == name


def test_every_sentence_of_the_founding_text_has_a_question() -> None:
    with (CHECKOUT / "tests" / "shipped" / "founding" / "sentences.csv").open(
        encoding="utf-8", newline=""
    ) as stream:
        sentences = {row["ref"] for row in csv.DictReader(stream)}
    asked = {one for question in EACH for one in question.founding}
    assert asked <= sentences
    assert sentences - asked == set()


def required_places() -> Iterator[str]:
    yield from ("channels", "numbering", "roles", "complaint", "anonymous")
    yield from (str(path[0]) for path in REQUIRED)


@each_question
def test_what_cannot_be_left_out_cannot_be_given_up(question: Question) -> None:
    if not question.needed:
        return
    for where in question.at:
        meanings = set(where.having.get("meaning", ()))
        assert where.path[0] in set(required_places()) or meanings & {"story", "received-on"}
