"""A department takes choices away in one word: what the organisation shares about them stays as it is."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from gehoor.core.text.problems import errors
from gehoor.loading.load import load_workspace
from tests.support.loading_cases import BASE

OWN = "definitions/klein/afdelingen/zuid.yaml"


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """The base workspace, in which Zuid takes one consequence away. A shared rule asks about it."""
    shutil.copytree(BASE, tmp_path / "map")
    own = tmp_path / "map" / OWN
    text = own.read_text("utf-8")
    assert text.count("    velden:\n") == 1
    own.write_text(
        text.replace("    velden:\n", "    velden:\n      gevolgen: {zonder-keuzes: [geld]}\n"), "utf-8"
    )
    return tmp_path / "map"


def forms(workspace: Path, department: str) -> dict[str, Any]:
    """Return the forms of a department as they are published; nothing may be wrong."""
    loaded = load_workspace(workspace)
    assert errors(loaded.problems) == []
    return next(one.document["forms"] for one in loaded.departments if one.department == department)


def offered(forms: dict[str, Any], form: str = "dossier", field: str = "gevolgen") -> list[str]:
    asked = forms[form]["properties"][field]
    return [one["const"] for one in asked.get("items", asked)["oneOf"] if not one.get("deprecated")]


def test_it_is_not_offered_there_any_more(workspace: Path) -> None:
    assert offered(forms(workspace, "zuid")) == ["excuus"]
    assert offered(forms(workspace, "noord")) == ["excuus", "geld"]


def test_what_was_chosen_before_is_read_by_its_name(workspace: Path) -> None:
    loaded = load_workspace(workspace)
    kept = loaded.departments[1].agreement.dossier_form.fields["gevolgen"]
    assert {one.code: one.retired for one in kept.choices} == {"excuus": False, "geld": True}


def test_a_form_that_asks_the_field_too_does_not_offer_it_either(workspace: Path) -> None:
    melden = workspace / "forms/klein/melden.schema.yaml"
    text = melden.read_text("utf-8").replace(
        "  naam:\n", '  gevolgen:\n    $ref: "dossier.schema.yaml#/properties/gevolgen"\n  naam:\n'
    )
    melden.write_text(text, "utf-8")
    assert offered(forms(workspace, "zuid"), "melden") == ["excuus"]
    assert offered(forms(workspace, "noord"), "melden") == ["excuus", "geld"]


def test_a_short_list_keeps_its_words(workspace: Path) -> None:
    dossier = workspace / "forms/klein/dossier.schema.yaml"
    text = dossier.read_text("utf-8").replace(
        "  ernst:\n",
        "  dag:\n    title: Dag\n    type: string\n    enum: [Zaterdag, Zondag]\n    zonder-keuzes: [Zondag]\n"
        "    fase: antwoord\n    persoonsgegevens: P0\n  ernst:\n",
    )
    dossier.write_text(text, "utf-8")
    asked = forms(workspace, "noord")["dossier"]["properties"]["dag"]["oneOf"]
    assert asked == [
        {"const": "Zaterdag", "title": "Zaterdag"},
        {"const": "Zondag", "title": "Zondag", "deprecated": True},
    ]
