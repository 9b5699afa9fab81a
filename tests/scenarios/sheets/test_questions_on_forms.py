"""A question more on a form: for everybody, or for one department; nothing else is said otherwise by it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from gehoor.core.text.problems import errors
from gehoor.loading.load import load_workspace
from gehoor.loading.sheets.adding import Addition, with_thing
from gehoor.loading.sheets.growing import FillError
from gehoor.loading.sheets.renaming import renamed_everywhere
from gehoor.loading.sheets.sheet import sheet
from tests.support.places import copy_organisations

LINDE = "de-linde"
MELDEN = "forms/de-linde/melden.schema.yaml"
DOSSIER = "forms/de-linde/dossier.schema.yaml"
BEUKENHOF = "definitions/de-linde/afdelingen/beukenhof.yaml"
THUIS = "definitions/de-linde/afdelingen/thuis.yaml"


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return copy_organisations(tmp_path)


def _added(workspace: Path, file: str, path: tuple[str, ...], wanted: Addition) -> list[str]:
    files, _ = with_thing(workspace, LINDE, file, path, wanted)
    for one in files:
        (workspace / one.file).write_text(one.text, "utf-8")
    return [one.file for one in files]


def _forms(workspace: Path) -> dict[str, Any]:
    loaded = load_workspace(workspace, (LINDE,))
    assert errors(loaded.problems) == []
    return {one.department: one.document["forms"] for one in loaded.departments}


def test_a_question_on_the_website_of_one_department(workspace: Path) -> None:
    wanted = Addition("Kamernummer", "beukenhof")
    assert _added(workspace, MELDEN, ("properties",), wanted) == [BEUKENHOF]
    forms = _forms(workspace)
    assert [name for name, one in forms.items() if "kamernummer" in one["melden"]["properties"]] == [
        "beukenhof"
    ]
    assert forms["beukenhof"]["melden"]["steps"][-1] == {"fields": ["kamernummer"]}
    assert forms["beukenhof"]["melden"]["title"] == forms["eikenrode"]["melden"]["title"]


def test_a_question_on_the_website_of_all_is_kept_in_the_dossier(workspace: Path) -> None:
    assert _added(workspace, MELDEN, ("properties",), Addition("Kamernummer")) == [MELDEN, DOSSIER]
    for forms in _forms(workspace).values():
        assert forms["melden"]["properties"]["kamernummer"]["title"] == "Kamernummer"
        assert forms["dossier"]["properties"]["kamernummer"]["phase"]


@pytest.mark.parametrize("department", ["", "beukenhof"])
def test_what_the_dossier_asks_already_can_be_asked_on_the_website(workspace: Path, department: str) -> None:
    offered = {one.value for one in sheet(workspace, LINDE, MELDEN, ("properties",)).above}
    assert "onderwerp" in offered
    assert "uiteenzetting" not in offered
    _added(workspace, MELDEN, ("properties",), Addition("onderwerp", department))
    forms = _forms(workspace)
    assert "onderwerp" in forms["beukenhof"]["melden"]["properties"]
    assert ("onderwerp" in forms["eikenrode"]["melden"]["properties"]) is not bool(department)


def test_what_is_asked_already_is_not_asked_twice(workspace: Path) -> None:
    with pytest.raises(FillError):
        with_thing(workspace, LINDE, MELDEN, ("properties",), Addition("uiteenzetting", "beukenhof"))


def test_a_form_of_the_organisation_named_in_a_department_stays_as_it_is(workspace: Path) -> None:
    before = _forms(workspace)
    found = sheet(workspace, LINDE, THUIS, ("formulieren",))
    assert ("melden", "Vertel het ons") in {(one.value, one.label) for one in found.above}
    _added(workspace, THUIS, ("formulieren",), Addition("melden"))
    assert _forms(workspace) == before


def test_a_term_of_the_organisation_named_in_a_department_stays_as_it_is(workspace: Path) -> None:
    before = _forms(workspace)
    assert "antwoord" in {one.value for one in sheet(workspace, LINDE, THUIS, ("termijnen",)).above}
    _added(workspace, THUIS, ("termijnen",), Addition("antwoord"))
    assert _forms(workspace) == before


def test_a_question_typed_at_the_fields_of_a_department_is_whole(workspace: Path) -> None:
    fields = ("formulieren", "dossier", "velden")
    _added(workspace, THUIS, fields, Addition("Kamernummer"))
    _added(workspace, BEUKENHOF, ("formulieren", "melden", "velden"), Addition("Kamer", grows=True))
    forms = _forms(workspace)
    assert "kamernummer" in forms["thuis"]["dossier"]["properties"]
    assert "kamer" in forms["beukenhof"]["melden"]["properties"]


def test_on_which_form_a_field_is_asked_too_is_chosen_by_its_title(workspace: Path) -> None:
    found = sheet(workspace, LINDE, DOSSIER, ("properties", "herhaalkans"))
    (also,) = (one for one in found.more if one.keyword == "also-on")
    assert [(one.value, one.label) for one in also.choices] == [("melden", "Vertel het ons")]


def test_the_phase_of_a_question_of_a_department_is_chosen(workspace: Path) -> None:
    _, path = with_thing(workspace, LINDE, DOSSIER, ("properties",), Addition("Kamernummer", "thuis"))
    found = sheet(workspace, LINDE, THUIS, (*path[:-1], "zorgroute"))
    (phase,) = (one for one in found.controls if one.keyword == "phase")
    assert "registratie" in {one.value for one in phase.choices}


def test_a_question_of_a_department_can_have_another_name(workspace: Path) -> None:
    files, path = with_thing(workspace, LINDE, MELDEN, ("properties",), Addition("Kamernummer", "beukenhof"))
    for one in files:
        (workspace / one.file).write_text(one.text, "utf-8")
    renamed, called = renamed_everywhere(workspace, LINDE, BEUKENHOF, path, "Kamer")
    assert [one.file for one in renamed] == [BEUKENHOF]
    for one in renamed:
        (workspace / one.file).write_text(one.text, "utf-8")
    assert called == "kamer"
    assert "kamer" in _forms(workspace)["beukenhof"]["melden"]["properties"]


def test_what_a_question_is_called_on_a_form_is_said_there_and_nothing_else(workspace: Path) -> None:
    dossier = (workspace / DOSSIER).read_text("utf-8")
    risk = "  herhaalkans:\n"
    (workspace / DOSSIER).write_text(dossier.replace(risk, f"{risk}    ook-op: {{}}\n"), "utf-8")
    place = ("properties", "herhaalkans", "ook-op")
    assert [one.value for one in sheet(workspace, LINDE, DOSSIER, place).above] == ["melden"]
    (made,), path = with_thing(workspace, LINDE, DOSSIER, place, Addition("melden"))
    assert "ook-op: {melden: {}}\n" in made.text
    assert path == (*place, "melden")
