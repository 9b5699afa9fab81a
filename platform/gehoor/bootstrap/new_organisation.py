"""Writing the first files of an organisation: all of them, after they were checked, or none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from gehoor.bootstrap.files import export_schemas
from gehoor.core.text.problems import Problem
from gehoor.loading.export.new_organisation import (
    AnswerError,
    Question,
    first_files,
    organisation_id,
    questions,
)
from gehoor.loading.load import load_workspace
from gehoor.loading.translate.language import place_schema_lines

__all__ = ["AnswerError", "Begun", "Question", "begin", "organisation_id", "questions"]


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
    made = first_files(answers, today)
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
        (workspace / file).write_text(text, encoding="utf-8")
