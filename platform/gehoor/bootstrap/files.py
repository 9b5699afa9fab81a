"""Loading definition files."""

from __future__ import annotations

from pathlib import Path

from gehoor.loading.checks.analysis.incomplete_translations import Missing, missing_translations
from gehoor.loading.load import LoadedWorkspace, load_workspace
from gehoor.loading.workspace.organisation import organisations as listed

__all__ = ["LoadedWorkspace", "Missing", "load", "organisations", "untranslated"]


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
