"""A file in the keywords of another language, on the command line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.support.cli_run import run
from tests.support.places import ORGANISATIONS


@pytest.fixture
def terms(tmp_path: Path) -> Path:
    return Path(shutil.copy(ORGANISATIONS / "rules" / "de-linde" / "termijnen.yaml", tmp_path))


def test_to_look_at_it(terms: Path) -> None:
    before = terms.read_bytes()
    ran = run("translate", terms, "--to", "en")
    assert (ran.code, ran.err) == (0, "")
    assert "    within: 5 working days " in ran.out
    assert "# de dag zelf telt niet mee" in ran.out
    assert terms.read_bytes() == before


def test_to_write_it_and_back(terms: Path) -> None:
    before = terms.read_bytes()
    assert run("translate", terms, "--to", "en", "--write").out == ""
    assert b"\nlanguage: en\n" in terms.read_bytes()
    assert run("translate", terms, "--to", "nl", "--write").code == 0
    assert terms.read_bytes() == before


def test_what_cannot_be_translated(terms: Path, tmp_path: Path) -> None:
    ran = run("translate", terms, "--to", "fr")
    assert (ran.code, ran.err) == (2, 'Fout bij --to: "fr" kan niet; kies nl of en.\n')
    ran = run("translate", terms)
    assert (ran.code, ran.err) == (2, "Fout bij --to: dit ontbreekt; kies nl of en.\n")
    ran = run("translate", tmp_path / "weg.yaml", "--to", "en")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith("weg.yaml:1:1  bestand-ontbreekt  ")
    terms.write_text("taal: nl\ntermijnen: {a: {binnen: 5 dagen}}\n")
    ran = run("translate", terms, "--to", "en", "--write")
    assert ran.code == 1
    assert ran.err.startswith("termijnen.yaml:2:25  ongeldige-duur  ")
    assert ran.err.endswith("is niet vertaald. Los eerst op wat hierboven staat.\n")
    assert terms.read_text() == "taal: nl\ntermijnen: {a: {binnen: 5 dagen}}\n"
    terms.write_text("recept: {suiker: 100}\n")
    assert "is geen bestand met afspraken" in run("translate", terms, "--to", "en").err
    terms.write_text("language: en\nterms: {a: {applies-if: {een-van: [x]}}}\n")
    assert "een eigen naam is in de andere taal een sleutelwoord" in run("translate", terms, "--to", "nl").err
