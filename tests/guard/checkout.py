"""Where the checkout is, and which files belong to it."""

from __future__ import annotations

import ast
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.support.places import CHECKOUT, SOURCE

PACKAGE = SOURCE / "gehoor"


@cache
def files_of_the_house() -> tuple[Path, ...]:
    """Return what is in version control or about to be; without version control, all but what tools leave behind."""
    git = shutil.which("git")
    if git and (CHECKOUT / ".git").exists():
        command = [git, "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        listed = subprocess.run(command, cwd=CHECKOUT, check=True, capture_output=True, text=True).stdout
        found = [CHECKOUT / name for name in listed.split("\0") if name]
    else:
        found = [path for path in CHECKOUT.rglob("*") if not _is_left_behind(path)]
    return tuple(sorted(path for path in found if path.is_file()))


def _is_left_behind(path: Path) -> bool:
    made = {"__pycache__", "node_modules", "build", "dist"}
    folders = path.relative_to(CHECKOUT).parts[:-1]
    return any(part in made or (part.startswith(".") and part != ".ci") for part in folders)


@cache
def modules_of(package: str = "") -> tuple[Path, ...]:
    """Return the modules under ``platform/gehoor``, or under one package in it."""
    return tuple(sorted((PACKAGE / package).rglob("*.py")))


@cache
def tree_of(module: Path) -> ast.Module:
    """Return the parsed source of a module."""
    return ast.parse(module.read_text(encoding="utf-8"), str(module))


def imported(tree: ast.Module) -> Iterator[str]:
    """Yield the names that a module imports, at any place in it: in full, or as it says them if from beside it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            source = f"{'.' * node.level}{node.module or ''}"
            yield from (f"{source}.{alias.name}" for alias in node.names)


def name_of(module: Path) -> str:
    """Return how a file is called in messages: its path in the checkout."""
    return module.relative_to(CHECKOUT).as_posix()
