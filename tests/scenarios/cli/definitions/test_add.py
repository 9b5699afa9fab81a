"""``gehoor add``: one thing more, at its place and in its usual shape; what stood there stays as it was."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from difflib import ndiff
from pathlib import Path
from typing import Any

import pytest

from gehoor.core.text.problems import errors
from gehoor.loading.export.additions import parts
from gehoor.loading.load import load_workspace
from tests.support.cli_run import Ran, run
from tests.support.loading_cases import VALID
from tests.support.places import ORGANISATIONS

ORGANISATION = "jeugdhuis"


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """An organisation that just began."""
    assert run("init", tmp_path, "--new", "Jeugdhuis", "--departments", "Atelier").code == 0
    return tmp_path


def add(workspace: Path, *words: str) -> Ran:
    return run("add", *words, "--workspace", workspace)


def without_notice(workspace: Path) -> None:
    """Let one message to staff have no letter yet."""
    folder = workspace / "definitions" / ORGANISATION
    main = folder / "organisatie.yaml"
    main.write_text(main.read_text("utf-8").replace("  verwittiging: verwittiging\n", ""), "utf-8")
    (folder / "brieven" / "verwittiging.yaml").unlink()


def texts(workspace: Path) -> dict[str, str]:
    """Return the definition files, by name."""
    found = (file for top in ("definitions", "forms", "rules") for file in (workspace / top).rglob("*.yaml"))
    return {file.relative_to(workspace).as_posix(): file.read_text("utf-8") for file in found}


def document(workspace: Path) -> dict[str, Any]:
    loaded = load_workspace(workspace)
    # What is begun for somebody says what they still have to write.
    assert {problem.code for problem in loaded.problems} <= {"nog-aan-te-vullen"}
    return loaded.departments[0].document


def lost(before: dict[str, str], after: dict[str, str]) -> Iterator[str]:
    """Give each line that is no longer where it was among its neighbours."""
    for file, text in before.items():
        yield from (
            line for line in ndiff(text.splitlines(), after[file].splitlines()) if line.startswith("- ")
        )


@pytest.mark.share(3)
@pytest.mark.parametrize("what", sorted(parts()))
def test_whatever_is_added_holds_at_once_and_takes_no_line_away(workspace: Path, what: str) -> None:
    if what == "letter":
        without_notice(workspace)
    before = texts(workspace)
    ran = add(workspace, what, "Iets nieuws")
    assert ran.code == 0, ran.err
    document(workspace)
    after = texts(workspace)
    assert list(lost(before, after)) == []
    for place in ran.out.splitlines()[:-1]:
        file, _, line = place.partition(":")
        was, is_now = (side.get(file, "").splitlines()[int(line) - 1 : int(line)] for side in (before, after))
        assert was != is_now


@pytest.mark.share(3)
@pytest.mark.parametrize("what", sorted(set(parts()) - {"letter"}))
def test_it_finds_its_place_in_files_that_people_wrote(tmp_path: Path, what: str) -> None:
    shutil.copytree(ORGANISATIONS, tmp_path / "map")
    before = texts(tmp_path / "map")
    ran = add(tmp_path / "map", what, "Iets nieuws", "--to", "de-linde")
    assert ran.code == 0, ran.err
    assert errors(load_workspace(tmp_path / "map").problems) == []
    assert list(lost(before, texts(tmp_path / "map"))) == []


def test_a_message_that_has_its_letter_already_gets_no_other(tmp_path: Path) -> None:
    shutil.copytree(ORGANISATIONS, tmp_path / "map")
    ran = add(tmp_path / "map", "letter", "Iets nieuws", "--to", "de-linde")
    assert ran.code == 1
    assert "'herinnering' staat hier twee keer" in ran.err
    assert not (tmp_path / "map/definitions/de-linde/brieven/iets-nieuws.yaml").exists()


def test_a_term_comes_with_what_says_that_it_is_done(workspace: Path) -> None:
    add(workspace, "term", "Terugbellen", "binnen=2 werkdagen", "verantwoordelijk=leiding")
    agreed = document(workspace)
    assert agreed["terms"]["terugbellen"]["within"] == "2 working-days"
    assert agreed["terms"]["terugbellen"]["responsible"] == "leiding"
    assert list(agreed["milestones"])[-2:] == ["terugbellen", "afgesloten"]
    assert agreed["milestones"]["terugbellen"]["field"] == "terugbellen_op"
    assert agreed["forms"]["dossier"]["properties"]["terugbellen_op"]["title"] == "Terugbellen: gedaan op"


def test_the_first_rule_makes_its_file_and_is_used(workspace: Path) -> None:
    add(
        workspace,
        "rule",
        "Naar de leiding",
        "als={anoniem: ja}",
        "dan=[{verwittig: leiding}]",
        "omdat=Zo is het: altijd.",
    )
    rule = document(workspace)["rules"]["naar-de-leiding"]
    assert rule["because"] == "Zo is het: altijd."
    assert rule["then"] == [{"notify": "leiding"}]
    add(workspace, "rule", "Nog een")
    assert list(document(workspace)["rules"]) == ["naar-de-leiding", "nog-een"]


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_the_ends_of_its_lines_and_the_mark_before_a_file_stay(workspace: Path, mark: bytes) -> None:
    file = workspace / f"definitions/{ORGANISATION}/organisatie.yaml"
    before = mark + file.read_bytes().replace(b"\n", b"\r\n")
    file.write_bytes(before)
    add(workspace, "role", "Jongerenraad")
    after = file.read_bytes()
    assert b"jongerenraad: " in after
    assert after.count(b"\n") == after.count(b"\r\n") == before.count(b"\n") + 1
    assert after.startswith(mark)


def test_twice_the_same_is_told_and_nothing_is_written(workspace: Path) -> None:
    add(workspace, "role", "Jongerenraad")
    before = texts(workspace)
    ran = add(workspace, "role", "Jongerenraad")
    assert ran.code == 1
    assert "dubbele-sleutel" in ran.err
    assert texts(workspace) == before


def test_a_value_that_cannot_be_is_told_with_its_sentence(workspace: Path) -> None:
    before = texts(workspace)
    ran = add(workspace, "term", "Bezoek", "binnen=2 dagen")
    assert "Bedoelde u 'kalenderdagen' of 'werkdagen'?" in ran.err
    assert texts(workspace) == before


def test_what_is_wrong_already_stands_in_nobodys_way(workspace: Path) -> None:
    file = workspace / f"definitions/{ORGANISATION}/klacht.yaml"
    file.write_text(file.read_text("utf-8").replace("verwacht: opmerking", "verwacht: opmerkng"), "utf-8")
    assert add(workspace, "role", "Jongerenraad").code == 0


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("ding", "Iets"), "Kies uit: role, channel, field, term, rule, letter, complainant-letter."),
        (("role", "123"), "NAAM: Met '123' kan dit niet."),
        (("role", "Raad", "kleur=rood"), "kleur: Dat woord hoort hier niet. Kies uit: vervanger."),
        (("role", "Raad", "vervanger"), "Schrijf een woord, een = en een waarde"),
        (("role", "Raad", "--to", "zee"), "'zee' staat hier niet. Kies uit: jeugdhuis."),
    ],
)
def test_what_nobody_can_add_is_told(workspace: Path, words: tuple[str, ...], told: str) -> None:
    before = texts(workspace)
    ran = add(workspace, *words)
    assert ran.code == 2
    assert told in ran.err
    assert texts(workspace) == before


@pytest.mark.parametrize("language", ["english", "json"])
def test_files_in_other_words_stay_as_they_are(tmp_path: Path, language: str) -> None:
    shutil.copytree(VALID / language, tmp_path / "map")
    ran = add(tmp_path / "map", "role", "Raad")
    assert ran.code == 1
    assert "Nederlandse woorden" in ran.err
