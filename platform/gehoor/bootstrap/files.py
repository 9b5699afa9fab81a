"""Reading definition files, and the language they are written in."""

from __future__ import annotations

from pathlib import Path

from gehoor.loading.checks.analysis.incomplete_translations import Missing, missing_translations
from gehoor.loading.export.editor_schemas import FOLDER as SCHEMA_FOLDER
from gehoor.loading.export.editor_schemas import write_schemas
from gehoor.loading.export.json_schema_page import json_schema_page
from gehoor.loading.export.keyword_page import keyword_page
from gehoor.loading.keywords.vocabulary import shipped_languages
from gehoor.loading.load import LoadedWorkspace, load_workspace
from gehoor.loading.problems.pages import all_pages, codes, list_text, page_text
from gehoor.loading.translate.language import place_schema_lines
from gehoor.loading.translate.translate import Translated, TranslationError, translate
from gehoor.loading.workspace.organisation import organisations as listed

__all__ = [
    "LoadedWorkspace",
    "Missing",
    "Translated",
    "TranslationError",
    "all_pages",
    "codes",
    "export_schemas",
    "json_schema_page",
    "keyword_page",
    "list_text",
    "load",
    "organisations",
    "page_text",
    "prepare_for_editors",
    "shipped_languages",
    "translate",
    "untranslated",
]


def load(workspace: Path, only: tuple[str, ...] = ()) -> LoadedWorkspace:
    """Load and check the organisations of a workspace, or only some."""
    return load_workspace(workspace, only)


def untranslated(loaded: LoadedWorkspace) -> list[Missing]:
    """Return the texts for people outside that lack a translation, each once for each language and place."""
    found = (missing_translations(one.provenance.whole, one.agreement) for one in loaded.departments)
    return list(dict.fromkeys(missing for of_one in found for missing in of_one))


def organisations(workspace: Path) -> list[str]:
    """Return the ids of the organisations in a workspace."""
    return listed(workspace)


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
