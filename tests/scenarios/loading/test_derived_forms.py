"""A field is written once: the form on the website is made of the dossier, in the same file."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from gehoor.loading.load import load_workspace
from tests.support.loading_cases import BASE

DOSSIER = "forms/klein/dossier.schema.yaml"
MELDEN = """\
ook-als:
  melden:
    title: Vertel het ons
    minstens-een:
      - velden: [naam, postcode]
        als: {anoniem: nee}
        boodschap: Geef een naam of een postcode.
    vast: {soort_bericht: klacht, postcode: "0900"}
"""
WRITTEN_ONCE = {
    DOSSIER: (
        ("title: Dossier\n", f"title: Dossier\n{MELDEN}"),
        ("properties:\n  soort", "properties:\n  naam: {ook-op: melden}\n  soort"),
        (
            "title: Wat is er gebeurd?",
            "title: Wat is er gebeurd?\n    ook-op: {melden: {title: Wat ging er mis?}}",
        ),
        ("title: Postcode", "title: Postcode\n    ook-op: [melden]"),
    ),
    "definitions/klein/organisatie.yaml": ((", melden: klein/melden", ""),),
}


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """The base workspace, with its form for the website made of the dossier."""
    shutil.copytree(BASE, tmp_path / "map")
    for file, changes in WRITTEN_ONCE.items():
        for old, new in changes:
            change(tmp_path / "map", file, old, new)
    (tmp_path / "map/forms/klein/melden.schema.yaml").unlink()
    return tmp_path / "map"


def change(workspace: Path, file: str, old: str, new: str) -> None:
    """Change one place in a file."""
    text = (workspace / file).read_text("utf-8")
    assert text.count(old) == 1, (file, old)
    (workspace / file).write_text(text.replace(old, new), "utf-8")


def forms(workspace: Path, department: str = "noord") -> dict[str, Any]:
    """Return the forms of a department as they are published; nothing may be wrong."""
    loaded = load_workspace(workspace)
    assert loaded.problems == []
    return next(one.document["forms"] for one in loaded.departments if one.department == department)


def test_it_is_the_form_that_was_written_apart(workspace: Path) -> None:
    assert forms(workspace) == forms(BASE)


def test_what_it_is_called_there_takes_its_translations_along(workspace: Path) -> None:
    told = "title: Wat is er gebeurd?"
    change(workspace, DOSSIER, told, f"vertalingen: {{fr: {{title: Que s'est-il passé?}}}}\n    {told}")
    languages = "talen: [nl]"
    change(workspace, "definitions/klein/organisatie.yaml", languages, "talen: [nl, fr]")
    loaded = load_workspace(workspace)
    asked = loaded.departments[0].document["forms"]
    assert asked["dossier"]["properties"]["verhaal"]["translations"]["fr"]["title"] == "Que s'est-il passé?"
    assert "translations" not in asked["melden"]["properties"]["verhaal"]


def test_a_department_adds_a_field_to_both(workspace: Path) -> None:
    own = "definitions/klein/afdelingen/zuid.yaml"
    change(workspace, own, "title: Buslijn", "title: Buslijn\n        ook-op: melden")
    assert list(forms(workspace, "zuid")["melden"]["properties"]) == ["naam", "verhaal", "lijn", "postcode"]
    assert "lijn" not in forms(workspace)["melden"]["properties"]


def test_a_department_words_it_otherwise(workspace: Path) -> None:
    own = "definitions/klein/afdelingen/zuid.yaml"
    change(workspace, own, "formulieren:\n", "formulieren:\n  melden: {title: Vertel het aan Zuid}\n")
    assert forms(workspace, "zuid")["melden"]["title"] == "Vertel het aan Zuid"
    assert forms(workspace)["melden"]["title"] == "Vertel het ons"


STEPS = """\
stappen:
  - velden: [verhaal]
  - velden: [naam, postcode]
minstens-een:"""
ZUID = "definitions/klein/afdelingen/zuid.yaml"


@pytest.fixture
def apart(tmp_path: Path) -> Path:
    """The base workspace, with its form for the website in a file of its own, step by step."""
    shutil.copytree(BASE, tmp_path / "apart")
    change(tmp_path / "apart", "forms/klein/melden.schema.yaml", "minstens-een:", STEPS)
    return tmp_path / "apart"


def _steps(workspace: Path, department: str) -> list[list[str]]:
    return [one["fields"] for one in forms(workspace, department)["melden"]["steps"]]


def test_a_form_that_is_written_apart_asks_it_last(apart: Path) -> None:
    change(apart, ZUID, "title: Buslijn", "title: Buslijn\n        ook-op: melden")
    change(apart, ZUID, "        na: verhaal\n", "")
    assert list(forms(apart, "zuid")["melden"]["properties"])[-1] == "lijn"
    assert _steps(apart, "zuid") == [["verhaal"], ["naam", "postcode"], ["lijn"]]
    assert "lijn" not in forms(apart)["melden"]["properties"]


def test_it_comes_in_the_step_of_what_it_comes_after(apart: Path) -> None:
    change(apart, ZUID, "title: Buslijn", "title: Buslijn\n        ook-op: melden")
    assert _steps(apart, "zuid") == [["verhaal", "lijn"], ["naam", "postcode"]]


def test_what_the_form_asks_already_stays_as_it_is_there(apart: Path) -> None:
    before = forms(apart)["melden"]
    change(apart, DOSSIER, "title: Postcode", "title: Postcode\n    ook-op: [melden]")
    assert forms(apart)["melden"] == before
