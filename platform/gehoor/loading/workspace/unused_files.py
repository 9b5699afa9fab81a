"""The files of a workspace, and shared parts of forms, that nothing uses: they hold for nobody, so each is named."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from collections.abc import Set as AbstractSet
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Final

from gehoor.core.text.problems import Place, Problem, Severity
from gehoor.core.text.suggestions import nearest
from gehoor.loading.source.files import (
    DEFINITIONS_FOLDER,
    DEPARTMENTS_FOLDER,
    ENDINGS,
    FORMS_FOLDER,
    RULES_FOLDER,
    is_file_id,
)
from gehoor.loading.workspace.file import load_file
from gehoor.loading.workspace.forms import FormLibrary
from gehoor.loading.workspace.references import Target

_MOST: Final = 2_000
"""How many files are looked at: enough for seventy organisations."""
_EXPLAINS: Final = ("readme", "leesmij", "lisezmoi")


def unused_file_problems(
    workspace: Path, used: Mapping[str, str], told: AbstractSet[str], *, forms: bool
) -> Iterator[Problem]:
    """Yield the files that nothing uses, and what is wrong in laws that nobody chose yet.

    ``forms``: also those for forms, of which a form that could not be read may take over fields.
    ``used``: each file in use, relative to the workspace, with the organisation that uses it; ``told``: the files and
    folders that something is said of already. A folder of which no file is used is named once. What begins with a
    point or an underscore was put aside on purpose.
    """
    unused: dict[str, list[str]] = defaultdict(list)
    folders = {str(PurePosixPath(file).parent) for file in used}
    for top in (DEFINITIONS_FOLDER, *((FORMS_FOLDER,) if forms else ()), RULES_FOLDER):
        for file in islice(_files(workspace, top), _MOST):
            if file in used or not told.isdisjoint((file, *map(str, PurePosixPath(file).parents))):
                continue
            chosen = _to_choose(workspace, file)
            if chosen is not None:
                yield from chosen
            elif not _is_told_already(file):
                unused[str(PurePosixPath(file).parent)].append(file)
    for folder, files in unused.items():
        whole = folder not in folders and len(files) > 1
        for file in [folder] if whole else files:
            near = _namesake(files[0] if whole else file, used)
            details = {"value": file, "hint": near}
            yield Problem(
                Place(file), "map-ongebruikt" if whole else "bestand-ongebruikt", details, Severity.WARNING
            )


def unused_part_problems(libraries: Collection[FormLibrary]) -> Iterator[Problem]:
    """Yield the fields and lists of choices that form files offer to others, and that no field refers to."""
    followed = {target for library in libraries for target in library.followed}
    for library in libraries:
        for file in library.files.values():
            for name in file.canonical.data.get("$defs") or ():
                at = ("$defs", name)
                if Target(file.file, at) not in followed and not name.startswith("_"):
                    spot = file.canonical.spots.nearest(at)
                    yield Problem(spot.key, "deel-ongebruikt", {"value": name}, Severity.WARNING)


def _files(workspace: Path, folder: str) -> Iterator[str]:
    """Give the files in a folder and in those below it, in order; links to folders are not followed."""
    try:
        entries = sorted(os.scandir(workspace / folder), key=lambda entry: entry.name)
    except OSError:
        return
    for entry in entries:
        if entry.name.startswith((".", "_")):
            continue
        path = f"{folder}/{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            yield from _files(workspace, path)
        elif not entry.name.lower().startswith(_EXPLAINS):
            yield path


def _to_choose(workspace: Path, file: str) -> list[Problem] | None:
    """Return what is wrong in a law, a standard or a report that stands in no folder of an organisation: any may choose
    it. None when the file is none of those."""
    name, _, ending = file.removeprefix(f"{RULES_FOLDER}/").partition(".")
    if not file.startswith(f"{RULES_FOLDER}/") or f".{ending}" not in ENDINGS or not is_file_id(name):
        return None
    if (workspace / DEFINITIONS_FOLDER / name.partition("/")[0]).is_dir():
        kinds: tuple[str, ...] = ("law",)
    else:
        kinds = ("law", "standard", "reports")
    for kind in kinds:
        loaded = load_file(workspace, file, kind)
        if kind in loaded.canonical.data:
            return loaded.problems
    return None


def _is_told_already(file: str) -> bool:
    """Say whether it stands where departments do: one that takes no part is told with the word that would use it."""
    path = PurePosixPath(file)
    return path.parts[0] == DEFINITIONS_FOLDER and path.parent.name == DEPARTMENTS_FOLDER


def _namesake(file: str, used: Mapping[str, str]) -> str:
    """Tell which file or folder of nearly the same name is used, and by whom."""
    path = PurePosixPath(file)
    stem = path.name.partition(".")[0]
    known: dict[str, str] = {}
    for other in used:
        at = PurePosixPath(other)
        if at.parts[0] == path.parts[0]:
            for one in (at, at.parent):
                known.setdefault(one.name.partition(".")[0], other)
    near = known.get(stem) or next((known[name] for name in nearest(stem, known)), None)
    if near is None:
        near = next((known[name] for name in known if len(name) > 3 and stem.startswith(name)), None)
    return f" Wel gebruikt: {near}, door {used[near]}." if near else ""
