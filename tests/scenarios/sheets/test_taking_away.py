"""What is taken away leaves no empty group behind, and is warned of only where something would miss it."""

from __future__ import annotations

from pathlib import Path

import pytest

from gehoor.loading.sheets.adding import Addition, with_thing
from gehoor.loading.sheets.filling import filled, standing, without_thing
from gehoor.loading.sheets.growing import Changed
from gehoor.loading.sheets.renaming import uses
from gehoor.loading.sheets.sheet import sheet
from tests.support.places import copy_organisations

LINDE = "de-linde"
DOSSIER = "forms/de-linde/dossier.schema.yaml"
BEUKENHOF = "definitions/de-linde/afdelingen/beukenhof.yaml"
THUIS = "definitions/de-linde/afdelingen/thuis.yaml"
RULES = "rules/de-linde/regels.yaml"


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return copy_organisations(tmp_path)


def _kept(workspace: Path, *files: Changed) -> None:
    for one in files:
        (workspace / one.file).write_text(one.text, "utf-8")


def test_the_last_question_of_a_department_takes_its_groups_along(workspace: Path) -> None:
    before = (workspace / BEUKENHOF).read_text("utf-8")
    files, path = with_thing(workspace, LINDE, DOSSIER, ("properties",), Addition("Kamernummer", "beukenhof"))
    _kept(workspace, *files)
    made = without_thing(workspace, LINDE, BEUKENHOF, path)
    assert made.text == before
    assert standing(made.text, path) == ()


def test_what_still_says_something_stays(workspace: Path) -> None:
    made = without_thing(workspace, LINDE, THUIS, ("termijnen", "ontvangstmelding"))
    assert "termijnen:" not in made.text
    assert "zorgroute:" in made.text


def test_the_last_thing_said_otherwise_takes_its_groups_along(workspace: Path) -> None:
    place = ("termijnen", "ontvangstmelding")
    made = filled(workspace, LINDE, THUIS, place, {"binnen": [""], "bron": [""], "herinner": [""]})
    assert "termijnen:" not in made.text


def test_a_group_that_has_to_be_there_stays_when_it_is_empty(workspace: Path) -> None:
    example = ("voorbeelden", 0)
    shown = sheet(workspace, LINDE, RULES, (*example, "verwacht"))
    for one in shown.controls:
        _kept(workspace, without_thing(workspace, LINDE, RULES, (*example, "verwacht", one.word)))
    left = sheet(workspace, LINDE, RULES, example)
    assert [one.word for one in left.controls] == ["geval", "gegeven", "verwacht"]


def test_what_has_to_be_there_cannot_be_taken_away(workspace: Path) -> None:
    assert not sheet(workspace, LINDE, BEUKENHOF, ("afdeling",)).is_removable
    assert sheet(workspace, LINDE, THUIS, ("formulieren",)).is_removable


def test_what_is_only_said_otherwise_is_named_nowhere(workspace: Path) -> None:
    assert uses(workspace, LINDE, THUIS, ("formulieren", "dossier")) == []
    assert uses(workspace, LINDE, THUIS, ("termijnen", "ontvangstmelding")) == []
    assert uses(workspace, LINDE, DOSSIER, ("properties", "gevaar_gemeld_aan")) == []


def test_what_is_only_said_otherwise_keeps_its_name(workspace: Path) -> None:
    found = sheet(workspace, LINDE, THUIS, ("termijnen", "ontvangstmelding"))
    assert (found.is_otherwise, found.is_named) == (True, False)
    own = sheet(workspace, LINDE, THUIS, ("formulieren", "dossier", "velden", "zorgroute"))
    assert (own.is_otherwise, own.is_named) == (False, True)


def test_what_a_question_says_of_itself_goes_with_it(workspace: Path) -> None:
    melden = "forms/de-linde/melden.schema.yaml"
    files, path = with_thing(workspace, LINDE, melden, ("properties",), Addition("Kamernummer", "beukenhof"))
    _kept(workspace, *files)
    assert uses(workspace, LINDE, BEUKENHOF, path) == []
