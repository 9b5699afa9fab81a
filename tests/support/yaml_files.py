"""Definition files for tests: which there are in a workspace, and how an editor reads them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from jsonschema import Draft7Validator
from ruamel.yaml import YAML

from gehoor.loading.export.editor_schemas import exported
from gehoor.loading.merge.file_kinds import kind_of_file, language_of_file
from gehoor.loading.source.yaml import read_yaml

FOLDERS = ("definitions", "forms", "rules")
ENDINGS = (".yaml", ".yml", ".json")


def definition_files(*workspaces: Path) -> list[Path]:
    """Return every definition file of some workspaces."""
    files = (
        file for workspace in workspaces for folder in FOLDERS for file in (workspace / folder).rglob("*.*")
    )
    return sorted(file for file in files if file.suffix in ENDINGS)


def read_as_an_editor(text: str) -> Any:
    """Return what an editor makes of a file: YAML 1.2, where a date is a text."""
    return as_an_editor_reads(YAML(typ="safe", pure=True).load(text))


def as_an_editor_reads(value: Any) -> Any:
    """Turn what Python makes of YAML into what YAML 1.2 says it is."""
    if isinstance(value, dict):
        return {key: as_an_editor_reads(item) for key, item in value.items()}
    if isinstance(value, list):
        return [as_an_editor_reads(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def editor_faults(text: str) -> Iterator[tuple[list[str | int], str]]:
    """Judge a file as an editor does that was told which schema to use: give each fault with its place."""
    root = read_yaml(text.encode(), "").root
    assert root
    # A file with a slip at its top is like no kind; the tests have none there but the language.
    kind = kind_of_file(root) or "terms"
    language = "nl" if any(member.key == "termijnen" for member in root.members) else language_of_file(root)
    for error in Draft7Validator(exported(kind, language)).iter_errors(read_as_an_editor(text)):
        yield _innermost(error)


def _innermost(error: Any) -> tuple[list[str | int], str]:
    deeper = [inner for inner in error.context or () if len(inner.absolute_path) > len(error.absolute_path)]
    return [*(deeper[0] if deeper else error).absolute_path], error.message


def keyword_schemas(schema: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Give every keyword in an exported schema, with its own schema."""
    if isinstance(schema, list):
        for item in schema:
            yield from keyword_schemas(item)
    elif isinstance(schema, dict):
        yield from schema.get("properties", {}).items()
        for key, item in schema.items():
            yield from keyword_schemas([*item.values()] if key in ("properties", "definitions") else item)
