"""Every example workspace in tests/examples is a test: being there is enough."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gehoor.loading.load import load_workspace
from gehoor.loading.problems.texts import SENTENCES, line
from tests.support.loading_cases import INVALID, VALID, build, problem_lines

_CASES = sorted(path for path in INVALID.iterdir() if path.is_dir())
_NOT_FROM_A_FILE = {"motor-wijkt-af", "te-zwaar"}
"""What publishing says when two engines disagree, and what is said of files that were not read to their end."""


@pytest.mark.share(2)
@pytest.mark.parametrize("case", _CASES, ids=lambda path: path.name)
def test_invalid(case: Path, tmp_path: Path) -> None:
    build(case, tmp_path / "werkmap")
    loaded = load_workspace(tmp_path / "werkmap")
    assert [line(problem) for problem in loaded.problems] == problem_lines(case)


@pytest.mark.parametrize("workspace", sorted(VALID.iterdir()), ids=lambda path: path.name)
def test_valid(workspace: Path) -> None:
    loaded = load_workspace(workspace)
    assert [line(problem) for problem in loaded.problems] == []
    assert [department.department for department in loaded.departments] == ["noord", "zuid"]


def test_the_languages_and_notations_say_the_same() -> None:
    hashes = {
        workspace.name: [department.agreement.hash for department in load_workspace(workspace).departments]
        for workspace in VALID.iterdir()
    }
    assert set(hashes) >= {"klein", "english", "json"}
    assert hashes["english"] == hashes["klein"]
    assert hashes["json"] == hashes["klein"]


def test_every_code_has_a_case_and_every_case_a_code() -> None:
    codes = {expected.split()[1] for case in _CASES for expected in _lines_without_spaces(case)}
    assert codes == set(SENTENCES) - _NOT_FROM_A_FILE
    assert len(_CASES) >= 60


def _lines_without_spaces(case: Path) -> list[str]:
    lines = problem_lines(case)
    assert lines, f"{case.name} expects nothing"
    # A file name may hold a space, and stands before the code.
    return [f"place {expected.split('  ')[1]}" for expected in lines]


def test_an_error_publishes_nothing_of_its_organisation(tmp_path: Path) -> None:
    build(INVALID / "afdelingscode", tmp_path / "werkmap")
    assert load_workspace(tmp_path / "werkmap").departments == []


def test_a_warning_stops_nothing(tmp_path: Path) -> None:
    build(INVALID / "niemand-verwittigd", tmp_path / "werkmap")
    assert len(load_workspace(tmp_path / "werkmap").departments) == 2


def test_a_document_is_plain_json_and_says_what_was_typed() -> None:
    department = load_workspace(VALID / "klein").departments[1]
    document = department.document
    assert json.loads(json.dumps(document, default=float)) == document
    assert document["forms"]["melden"]["preset"]["postcode"] == "0900"
    assert document["calendar"]["closed"][0]["day"] == "2027-05-07"
    assert document["forms"]["dossier"]["properties"]["anoniem"]["default"] is False
    assert "brief" not in document["channels"]
    assert document["terms"]["antwoord"]["within"] == "3 weeks"
    fields = [*document["forms"]["dossier"]["properties"]]
    assert fields.index("lijn") == fields.index("verhaal") + 1
    assert document["forms"]["dossier"]["required"] == ["ontvangen_op", "lijn"]
    assert department.places["terms/antwoord"] == "definitions/klein/afdelingen/zuid.yaml:4"


def test_only_some_organisations() -> None:
    assert load_workspace(VALID / "klein", only=("klein",)).organisations == ["klein"]
    loaded = load_workspace(VALID / "klein", only=("klien",))
    assert [line(problem) for problem in loaded.problems] == [
        "definitions:1:1  verwijst-naar-niets  De organisatie 'klien' bestaat niet. Bedoelde u 'klein'?"
    ]
