"""What departments and organisations share is read, held against its meta-schema and judged once."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from gehoor.core.text.problems import Place, Problem
from gehoor.loading.checks.sound import Sound
from gehoor.loading.load import load_workspace
from gehoor.loading.validation.acceptance import acceptance
from gehoor.loading.workspace import file as one_file
from gehoor.loading.workspace.organisation import load_organisation
from tests.support.places import ORGANISATIONS, copy_organisations

_PROBLEM = Problem(Place("f"), "ontbreekt")


def test_a_file_that_organisations_share_is_read_once() -> None:
    one_file._load_once.cache_clear()
    load_workspace(ORGANISATIONS)
    files = [path for path in ORGANISATIONS.rglob("*") if path.is_file()]
    assert one_file._load_once.cache_info().misses <= len(files)
    assert one_file._load_once.cache_info().hits > 0


def test_what_is_right_is_accepted_without_asking_why_not() -> None:
    for organisation in ("de-linde", "waterhof"):
        for loaded in load_organisation(ORGANISATIONS, organisation).loaded():
            assert acceptance(loaded.kind)(loaded.canonical.data), loaded.file


@pytest.mark.parametrize(
    "wrong", [{}, {"terms": []}, {"terms": {"een": {"name": 1}}}, {"language": "nl", "onbekend": "x"}]
)
def test_what_is_wrong_is_not_accepted(wrong: object) -> None:
    assert not acceptance("terms")(wrong)


def test_what_was_right_is_not_looked_at_again_and_what_was_wrong_is() -> None:
    sound, looked = Sound(), Counter[str]()

    def find(name: str, *problems: Problem) -> list[Problem]:
        looked[name] += 1
        return [*problems]

    for _ in range(2):
        assert sound.unless("velden", {"a": 1}, lambda: find("right")) == []
        assert sound.unless("velden", {"a": True}, lambda: find("other")) == []
        assert sound.unless("velden", {"b": 1}, lambda: find("wrong", _PROBLEM)) == [_PROBLEM]
    assert looked == {"right": 1, "other": 1, "wrong": 2}


def test_a_field_that_is_right_for_one_department_can_be_wrong_for_the_next(tmp_path: Path) -> None:
    folder = copy_organisations(tmp_path)
    department = folder / "definitions/de-linde/afdelingen/eikenrode.yaml"
    own = "\nformulieren: {dossier: {velden: {herhaalkans: {minimum: 6}}}}\n"
    department.write_text(department.read_text("utf-8") + own, "utf-8")
    found = load_workspace(folder, ("de-linde",)).problems
    assert "woorden-spreken-elkaar-tegen" in {problem.code for problem in found}
