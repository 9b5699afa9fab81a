"""Schemas for editors: written where they are asked for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support.cli_run import run
from tests.support.places import CHECKOUT


def test_in_the_workspace(tmp_path: Path) -> None:
    for folder in ("definitions", "forms", "rules"):
        (tmp_path / folder).mkdir()
    ran = run("schema", "export", "--workspace", tmp_path)
    assert (ran.code, ran.out) == (0, f"De schema's staan in {tmp_path / '.gehoor' / 'schemas'}.\n")
    names = {file.name for file in (tmp_path / ".gehoor" / "schemas" / "nl").iterdir()}
    assert {"organisatie.schema.json", "termijnen.schema.json", "formulier.schema.json"} <= names
    assert (tmp_path / ".gehoor" / "schemas" / "en" / "terms.schema.json").is_file()


def test_in_a_folder_and_in_one_language(tmp_path: Path) -> None:
    assert run("schema", "export", tmp_path / "x", "--language", "en").code == 0
    assert [folder.name for folder in (tmp_path / "x").iterdir()] == ["en"]
    schema = json.loads((tmp_path / "x" / "en" / "letter.schema.json").read_text("utf-8"))
    assert schema["properties"]["letter"]["description"] == "The letter."


def test_what_cannot_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ran = run("schema", "export", tmp_path, "--language", "fr")
    assert (ran.code, ran.err) == (2, 'Fout bij --language: "fr" kan niet; kies nl of en.\n')
    (tmp_path / "file").touch()
    ran = run("schema", "export", tmp_path / "file")
    assert ran.code == 1
    assert ran.err.startswith("De schema's kunnen niet geschreven worden: ")
    monkeypatch.delenv("GEHOOR_WORKSPACE", raising=False)
    monkeypatch.chdir(tmp_path)
    ran = run("schema", "export")
    assert (ran.code, ran.err) == (1, "Hier staan nog geen eigen afspraken. Begin met: gehoor init MAP\n")


def test_the_page_with_keywords() -> None:
    assert run("schema", "keywords").out == (CHECKOUT / "docs" / "reference" / "sleutelwoorden.md").read_text(
        "utf-8"
    )
