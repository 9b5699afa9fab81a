"""Writing the first files of an organisation, and adding to them: all of it, after it was checked, or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory

from gehoor.bootstrap import FOLDERS
from gehoor.bootstrap.file_words import export_schemas
from gehoor.core.text.problems import Problem, errors
from gehoor.loading.export.additions import Added, NoPlaceError, Part, added, parts
from gehoor.loading.export.new_organisation import (
    AnswerError,
    Question,
    first_files,
    organisation_id,
    questions,
)
from gehoor.loading.load import load_workspace
from gehoor.loading.translate.language import place_schema_lines

__all__ = [
    "Added",
    "AnswerError",
    "Begun",
    "NoPlaceError",
    "Part",
    "Question",
    "add",
    "begin",
    "organisation_id",
    "parts",
    "questions",
]


@dataclass(frozen=True, slots=True)
class Begun:
    """What was written, relative to the workspace. With problems nothing was: they say which answer cannot be."""

    organisation: str
    departments: tuple[str, ...]
    files: tuple[str, ...]
    problems: tuple[Problem, ...]


def begin(workspace: Path, answers: Mapping[str, str], today: date) -> Begun:
    """Write the first files of an organisation, into a new folder or beside other organisations.

    Raises ``AnswerError``; ``FileExistsError`` when this organisation has a file there already; ``OSError``.
    """
    there = load_workspace(workspace).departments if workspace.is_dir() else []
    made = first_files(answers, today, [one.agreement.department_code for one in there])
    with TemporaryDirectory() as place:
        _write(Path(place), made)
        loaded = load_workspace(Path(place))
    departments = tuple(one.department for one in loaded.departments)
    if not loaded.problems:
        for file in made:
            if (workspace / file).exists():
                raise FileExistsError(file)
        _write(workspace, made)
        export_schemas(workspace, None)
        place_schema_lines(workspace, tuple(sorted(made)))
    return Begun(loaded.organisations[0], departments, tuple(sorted(made)), tuple(loaded.problems))


def _write(workspace: Path, texts: Mapping[str, str]) -> None:
    for file, text in texts.items():
        (workspace / file).parent.mkdir(parents=True, exist_ok=True)
        (workspace / file).write_text(text, encoding="utf-8", newline="")


def add(
    workspace: Path, organisation: str, part: Part, name: str, said: Mapping[str, str]
) -> tuple[list[Added], list[Problem]]:
    """Add a part to the files of an organisation; what would not hold is not written.

    Returns what was added, and what is wrong then that was not before. Raises ``AnswerError``, ``NoPlaceError`` and
    ``OSError``.
    """
    made = added(workspace, organisation, part, name, said)
    before = {_told(problem) for problem in errors(load_workspace(workspace, (organisation,)).problems)}
    with TemporaryDirectory() as place:
        for folder in FOLDERS:
            if (workspace / folder).is_dir():
                copytree(workspace / folder, Path(place) / folder)
        _write(Path(place), {one.file: one.text for one in made})
        found = errors(load_workspace(Path(place), (organisation,)).problems)
    wrong = [problem for problem in found if _told(problem) not in before]
    if not wrong:
        _write(workspace, {one.file: one.text for one in made})
    return made, wrong


def _told(problem: Problem) -> tuple[str, str, str]:
    # Its line may have moved.
    return problem.place.file, problem.code, str(problem.details)
