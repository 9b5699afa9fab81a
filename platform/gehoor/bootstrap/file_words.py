"""The words of definition files: what they mean, in which language they are written, and what editors know of them."""

from __future__ import annotations

from pathlib import Path

from gehoor.loading.export.editor_schemas import FOLDER as SCHEMA_FOLDER
from gehoor.loading.export.editor_schemas import write_schemas
from gehoor.loading.export.json_schema_page import json_schema_page
from gehoor.loading.export.keyword_page import keyword_page
from gehoor.loading.keywords.vocabulary import shipped_languages
from gehoor.loading.problems.pages import all_pages, codes, list_text, page_text
from gehoor.loading.translate.language import place_schema_lines
from gehoor.loading.translate.translate import Translated, TranslationError, translate

__all__ = [
    "Translated",
    "TranslationError",
    "all_pages",
    "codes",
    "export_schemas",
    "json_schema_page",
    "keyword_page",
    "list_text",
    "page_text",
    "prepare_for_editors",
    "shipped_languages",
    "translate",
]


def export_schemas(workspace: Path, folder: Path | None, languages: tuple[str, ...] = ()) -> Path:
    """Write the schemas for editors, in a folder or else in the workspace; return where."""
    place = folder or workspace / SCHEMA_FOLDER
    write_schemas(place, languages)
    return place


def prepare_for_editors(workspace: Path) -> None:
    """Write the schemas into a new workspace, and in each YAML file the line that names its schema."""
    export_schemas(workspace, None)
    found = (
        file for folder in ("definitions", "forms", "rules") for file in (workspace / folder).rglob("*.y*ml")
    )
    place_schema_lines(workspace, tuple(sorted(file.relative_to(workspace).as_posix() for file in found)))
