"""Of what follows from a file that cannot be read, nothing is said: only what is wrong in that file itself."""

from __future__ import annotations

import shutil
from itertools import combinations
from pathlib import Path

import pytest

from gehoor.loading.load import load_workspace
from gehoor.loading.problems.texts import line
from tests.support.loading_cases import VALID

_WHOLE = VALID / "volledig"
"""A small workspace in which every kind of thing that refers to another has its place."""
_FILES = sorted(str(path.relative_to(_WHOLE)) for path in _WHOLE.rglob("*.yaml"))
_SLIPS = {
    "an unclosed quote": 'x: "nog niet af\n',
    "a tab": "x:\n\ty: 1\n",
    "a wrong indent": "x:\n    y: 1\n  z: 2\n",
    "an unclosed brace": "x: {y: 1\n",
}


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return Path(shutil.copytree(_WHOLE, tmp_path / "werkmap"))


def _break(workspace: Path, file: str, slip: str) -> None:
    text = (workspace / file).read_text("utf-8")
    (workspace / file).write_text(text + slip, "utf-8")


@pytest.mark.share(4)
@pytest.mark.parametrize("slip", _SLIPS)
@pytest.mark.parametrize("file", _FILES)
def test_only_the_file_itself_has_a_problem(workspace: Path, file: str, slip: str) -> None:
    _break(workspace, file, _SLIPS[slip])
    problems = load_workspace(workspace).problems
    assert [problem.place.file for problem in problems] == [file], [line(problem) for problem in problems]


@pytest.mark.share(3)
@pytest.mark.parametrize("first", _FILES)
def test_only_the_files_themselves_have_problems(tmp_path: Path, first: str) -> None:
    for one, other in combinations(_FILES, 2):
        if one == first:
            workspace = Path(shutil.copytree(_WHOLE, tmp_path / other.replace("/", "-")))
            for file in (one, other):
                _break(workspace, file, _SLIPS["a tab"])
            problems = load_workspace(workspace).problems
            # Which forms and rules there are, is not known when the file that lists them cannot be read.
            assert {problem.place.file for problem in problems} <= {one, other}, list(map(line, problems))


@pytest.mark.parametrize("each", [7, pytest.param(1, marks=pytest.mark.soak)])
@pytest.mark.parametrize("file", _FILES)
def test_a_misspelled_keyword_is_a_problem_of_its_own_line_alone(
    workspace: Path, file: str, each: int
) -> None:
    """Each word that a line begins with and that is a keyword there, one after the other, gets a letter too many."""
    text = (workspace / file).read_text("utf-8")
    lines = text.splitlines(keepends=True)
    for index, typed in [*enumerate(lines)][len(lines) % each :: each]:
        word = typed.strip().removeprefix("- ").partition(":")[0]
        if not word.isalpha() or ":" not in typed:
            continue
        wrong = typed.replace(word, f"{word}q", 1)
        (workspace / file).write_text("".join([*lines[:index], wrong, *lines[index + 1 :]]), "utf-8")
        problems = load_workspace(workspace).problems
        if any(problem.code in ("onbekend-sleutelwoord", "json-schema-woord") for problem in problems):
            found = [(problem.place.file, problem.place.line) for problem in problems]
            assert found == [(file, index + 1)], [line(problem) for problem in problems]
