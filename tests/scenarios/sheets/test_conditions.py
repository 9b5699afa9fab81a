"""A condition is filled in row by row: a field, how it is compared, and with what."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gehoor.core.proposals.sheets import ConditionRow, Control, Kind, Shape
from gehoor.core.text.problems import errors
from gehoor.loading.load import load_workspace
from gehoor.loading.sheets.adding import Addition, with_thing
from gehoor.loading.sheets.filling import filled
from gehoor.loading.sheets.sheet import sheet
from tests.support.places import ORGANISATIONS, copy_organisations

LINDE = "de-linde"
RULES = "rules/de-linde/regels.yaml"
TERMS = "rules/de-linde/termijnen.yaml"


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return copy_organisations(tmp_path)


def _condition(workspace: Path, rule: str, file: str = RULES) -> Control:
    shown = sheet(workspace, LINDE, file, ("regels", rule))
    return next(one for one in (*shown.controls, *shown.more) if one.word == "als")


def _row(workspace: Path, rule: str, field: str) -> ConditionRow:
    return next(one for one in _condition(workspace, rule).asked if one.field == field)


def _fill(workspace: Path, rule: str, *rows: list[str]) -> str:
    """Fill in rows of the condition of a rule, keep the file, and return what stands there then."""
    given = {"als": [json.dumps(row) for row in rows]}
    made = filled(workspace, LINDE, RULES, ("regels", rule), given)
    (workspace / made.file).write_text(made.text, "utf-8")
    typed = sheet(workspace, LINDE, RULES, ("regels", rule)).text
    return typed[: typed.index("\ndan:") + 1]


def test_a_choice_is_made_from_the_answers_of_the_field() -> None:
    row = _row(ORGANISATIONS, "schade-naar-verzekeraar", "nadeel_schade")
    assert (row.kind, row.way, row.texts) == (
        Kind.CHOICES,
        "een-van",
        ("lichamelijk", "materieel", "financieel"),
    )
    assert "gezondheid" in {one.value for one in row.values}
    assert {one.value for one in row.ways} >= {"", "een-van", "geen-van", "ingevuld: ja", "ingevuld: nee"}


def test_a_number_is_more_or_less_and_a_yes_is_yes_or_no() -> None:
    number = _row(ORGANISATIONS, "ernstig-naar-directie", "ernst")
    assert (number.way, number.texts) == ("minstens", ("4",))
    assert {one.value for one in number.ways} >= {"hoogstens", "meer-dan"}
    answer = _row(ORGANISATIONS, "gevaar-naar-directie", "acuut_gevaar")
    assert (answer.kind, answer.way) == (Kind.YES_NO, "is: ja")
    assert [one.value for one in answer.ways] == ["is: ja", "is: nee", "ingevuld: ja", "ingevuld: nee"]


def test_another_bound_is_written_where_it_stood(workspace: Path) -> None:
    assert (
        _fill(workspace, "ernstig-naar-directie", ["ernst", "meer-dan", "2"])
        == "als:\n  ernst: {meer-dan: 2}\n"
    )


def test_a_yes_becomes_a_no(workspace: Path) -> None:
    assert (
        _fill(workspace, "gevaar-naar-directie", ["acuut_gevaar", "is: nee"]) == "als: {acuut_gevaar: nee}\n"
    )


def test_what_is_asked_more_is_first_whether_it_is_filled_in_and_then_whichever_answer(
    workspace: Path,
) -> None:
    begun = _fill(workspace, "ernstig-naar-directie", ["ernst", "minstens", "4"], ["type_bericht", "+", ""])
    assert begun == "als:\n  ernst: {minstens: 4}\n  type_bericht: {ingevuld: ja}\n"
    # Whoever only ticks an answer means that it is that.
    chosen = _fill(workspace, "ernstig-naar-directie", ["type_bericht", "ingevuld: ja", "klacht"])
    assert chosen == "als:\n  ernst: {minstens: 4}\n  type_bericht: klacht\n"
    several = _fill(workspace, "ernstig-naar-directie", ["type_bericht", "", "klacht", "melding"])
    assert several == "als:\n  ernst: {minstens: 4}\n  type_bericht: [klacht, melding]\n"
    others = _fill(workspace, "ernstig-naar-directie", ["type_bericht", "is-niet", "klacht", "melding"])
    assert others == "als:\n  ernst: {minstens: 4}\n  type_bericht:\n    geen-van: [klacht, melding]\n"


def test_a_row_is_taken_away(workspace: Path) -> None:
    _fill(workspace, "ernstig-naar-directie", ["type_bericht", "+", ""])
    assert (
        _fill(workspace, "ernstig-naar-directie", ["ernst", "-", "4"])
        == "als:\n  type_bericht: {ingevuld: ja}\n"
    )


def test_alternatives_stand_in_a_group_with_a_sheet_of_its_own(workspace: Path) -> None:
    _fill(workspace, "ernstig-naar-directie", ["acuut_gevaar", "+", "een-van"])
    _fill(workspace, "ernstig-naar-directie", ["nadeel_schade", "+", "een-van"])
    assert [one.word for one in _condition(workspace, "ernstig-naar-directie").parts] == ["een-van"]
    place = ("regels", "ernstig-naar-directie", "als", "een-van")
    group = sheet(workspace, LINDE, RULES, place)
    assert (group.shape, len(group.items)) == (Shape.LIST, 2)
    assert "ernst" in {one.value for one in group.names}
    (third,), path = with_thing(workspace, LINDE, RULES, place, Addition("ernst"))
    (workspace / RULES).write_text(third.text, "utf-8")
    alternative = sheet(workspace, LINDE, RULES, path)
    assert alternative.shape is Shape.CONDITION
    made = filled(workspace, LINDE, RULES, path, {"": [json.dumps(["ernst", "minstens", "3"])]})
    (workspace / RULES).write_text(made.text, "utf-8")
    assert sheet(workspace, LINDE, RULES, path).text == "ernst: {minstens: 3}"
    assert not errors(load_workspace(workspace, (LINDE,)).problems)


def test_a_condition_begins_where_there_was_none(workspace: Path) -> None:
    place = ("termijnen", "ontvangstmelding")
    before = (workspace / TERMS).read_text("utf-8")
    made = filled(workspace, LINDE, TERMS, place, {"geldt-als": [json.dumps(["anoniem", "+", ""])]})
    assert "    geldt-als: {anoniem: ja}\n" in made.text
    assert made.text.replace("    geldt-als: {anoniem: ja}\n", "") == before
    none = filled(workspace, LINDE, TERMS, place, {"geldt-als": []})
    assert none.text == before


def test_what_is_more_than_a_row_has_a_sheet_of_its_own(workspace: Path) -> None:
    text = (workspace / RULES).read_text("utf-8")
    both = text.replace("ernst: {minstens: 4}", "ernst: {minstens: 2, hoogstens: 4}", 1)
    (workspace / RULES).write_text(both, "utf-8")
    assert _row(workspace, "ernstig-naar-directie", "ernst").kind is Kind.PART
    own = sheet(workspace, LINDE, RULES, ("regels", "ernstig-naar-directie", "als", "ernst"))
    assert {one.word: one.texts for one in own.controls} == {"minstens": ("2",), "hoogstens": ("4",)}


def test_a_field_that_is_gone_is_said_to_be(workspace: Path) -> None:
    text = (workspace / RULES).read_text("utf-8")
    (workspace / RULES).write_text(text.replace("ernst: {minstens: 4}", "erns: {minstens: 4}", 1), "utf-8")
    row = _row(workspace, "ernstig-naar-directie", "erns")
    assert (row.exists, row.texts) == (False, ("4",))


EXAMPLE = ("voorbeelden", 0)


def test_what_an_example_is_given_is_filled_in_row_by_row(tmp_path: Path) -> None:
    workspace = copy_organisations(tmp_path)
    (given,) = (one for one in sheet(workspace, LINDE, RULES, EXAMPLE).controls if one.keyword == "given")
    assert (given.kind, given.answers, given.groups) == (Kind.CONDITION, True, ())
    names = [row.field for row in given.asked]
    assert "ernst" in names
    more = next(one.value for one in given.choices if one.value == "drager")
    sent = [json.dumps([more, "+", ""]), json.dumps(["ernst", "", "2"])]
    made = filled(workspace, LINDE, RULES, EXAMPLE, {given.word: sent})
    (workspace / RULES).write_text(made.text, "utf-8")
    (after,) = (one for one in sheet(workspace, LINDE, RULES, EXAMPLE).controls if one.keyword == "given")
    answered = {row.field: (row.kind, row.texts) for row in after.asked}
    assert answered["ernst"] == (Kind.TEXT, ("2",))
    assert answered["drager"][0] is Kind.CHOICES
    # Of a field with several answers it is a list, also with one.
    assert "drager: [" in made.text


def test_what_is_answered_beforehand_is_filled_in_row_by_row_too() -> None:
    form = "forms/de-linde/melden.schema.yaml"
    shown = sheet(ORGANISATIONS, LINDE, form, ("vast",))
    assert shown.shape is Shape.CONDITION
    assert {row.field for row in shown.controls[0].asked} == {"drager", "indieningsvorm", "type_bericht"}


def test_what_an_example_expects_is_chosen() -> None:
    found = sheet(ORGANISATIONS, LINDE, RULES, (*EXAMPLE, "verwacht"))
    asked = {one.keyword: one for one in (*found.controls, *found.more)}
    assert "algemeen-directeur" in {one.value for one in asked["notified"].choices}
    assert "De verzekeraar verwittigen" in {one.value for one in asked["duties"].choices}
    assert asked["terms"].answers
    assert "antwoord" in {one.value for one in asked["terms"].choices}


def test_of_a_term_an_example_says_the_last_day(tmp_path: Path) -> None:
    workspace = copy_organisations(tmp_path)
    place = (*EXAMPLE, "verwacht")
    sent = {"termijnen": [json.dumps(["antwoord", "+", ""])]}
    made = filled(workspace, LINDE, RULES, place, sent)
    assert "termijnen: {antwoord: 2026-01-15}" in made.text
