"""``gehoor translations``: all that lacks a translation, to be filled in and put back."""

from __future__ import annotations

from pathlib import Path

import pytest

from gehoor.loading.load import load_workspace
from tests.support.cli_run import run

ORGANISATION = "definitions/jeugdhuis/organisatie.yaml"


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """An organisation that just began, and promises French."""
    run("init", tmp_path, "--new", "Jeugdhuis", "--departments", "Atelier, Nachtopvang")
    file = tmp_path / ORGANISATION
    file.write_text(file.read_text("utf-8").replace("talen: [nl]", "talen: [nl, fr]"), "utf-8")
    return tmp_path


def test_the_sentences_can_be_put_in_the_file_and_nothing_is_left(workspace: Path) -> None:
    told = run("translations", "--workspace", workspace).out.splitlines()
    assert told[0] == f"# {ORGANISATION}"
    block = [line.replace(': ""', ': "Traduit"') for line in told if line.startswith((" ", "vertalingen:"))]
    assert len(block) > 10
    file = workspace / ORGANISATION
    file.write_text("\n".join([file.read_text("utf-8"), *block, ""]), "utf-8")
    left = run("translations", "--workspace", workspace, "--format", "json").json()
    form = "forms/jeugdhuis/dossier.schema.yaml"
    assert {one["file"] for one in left} == {form}
    places = {problem.place.file for problem in load_workspace(workspace).problems}
    # What stands on a form and in a letter is translated where it stands.
    assert places == {form, "definitions/jeugdhuis/brieven/ontvangstmelding.yaml"}


def test_what_stands_on_a_form_is_told_with_its_line(workspace: Path) -> None:
    told = run("translations", "--workspace", workspace).out.splitlines()
    lines = (workspace / "forms/jeugdhuis/dossier.schema.yaml").read_text("utf-8").splitlines()
    for line in told:
        if line.startswith("forms/"):
            place, language, text = line.split("  ", 2)
            assert language == "fr"
            assert text in lines[int(place.rpartition(":")[2]) - 1]


def test_each_text_is_told_once_for_all_departments(workspace: Path) -> None:
    told = run("translations", "--workspace", workspace, "--format", "json").json()
    texts = [(one["text"], one["line"]) for one in told]
    assert len(texts) == len(set(texts))


def test_without_other_languages_nothing_is_missing(tmp_path: Path) -> None:
    run("init", tmp_path, "--new", "Jeugdhuis", "--departments", "Atelier")
    assert run("translations", "--workspace", tmp_path).out == "0 teksten zonder vertaling.\n"
