"""Reading definition files and demo cases."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from gehoor.loading.loading import LoadedWorkspace, load_workspace
from gehoor.loading.organisation_files import organisations as listed

DEMO = "de-linde"
"""The demo that comes with Gehoor."""


def load(workspace: Path, only: tuple[str, ...] = ()) -> LoadedWorkspace:
    """Load and check the organisations of a workspace, or only some."""
    return load_workspace(workspace, only)


def organisations(workspace: Path) -> list[str]:
    """Return the ids of the organisations in a workspace."""
    return listed(workspace)


def demo_data(name: str = DEMO) -> dict[str, Any]:
    """Return the people and cases of a demo: data of ours, so it is not checked further."""
    text = (files("gehoor") / "demo" / f"{name}.yaml").read_text(encoding="utf-8")
    data: dict[str, Any] = YAML(typ="safe", pure=True).load(text)
    return data
