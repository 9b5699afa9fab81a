"""Reading definition files."""

from __future__ import annotations

from pathlib import Path

from gehoor.loading.loading import LoadedWorkspace, load_workspace
from gehoor.loading.organisation_files import organisations as listed

__all__ = ["LoadedWorkspace", "load", "organisations"]


def load(workspace: Path, only: tuple[str, ...] = ()) -> LoadedWorkspace:
    """Load and check the organisations of a workspace, or only some."""
    return load_workspace(workspace, only)


def organisations(workspace: Path) -> list[str]:
    """Return the ids of the organisations in a workspace."""
    return listed(workspace)
