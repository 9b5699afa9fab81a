"""Examples in the files say which terms run, until when, and which milestones can be."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from gehoor.loading.load import load_workspace
from gehoor.loading.problems.texts import line
from tests.support.loading_cases import VALID

RULES = "rules/klein/regels.yaml"


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        (
            "{verbetering: 2027-09-14}",
            "{verbetering: 2027-07-14}",
            "verwacht u verbetering: 2027-07-14, maar het wordt verbetering: 2027-09-14.",
        ),
        (
            "maatregel: [2027-01-25, 2027-01-26]",
            "maatregel: 2027-01-25",
            "maatregel: 2027-01-25, maar het wordt",
        ),
        ("directie: 2027-01-09 10:30", "directie: 2027-01-09 11:30", "directie: 2027-01-09T10:30"),
        ("loopt-niet: [directie, belofte]", "loopt-niet: [antwoord]", "verwacht u antwoord, maar het wordt "),
        (
            "geweigerd: [afgesloten]",
            "geweigerd: [ontvangst]",
            "verwacht u ontvangst, maar het wordt afgesloten.",
        ),
        ("bereikt: [antwoord verstuurd]", "bereikt: [afgesloten]", "verwacht u afgesloten, maar het wordt"),
        (
            "loopt-niet: [directie, belofte]",
            "loopt-niet: [directeur]",
            "De termijn 'directeur' bestaat niet.",
        ),
        (
            "termijnen: {verbetering:",
            "termijnen: {verbtering:",
            "De termijn 'verbtering' bestaat niet.",
        ),
        ("geweigerd: [afgesloten]", "geweigerd: [gesloten]", "De mijlpaal 'gesloten' bestaat niet."),
    ],
)
def test_what_turns_out_otherwise_is_told(tmp_path: Path, right: str, wrong: str, told: str) -> None:
    shutil.copytree(VALID / "volledig", tmp_path, dirs_exist_ok=True)
    text = (tmp_path / RULES).read_text("utf-8")
    assert right in text
    (tmp_path / RULES).write_text(text.replace(right, wrong, 1), "utf-8")
    problems = [line(problem) for problem in load_workspace(tmp_path).problems]
    assert problems
    assert all(told in problem for problem in problems), problems
