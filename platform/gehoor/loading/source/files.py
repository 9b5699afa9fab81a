"""Finding files in a workspace: by name, with one of the endings, and never outside the workspace."""

from __future__ import annotations

import re
from pathlib import Path

from gehoor.core.text.problems import Place, Problem
from gehoor.loading.source.text import MAX_BYTES

DEFINITIONS_FOLDER = "definitions"
DEPARTMENTS_FOLDER = "afdelingen"
"""Below the folder of an organisation."""
FORMS_FOLDER = "forms"
RULES_FOLDER = "rules"
ENDINGS = (".yaml", ".yml", ".json")
FORM_ENDINGS = (".schema.yaml", ".schema.yml", ".schema.json")

_ID = re.compile(r"[a-z][a-z0-9]*([_-][a-z0-9]+)*\Z")
_FILE_ID = re.compile(r"[a-z][a-z0-9-]*/[a-z][a-z0-9-]*\Z")


def is_id(name: object) -> bool:
    """Say whether something can be an id, and so the name of a file: no path can be made with it."""
    return isinstance(name, str) and _ID.match(name) is not None


def is_file_id(name: object) -> bool:
    """Say whether something names a file in ``forms`` or ``rules`` the way definitions do: folder/name."""
    return isinstance(name, str) and _FILE_ID.match(name) is not None


def find(
    workspace: Path, folder: str, name: str, problems: list[Problem], endings: tuple[str, ...] = ENDINGS
) -> str | None:
    """Return the file with a name, relative to the workspace, or None. Two files of one name are a problem."""
    found = [f"{folder}/{name}{end}" for end in endings if (workspace / f"{folder}/{name}{end}").is_file()]
    problems += [
        Problem(Place(second), "dubbel-in-bestanden", {"value": name, "first": found[0]})
        for second in found[1:]
    ]
    return found[0] if found else None


def names_in(workspace: Path, folder: str, problems: list[Problem]) -> list[str]:
    """Return the names of the definition files in a folder, without ending, each once, in order."""
    if not (workspace / folder).is_dir():
        return []
    names = set()
    for file in sorted((workspace / folder).iterdir()):
        if file.suffix not in ENDINGS or file.name.startswith("."):
            continue
        if is_id(file.stem):
            names.add(file.stem)
        else:
            details = {"value": file.name, "wanted": "kleine letters, cijfers en streepjes"}
            problems.append(Problem(Place(f"{folder}/{file.name}"), "ongeldige-naam", details))
    return sorted(names)


def read(workspace: Path, file: str) -> bytes | Problem:
    """Return the content of a file, or why it cannot be read. At most a little more than ``MAX_BYTES`` is read."""
    path = workspace / file
    try:
        if not path.resolve().is_relative_to(workspace.resolve()):
            return Problem(Place(file), "buiten-de-map")
        if not path.is_file():
            return Problem(Place(file), "bestand-ontbreekt")
        with path.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except (OSError, RuntimeError):
        # RuntimeError: links that lead to each other in a circle.
        return Problem(Place(file), "bestand-onleesbaar")
