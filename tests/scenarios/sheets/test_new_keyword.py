"""A keyword that is added to a meta-schema has its control, help, place and check on the pages, without other code."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest

from gehoor.core.proposals.sheets import Kind
from gehoor.loading.keywords.descriptions import load_descriptions
from gehoor.loading.keywords.inventory import groups
from gehoor.loading.keywords.meta_schemas import file_validator, meta_schema
from gehoor.loading.sheets.filling import filled
from gehoor.loading.sheets.sheet import sheet
from gehoor.loading.validation.acceptance import acceptance
from gehoor.loading.ways_in.questions import asking
from gehoor.loading.workspace.file import _load_once, load_file
from tests.support.places import copy_organisations

TERMS = "rules/de-linde/termijnen.yaml"
PLACE = ("termijnen", "ontvangstmelding")
WORD, HELP = "proefwoord", "Wat dit woord zegt."


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return copy_organisations(tmp_path)


@pytest.fixture(
    params=[
        ({"type": "string"}, Kind.TEXT, ["nieuw"], "nieuw"),
        ({"type": "boolean"}, Kind.YES_NO, ["ja"], "ja"),
        ({"type": "integer", "maximum": 5}, Kind.NUMBER, ["3"], "3"),
        ({"enum": ["next", "previous"]}, Kind.CHOICE, ["volgende werkdag"], "volgende werkdag"),
        ({"type": "array", "items": {"type": "string"}}, Kind.LINES, ["een\ntwee"], "[een, twee]"),
        ({}, Kind.SNIPPET, ["{a: b}"], "{a: b}"),
        (
            {"$ref": "#/$defs/condition"},
            Kind.CONDITION,
            ['["anoniem", "+"]'],
            "{anoniem: ja}",
        ),
    ],
    ids=lambda one: one[1].value,
)
def added(request: pytest.FixtureRequest) -> Iterator[tuple[dict[str, Any], Kind, list[str], str]]:
    properties = cast(dict[str, Any], meta_schema("common")["$defs"]["term"]["properties"])
    described = cast(dict[str, str], load_descriptions("nl").keywords)
    properties[WORD], described[WORD] = request.param[0], HELP
    _forget()
    yield request.param
    del properties[WORD], described[WORD]
    _forget()


def _forget() -> None:
    # Also what the same text came to while another keyword was there: tests run in any order.
    acceptance.cache_clear()
    _load_once.cache_clear()
    file_validator.cache_clear()
    groups.cache_clear()


def test_it_can_be_filled_in(workspace: Path, added: tuple[dict[str, Any], Kind, list[str], str]) -> None:
    _, kind, typed, written = added
    shown = sheet(workspace, "de-linde", TERMS, PLACE)
    (control,) = (one for one in shown.more if one.word == WORD)
    assert (control.kind, control.help) == (kind, HELP)
    made = filled(workspace, "de-linde", TERMS, PLACE, {WORD: typed})
    assert f"    {WORD}: {written}\n".replace(": \n", ":\n") in made.text
    (workspace / TERMS).write_text(made.text, "utf-8")
    (again,) = (one for one in sheet(workspace, "de-linde", TERMS, PLACE).controls if one.word == WORD)
    assert again.present


def test_what_cannot_stand_there_is_told_on_its_line(
    workspace: Path, added: tuple[dict[str, Any], Kind, list[str], str]
) -> None:
    text = (workspace / TERMS).read_text("utf-8")
    line = next(number for number, one in enumerate(text.splitlines(), 1) if one == "  ontvangstmelding:")
    wrong = text.replace("  ontvangstmelding:\n", f"  ontvangstmelding:\n    {WORD}: {{a: {{b: c}}}}\n")
    (workspace / TERMS).write_text(wrong, "utf-8")
    told = load_file(workspace, TERMS, "terms").problems
    assert added[1] is Kind.SNIPPET or {one.place.line for one in told} == {line + 1}


def test_it_is_offered_where_a_question_is_added(workspace: Path) -> None:
    properties = cast(dict[str, Any], meta_schema("form")["$defs"]["field"]["properties"])
    described = cast(dict[str, str], load_descriptions("nl").keywords)
    properties[WORD], described[WORD] = {"type": "string"}, HELP
    _forget()
    try:
        (control,) = (one for one in asking(workspace, "de-linde").more if one.word == WORD)
        assert (control.kind, control.help) == (Kind.TEXT, HELP)
    finally:
        del properties[WORD], described[WORD]
        _forget()
