"""Definition files for tests: which are shipped, and how an editor reads them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

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


def keyword_schemas(schema: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Give every keyword in an exported schema, with its own schema."""
    if isinstance(schema, list):
        for item in schema:
            yield from keyword_schemas(item)
    elif isinstance(schema, dict):
        yield from schema.get("properties", {}).items()
        for key, item in schema.items():
            yield from keyword_schemas([*item.values()] if key in ("properties", "definitions") else item)
