"""``gehoor xlsform``: a form that others wrote becomes a proposal that could come into force, and nothing does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from tests.support.cli_run import Ran, publish_all, run

SURVEY: list[list[Any]] = [
    [
        "type",
        "name",
        "label::Nederlands (nl)",
        "label::Français (fr)",
        "label::English (en)",
        "required",
        "relevant",
    ],
    ["select_one plek", "plek", "Waar was de hinder?", "Où ?", "Where?", "yes", None],
    ["text", "plek_anders", "Waar dan?", "Où alors ?", "Where then?", "yes", "${plek} = 'elders'"],
    ["geopoint", "punt", "Wijs aan", "Montrez", "Point", None, None],
]
CHOICES: list[list[Any]] = [
    ["list_name", "name", "label::Nederlands (nl)", "label::Français (fr)", "label::English (en)"],
    ["plek", "straat", "Op straat", "Rue", "In the street"],
    ["plek", "elders", "Elders", "Ailleurs", "Elsewhere"],
]
SETTINGS = [
    ["form_title::Nederlands (nl)", "form_title::Français (fr)", "form_title::English (en)"],
    ["Hinder", "Nuisance", "Nuisance"],
]


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return publish_all(tmp_path / "register.db")


def asked(
    store: Path, *words: str, survey: list[list[Any]] = SURVEY, settings: list[list[Any]] = SETTINGS
) -> Ran:
    book = Workbook()
    for title, rows in (("survey", survey), ("choices", CHOICES), ("settings", settings)):
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(store.parent / "hinder.xlsx")
    return run(
        "xlsform", "de-linde", store.parent / "hinder.xlsx", "--store", store, "--now", "2026-06-01", *words
    )


GOOD = ("--name", "hinder", "--phase", "registratie")


def test_a_form_becomes_a_proposal_that_could_come_into_force(store: Path) -> None:
    ran = asked(store, *GOOD)
    assert ran.code == 0, ran.err
    assert "2 vragen overgenomen." in ran.out
    assert "survey, rij 4, punt: een vraag van deze soort kennen wij niet (geopoint)" in ran.out
    assert ran.out.endswith("Het voorstel klopt. Ga ermee verder in de werkplaats.\n")
    listed = run("proposal", "list", "--store", store).out
    assert listed.count("XLSForm: Hinder") == 1
    shown = run("proposal", "show", listed.split()[0], "--store", store).out
    assert "Waar was de hinder?" in shown


def test_nothing_comes_into_force_by_it(store: Path) -> None:
    asked(store, *GOOD)
    (store.parent / "a.json").write_text("{}")
    ran = run("submit", "de-linde", "beukenhof", "hinder", store.parent / "a.json", "--store", store)
    assert "dit formulier bestaat hier niet" in ran.err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--name", "melden", "--phase", "registratie"), "er is al een formulier of bestand dat zo heet"),
        (("--name", "../x", "--phase", "registratie"), "gebruik kleine letters"),
        (("--name", "hinder", "--phase", "registrati"), 'bedoelde u "registratie"?'),
    ],
)
def test_where_it_has_no_place_no_proposal_is_begun(store: Path, words: tuple[str, ...], told: str) -> None:
    assert told in asked(store, *words).err
    assert "Er is geen open voorstel." in run("proposal", "list", "--store", store).out


def test_a_workbook_that_is_no_form_is_told(store: Path) -> None:
    assert "heeft geen blad 'survey' met vragen" in asked(store, *GOOD, survey=[["type"]]).err


@pytest.mark.parametrize("settings", [[], [[None, None], [None]], [[""]]])
def test_a_sheet_in_which_nothing_stands_is_as_one_that_is_not_there(
    store: Path, settings: list[list[Any]]
) -> None:
    ran = asked(store, *GOOD, settings=settings)
    assert ran.code == 0, ran.err


def test_a_sheet_whose_first_row_names_nothing_is_told_of_by_its_name(store: Path) -> None:
    ran = asked(store, *GOOD, settings=[[None], ["form_title"], ["Hinder"]])
    assert ran.code == 1
    assert "heeft in het blad 'settings' op de eerste rij geen namen van kolommen. Zet ze daar." in ran.err
