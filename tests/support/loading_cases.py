"""Example workspaces on disk: a valid base, and invalid cases that are laid over it."""

from __future__ import annotations

import shutil
from pathlib import Path

EXAMPLES = Path(__file__).parent.parent / "examples"
VALID = EXAMPLES / "valid"
INVALID = EXAMPLES / "invalid"
BASE = VALID / "klein"
COMPLETE = VALID / "volledig"
"""Uses every keyword."""
_OWN_FILES = ("expected.txt", "steps.txt")


def build(case: Path, workspace: Path) -> None:
    """Make the workspace of a case: the base, the case's files over it, then its steps.

    ``steps.txt`` holds what a file cannot: ``remove PATH``, ``copy FROM TO``, ``link PATH TARGET`` and
    ``fill PATH BYTES``, one a line, with ``~`` for a space in a path.
    """
    shutil.copytree(BASE, workspace)
    shutil.copytree(case, workspace, dirs_exist_ok=True, ignore=shutil.ignore_patterns(*_OWN_FILES))
    steps = case / "steps.txt"
    for step in steps.read_text("utf-8").splitlines() if steps.exists() else ():
        word, first, *rest = (part.replace("~", " ") for part in step.split())
        path = workspace / first
        match word, *rest:
            case ("remove",):
                shutil.rmtree(path) if path.is_dir() else path.unlink()
            case "copy", to:
                shutil.copy(path, workspace / to)
            case "link", target:
                path.symlink_to(target)
            case "fill", size:
                path.write_bytes(b"#" * int(size))
            case _:
                raise ValueError(step)


def problem_lines(case: Path) -> list[str]:
    """Return the lines that a case expects."""
    return (case / "expected.txt").read_text("utf-8").splitlines()
