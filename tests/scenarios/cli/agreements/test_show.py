"""``gehoor show``: what holds for a department, where it stands, and what it takes the place of."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.support.cli_run import run
from tests.support.places import ORGANISATIONS, copy_organisations


def line_of(file: str, text: str) -> int:
    lines = (ORGANISATIONS / file).read_text("utf-8").splitlines()
    return next(number for number, line in enumerate(lines, start=1) if text in line)


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return copy_organisations(tmp_path)


def show(*words: str | Path, workspace: Path = ORGANISATIONS) -> str:
    ran = run("show", *words, "--workspace", workspace)
    assert ran.code == 0, ran.err
    return ran.out


def test_an_inherited_value_names_the_file_of_the_organisation() -> None:
    file = "rules/de-linde/termijnen.yaml"
    line = line_of(file, "binnen: 5 werkdagen")
    assert (
        show("de-linde/beukenhof", "termijnen.ontvangstmelding.binnen")
        == f"termijnen.ontvangstmelding.binnen: 5 werkdagen  ({file}:{line})\n"
    )


def test_an_overridden_value_names_both_places() -> None:
    own, inherited = "definitions/de-linde/afdelingen/thuis.yaml", "rules/de-linde/termijnen.yaml"
    assert show("de-linde/thuis", "termijnen.ontvangstmelding.binnen").splitlines() == [
        f"termijnen.ontvangstmelding.binnen: 3 werkdagen  ({own}:{line_of(own, 'binnen: 3 werkdagen')})",
        f"    in plaats van: 5 werkdagen  ({inherited}:{line_of(inherited, 'binnen: 5 werkdagen')})",
    ]


def test_a_section_shows_everything_in_it_in_dutch() -> None:
    shown = show("de-linde/thuis", "termijnen.antwoord")
    keys = [line.partition(": ")[0] for line in shown.splitlines()]
    assert all(key.startswith("termijnen.antwoord.") for key in keys)
    assert "termijnen.antwoord.herinner: 5 werkdagen vooraf, 1 werkdag vooraf" in shown
    assert "termijnen.antwoord.verschuif: volgende werkdag" in shown
    assert "termijnen.antwoord.te-laat.2.na: 5 werkdagen" in shown
    assert "termijnen.antwoord.geldt-als.type_bericht: klacht" in shown


def test_every_value_has_a_place_in_a_file() -> None:
    values = run("show", "de-linde/thuis", "--workspace", ORGANISATIONS, "--format", "json").json()["values"]
    assert len(values) > 1000
    for value in values:
        if value["key"] not in ("organisatie.id", "afdeling.id"):
            assert (ORGANISATIONS / value["file"]).is_file(), value
            assert value["line"] >= 1


def test_json_has_the_value_as_kept_and_as_written() -> None:
    key = "termijnen.ontvangstmelding.binnen"
    (value,) = run("show", "de-linde/thuis", key, "--workspace", ORGANISATIONS, "--format", "json").json()[
        "values"
    ]
    assert (value["key"], value["text"], value["value"]) == (key, "3 werkdagen", "3 working-days")
    assert value["overridden"]["text"] == "5 werkdagen"


def test_no_english_keyword_is_shown_outside_the_forms() -> None:
    english = ("within", "until", "responsible", "name", "deputy", "working-days", "because", "true", "false")
    for line in show("de-linde/thuis").splitlines():
        if not line.startswith(("formulieren.", "vertalingen.en.", "    ")):
            words = re.split(r"[.: ]", line.partition("  (")[0])
            assert not set(words) & set(english), line


def test_what_only_a_department_has_takes_the_place_of_nothing() -> None:
    key = "formulieren.dossier.properties.zorgroute.title"
    own = "definitions/de-linde/afdelingen/thuis.yaml"
    assert show("de-linde/thuis", key) == f"{key}: Zorgroute  ({own}:{line_of(own, 'title: Zorgroute')})\n"


def test_what_a_department_takes_out_is_shown_with_what_it_was(workspace: Path) -> None:
    file = workspace / "definitions/de-linde/afdelingen/beukenhof.yaml"
    file.write_text(file.read_text("utf-8") + "\ntermijnen:\n  melding: {vervalt: ja}\n", "utf-8")
    shown = show("de-linde/beukenhof", "termijnen.melding", workspace=workspace).splitlines()
    line = line_of("rules/de-linde/termijnen.yaml", "  melding:")
    assert shown[0].startswith("termijnen.melding: vervalt  (definitions/de-linde/afdelingen/beukenhof.yaml:")
    assert shown[1] == f"    in plaats van: Melding oplossen  (rules/de-linde/termijnen.yaml:{line})"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("de-linde/thuis", "rolen"), '"rolen" bestaat niet; bedoelde u "rollen"?'),
        (("de-linde/thuis", "termijnen.antwoordt"), 'bestaat niet bij termijnen; bedoelde u "antwoord"?'),
        (
            ("de-linde/thuis", "termijnen.antwoord.xyz"),
            "bestaat niet bij termijnen.antwoord; kies uit naam, ",
        ),
        (("de-linde/thui",), 'staat niet bij de-linde; bedoelde u "thuis"?'),
        (("de-lind/thuis",), 'bedoelde u "de-linde"?'),
        (("de-linde",), "schrijf de organisatie en de afdeling zo: de-linde/beukenhof"),
        (("de-linde/thuis/x",), "schrijf de organisatie en de afdeling zo: de-linde/beukenhof"),
    ],
)
def test_what_is_not_there_is_told_with_the_nearest(words: tuple[str, ...], sentence: str) -> None:
    ran = run("show", *words, "--workspace", ORGANISATIONS)
    assert ran.code == 2
    assert sentence in ran.err


def test_with_a_mistake_in_the_files_nothing_is_shown(workspace: Path) -> None:
    file = workspace / "rules/de-linde/termijnen.yaml"
    file.write_text(file.read_text("utf-8").replace("5 werkdagen  ", "5 dagen  "), "utf-8")
    ran = run("show", "de-linde/thuis", "--workspace", workspace)
    assert (ran.code, ran.out) == (1, "")
    assert "rules/de-linde/termijnen.yaml:17" in ran.err
