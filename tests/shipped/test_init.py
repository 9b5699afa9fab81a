"""``gehoor init``: a new folder has the examples that are shipped, and is ready for an editor."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft7Validator

from tests.shipped.examples import SHIPPED
from tests.support.cli_run import run
from tests.support.yaml_files import definition_files, read_as_an_editor

_LINE = "# yaml-language-server: $schema="


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("init") / "eigen"
    assert run("init", place).code == 0
    return place


def test_every_file_names_a_schema_that_accepts_it(workspace: Path) -> None:
    files = definition_files(workspace)
    assert files
    for file in files:
        text = file.read_text("utf-8")
        first = text.splitlines()[0]
        assert first.startswith(_LINE), file
        schema = json.loads((file.parent / first.removeprefix(_LINE)).read_text("utf-8"))
        assert [error.message for error in Draft7Validator(schema).iter_errors(read_as_an_editor(text))] == []


def test_the_rest_is_what_the_starter_has(workspace: Path) -> None:
    for file in definition_files(workspace):
        original = SHIPPED / file.relative_to(workspace)
        assert file.read_bytes().partition(b"\n")[2] == original.read_bytes()
        assert _LINE not in original.read_text("utf-8")


def test_init_refuses_a_folder_that_is_not_empty(tmp_path: Path) -> None:
    (tmp_path / "brief.txt").touch()
    ran = run("init", tmp_path)
    assert ran.code == 1
    assert "niet leeg" in ran.err
    assert [file.name for file in tmp_path.iterdir()] == ["brief.txt"]


def test_init_gives_what_the_starter_has(tmp_path: Path) -> None:
    run("init", tmp_path)
    for folder in ("definitions", "forms", "rules"):
        given = {file.relative_to(tmp_path) for file in (tmp_path / folder).rglob("*.yaml")}
        assert given == {file.relative_to(SHIPPED) for file in (SHIPPED / folder).rglob("*.yaml")}


def test_it_can_be_checked(workspace: Path) -> None:
    assert run("check", "--workspace", workspace).code == 0
