"""``gehoor init --new``: a few answers become an organisation of one's own, that works and is short enough to read."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gehoor.loading.export.new_organisation import AnswerError, first_files, questions
from gehoor.loading.load import load_workspace
from gehoor.loading.source.nodes import MappingNode, ScalarNode
from gehoor.loading.source.yaml import read_yaml
from tests.support.cli_run import run

NAME = ("--new", "Jeugdhuis 't Anker")
ONE = (*NAME, "--departments", "Atelier")


def lines_in(workspace: Path) -> int:
    files = (file for top in ("definitions", "forms", "rules") for file in (workspace / top).rglob("*.yaml"))
    return sum(len(file.read_text("utf-8").splitlines()) for file in files)


@pytest.mark.parametrize("anonymous", ["ja", "nee"])
def test_it_is_right_at_once_and_short_enough_to_read(tmp_path: Path, anonymous: str) -> None:
    ran = run("init", tmp_path / "map", *ONE, "--anonymous", anonymous)
    assert ran.code == 0, ran.err
    assert load_workspace(tmp_path / "map").problems == []
    assert lines_in(tmp_path / "map") < 220
    assert f"{lines_in(tmp_path / 'map')} regels" in ran.out


def test_every_answer_stands_in_the_files(tmp_path: Path) -> None:
    words = ("--phone", "09 225 11 22", "--email", "klacht@anker.example", "--handler", "Jeugdwerker")
    more = ("--lead", "Coördinator", "--agreed-by", "Bestuur, Jongerenraad", "--acknowledge", "3 werkdagen")
    run(
        "init",
        tmp_path / "map",
        *NAME,
        "--departments",
        "Atelier, Nachtopvang",
        *words,
        *more,
        "--answer",
        "6 weken",
    )
    found = load_workspace(tmp_path / "map").departments
    assert [one.department for one in found] == ["atelier", "nachtopvang"]
    agreement = found[1].agreement
    assert (agreement.organisation_name, agreement.department_name) == ("Jeugdhuis 't Anker", "Nachtopvang")
    document = found[0].document
    assert document["organisation"]["contact"] == {"phone": "09 225 11 22", "email": "klacht@anker.example"}
    assert [role["name"] for role in document["roles"].values()] == ["Jeugdwerker", "Coördinator"]
    assert document["complaint"]["agreed"]["by"] == ["Bestuur", "Jongerenraad"]
    assert [term["within"] for term in document["terms"].values()] == ["3 working-days", "6 weeks"]
    assert document["channels"]["e-mail"]["contact"] == "klacht@anker.example"


def test_who_gives_no_address_has_no_such_channel(tmp_path: Path) -> None:
    run("init", tmp_path / "map", *ONE)
    document = load_workspace(tmp_path / "map").departments[0].document
    assert list(document["channels"]) == ["gesprek", "website"]
    offered = document["forms"]["dossier"]["properties"]["kanaal"]["oneOf"]
    assert [one["const"] for one in offered] == ["gesprek", "website"]


def test_it_is_asked_one_by_one(tmp_path: Path) -> None:
    answers = ["Atelier", "09 225 11 22", "", "", "Jeugdwerker", "", "", "3 werkdagen", "", "nee"]
    ran = run("init", tmp_path / "map", *NAME, "--ask", text="\n".join(["", *answers, ""][1:]))
    assert ran.code == 0, ran.err
    assert "Welke afdelingen hebt u?" in ran.out
    assert "Mag iemand anoniem blijven? (ja of nee) [ja]" in ran.out
    document = load_workspace(tmp_path / "map").departments[0].document
    assert document["roles"]["behandelaar"]["name"] == "Jeugdwerker"
    assert document["anonymous"]["policy"] == "refused"


def test_it_begins_beside_another(tmp_path: Path) -> None:
    run("init", tmp_path, *ONE)
    assert run("init", tmp_path, "--new", "Huis Zee", "--departments", "Zee").code == 0
    loaded = load_workspace(tmp_path)
    assert loaded.organisations == ["huis-zee", "jeugdhuis-t-anker"]
    assert loaded.problems == []


def test_its_dossiers_are_numbered_apart_from_those_of_another(tmp_path: Path) -> None:
    run("init", tmp_path, *ONE)
    run("init", tmp_path, "--new", "Huis Zee", "--departments", "Atelier aan zee")
    loaded = load_workspace(tmp_path)
    assert loaded.problems == []
    assert [one.agreement.department_code for one in loaded.departments] == ["ATL", "ATE"]


def test_what_is_there_stays_as_it_is(tmp_path: Path) -> None:
    run("init", tmp_path, *ONE)
    file = tmp_path / "definitions/jeugdhuis-t-anker/klacht.yaml"
    file.write_text("taal: nl\n", "utf-8")
    ran = run("init", tmp_path, *ONE)
    assert ran.code == 1
    assert "Wat daar staat, blijft zoals het is" in ran.err
    assert file.read_text("utf-8") == "taal: nl\n"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--answer", "30 dagen"), "Bedoelde u 'kalenderdagen' of 'werkdagen'?"),
        (("--agreed-by", "Bestuur"), "minstens 2"),
        (("--email", "klacht@"), "is geen e-mailadres"),
        (("--anonymous", "misschien"), "--anonymous: Met 'misschien' kan dit niet"),
        (("--departments", " , "), "--departments: "),
        (("--departments", "12"), "--departments: Met '12' kan dit niet"),
    ],
)
def test_an_answer_that_cannot_be_is_told_and_nothing_is_written(
    tmp_path: Path, words: tuple[str, ...], told: str
) -> None:
    ran = run("init", tmp_path / "map", *ONE, *words)
    assert ran.code in (1, 2)
    assert told in ran.err
    assert not (tmp_path / "map").exists()


def test_without_a_folder_or_a_name_it_asks_for_one() -> None:
    ran = run("init")
    assert ran.code == 2
    assert "--new" in ran.err


WRITTEN = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cf", "Zl", "Zp")), max_size=30
)


@given(name=WRITTEN, handler=WRITTEN)
@settings(max_examples=60)
def test_whatever_is_answered_stands_there_as_it_was_answered(name: str, handler: str) -> None:
    try:
        made = first_files({"name": name, "departments": "Atelier", "handler": handler}, date(2026, 11, 28))
    except AnswerError:
        return
    text = next(text for file, text in made.items() if file.endswith("organisatie.yaml"))
    root = read_yaml(text.encode("utf-8"), "organisatie.yaml").root
    default = next(one.default for one in questions() if one.name == "handler")
    assert root is not None
    assert scalar(root, "organisatie", "naam") == name.strip()
    assert scalar(root, "rollen", "behandelaar", "naam") == (handler.strip() or default)


def scalar(root: MappingNode, *path: str) -> str:
    """Return the text at a path of keys."""
    node: object = root
    for key in path:
        assert isinstance(node, MappingNode)
        node = next(member.value for member in node.members if member.key == key)
    assert isinstance(node, ScalarNode)
    return node.text
