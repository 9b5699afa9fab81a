"""The schemas for editors accept what the loader accepts, refuse slips, and speak the file's language."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft7Validator

from gehoor.loading.export.editor_schemas import exported, write_schemas
from gehoor.loading.keywords.meta_schemas import FILE_KINDS
from gehoor.loading.keywords.vocabulary import shipped_languages
from gehoor.loading.problems.pages import codes, problem_page
from tests.support.loading_cases import VALID
from tests.support.places import CHECKOUT, ORGANISATIONS
from tests.support.problem_examples import in_its_place
from tests.support.yaml_files import definition_files, editor_faults, keyword_schemas

_FILES = definition_files(ORGANISATIONS, *sorted(VALID.iterdir()))


@pytest.mark.parametrize("file", _FILES, ids=lambda file: str(file.relative_to(CHECKOUT)))
def test_every_right_file_is_accepted(file: Path) -> None:
    assert [*editor_faults(file.read_text("utf-8"))] == []


@pytest.mark.parametrize("language", shipped_languages())
@pytest.mark.parametrize("kind", FILE_KINDS)
def test_a_schema_is_a_schema_and_explains_every_keyword(kind: str, language: str) -> None:
    schema = exported(kind, language)
    Draft7Validator.check_schema(schema)
    assert json.loads(json.dumps(schema)) == schema
    for word, below in keyword_schemas(schema):
        assert below["title"], word
        assert below["description"], word
        if "enumDescriptions" in below:
            assert len(below["enumDescriptions"]) == len(below["enum"])


_TERM = "taal: nl\ntermijnen:\n  antwoord:\n    binnen: 5 werkdagen\n"


@pytest.mark.parametrize(
    ("text", "where"),
    [
        (_TERM.replace("5 werkdagen", "5 dagen"), ["termijnen", "antwoord", "binnen"]),
        (_TERM.replace("5 werkdagen", "vijf"), ["termijnen", "antwoord", "binnen"]),
        (_TERM.replace("5 werkdagen", "5"), ["termijnen", "antwoord", "binnen"]),
        (_TERM.replace("binnen", "within"), ["termijnen", "antwoord"]),
        (_TERM.replace("antwoord", "Het Antwoord"), ["termijnen"]),
        (_TERM + "    verschuif: morgen\n", ["termijnen", "antwoord", "verschuif"]),
        (_TERM + "    dag-zelf-telt: soms\n", ["termijnen", "antwoord", "dag-zelf-telt"]),
        (_TERM + "    uiterste-uur: 25:00\n", ["termijnen", "antwoord", "uiterste-uur"]),
        (_TERM + "    herinner: [morgen]\n", ["termijnen", "antwoord", "herinner", 0]),
        (_TERM + "    te-laat: [{na: 1 week}]\n", ["termijnen", "antwoord", "te-laat", 0]),
        (_TERM + "    geldt-als: {soort: {minstans: 4}}\n", ["termijnen", "antwoord", "geldt-als", "soort"]),
        (_TERM.replace("taal: nl", "taal: en"), ["taal"]),
        ("taal: nl\nbrief: {onderwerp: '{nr}', tekst: x}\n", ["brief", "onderwerp"]),
        ("taal: nl\nbrief: {onderwerp: 'x}', tekst: x}\n", ["brief", "onderwerp"]),
        ("taal: nl\nbrief: {onderwerp: x}\n", ["brief"]),
        ("taal: nl\nregels: {r: {dan: [{vereis: a, toon: b}]}}\n", ["regels", "r", "dan", 0]),
        (
            "taal: nl\nafdeling: {naam: A, code: A}\nnummering: {patroon: '{jaar}'}\n",
            ["nummering", "patroon"],
        ),
        ("language: en\nterms: {a: {within: 5 werkdagen}}\n", ["terms", "a", "within"]),
        ("language: en\nterms: {a: {binnen: 5 working days}}\n", ["terms", "a"]),
    ],
)
def test_a_slip_is_seen_where_it_is(text: str, where: list[str | int]) -> None:
    assert [place for place, _ in editor_faults(text)] == [where]


@pytest.mark.parametrize(
    "text",
    [
        _TERM.replace("taal", "language"),
        _TERM.replace("nl", "nl\n# alles mag ook met spaties") + "    te laat: [{meld: hoofd}]\n",
        _TERM + "    niet nodig als: {een van: [{anoniem: ja}, {ernst: {hoogstens: 2}}]}\n",
        _TERM
        + "    dag zelf telt: true\n    uiterste uur: 17:00\n    herinner: [1 werkdag vooraf, 2 weken]\n",
        _TERM.replace("5 werkdagen", "10 werkdagen ma-za") + "    verschuif: volgende\n",
        "language: en\norganisation: {name: A, time zone: Europe/Brussels}\ndepartments: [a]\ncalendar: {}\n"
        "roles: {a: {}}\nnumbering: {pattern: '{department}-{sequence:4}'}\n"
        "uses: {forms: {dossier: a/b}, terms: [a/b]}\n",
        "taal: nl\nafdeling: {naam: 2026, code: 12}\n",
    ],
)
def test_what_the_loader_accepts_in_another_spelling_is_accepted(text: str) -> None:
    assert [*editor_faults(text)] == []


_SEEN_IN_AN_EDITOR = {
    "onbekend-sleutelwoord", "verkeerde-soort", "geen-keuze", "ongeldige-naam", "ongeldige-duur", "een-gevolg",
    "ongeldige-herinnering", "ongeldige-datum", "ongeldig-uur", "ongeldig-adres", "ongeldig-nummerpatroon",
    "onbekende-plaats", "te-weinig", "te-lang", "te-klein-of-te-groot", "dubbel-in-lijst", "onbekende-taal",
}  # fmt: skip
"""The codes of slips that one file alone shows."""


@pytest.mark.parametrize("code", [code for code in codes() if problem_page(code).file])
def test_the_wrong_example_of_a_problem_is_seen_and_the_right_one_accepted(code: str) -> None:
    page = problem_page(code)
    assert [*editor_faults(in_its_place(page, page.right))] == []
    if code in _SEEN_IN_AN_EDITOR:
        assert [*editor_faults(in_its_place(page, page.wrong))] != []


def test_each_language_is_written_in_its_own_folder(tmp_path: Path) -> None:
    written = write_schemas(tmp_path)
    assert len(written) == len(FILE_KINDS) * len(shipped_languages())
    assert (tmp_path / "nl" / "termijnen.schema.json").is_file()
    assert (tmp_path / "en" / "terms.schema.json").is_file()
    assert json.loads((tmp_path / "nl" / "regels.schema.json").read_text("utf-8"))["title"] == "De regels"
    assert {file.parent.name for file in write_schemas(tmp_path / "x", ("en",))} == {"en"}
