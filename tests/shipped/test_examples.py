"""The examples that are shipped are right: whoever breaks ``definitions/``, ``forms/`` or ``rules/`` hears it here."""

from __future__ import annotations

from pathlib import Path

import pytest

from gehoor.core.analysis.law import Certainty, build_demand
from gehoor.core.wording.chapters import lines
from gehoor.core.wording.registry import DUTCH
from gehoor.loading.load import LoadedDepartment
from gehoor.loading.translate.translate import translate
from gehoor.loading.workspace.file import load_file
from tests.shipped.examples import SHIPPED, examples
from tests.support.cli_run import run
from tests.support.yaml_files import definition_files, editor_faults

FILES = definition_files(SHIPPED)
LAWS = [
    file
    for file in FILES
    if file.is_relative_to(SHIPPED / "rules" / "recht") and "\nrecht:" in file.read_text("utf-8")
]
"""Beside them stand the reports that a law asks for."""


def name(file: Path) -> str:
    return file.relative_to(SHIPPED).as_posix()


@pytest.fixture
def departments() -> list[LoadedDepartment]:
    return examples().departments


def test_they_have_no_problems_and_their_own_examples_turn_out_as_they_say(
    departments: list[LoadedDepartment],
) -> None:
    """What is checked with the files, such as each example in them, is in ``loading/checks``."""
    assert departments
    for one in departments:
        assert one.agreement.examples, f"{one.organisation} gives no example of a message"
        assert one.document["rule-examples"], f"{one.organisation} gives no example of what its rules do"


def test_they_stay_within_what_files_from_outside_may_take() -> None:
    examples()
    ran = run("check", "--outside", "--workspace", SHIPPED)
    assert (ran.code, ran.out.splitlines()[-1].rpartition(": ")[2]) == (0, "alles in orde."), ran.out


@pytest.mark.parametrize("file", FILES, ids=name)
def test_an_editor_accepts_each_file(file: Path) -> None:
    assert [*editor_faults(file.read_text("utf-8"))] == []


@pytest.mark.parametrize("file", FILES, ids=name)
def test_in_english_and_back_each_file_is_the_same(file: Path, tmp_path: Path) -> None:
    english = tmp_path / file.name
    english.write_bytes(translate(file, "en").content or b"")
    assert translate(english, "nl").content == file.read_bytes()


def test_each_agreement_can_be_read_in_plain_words(departments: list[LoadedDepartment]) -> None:
    for one in departments:
        assert all(text.strip() for _, text in lines(DUTCH.agreements.whole(one.agreement))), one.department


@pytest.mark.parametrize("file", LAWS, ids=name)
def test_a_law_says_what_is_not_certain(file: Path) -> None:
    loaded = load_file(SHIPPED, name(file), "law")
    assert loaded.problems == []
    for demand, data in loaded.canonical.data["demands"].items():
        built = build_demand(demand, data)
        assert built.explanation or built.certainty is Certainty.CERTAIN, demand
