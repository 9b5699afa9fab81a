"""The child process that looks at one organisation of a workspace that came from somebody else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from gehoor.adapters.sandbox.child import answer_confined
from gehoor.core.text.problems import Problem
from gehoor.loading.load import load_workspace

_LONGEST = 1000
"""How many characters of a detail are passed on: a sentence shows far less."""


def check(request: dict[str, str]) -> dict[str, Any]:
    """Return the problems of an organisation, and how many departments of it could be published."""
    loaded = load_workspace(Path(request["workspace"]), (request["organisation"],))
    return {
        "problems": [_plain(problem) for problem in loaded.problems],
        "departments": len(loaded.departments),
    }


def _plain(problem: Problem) -> dict[str, Any]:
    place = problem.place
    return {
        "place": [place.file, place.line, place.column],
        "code": problem.code,
        "details": {name: _short(value) for name, value in problem.details.items()},
        "severity": problem.severity.value,
    }


def _short(value: Any) -> Any:
    return value if isinstance(value, bool | int | float) else str(value)[:_LONGEST]


if __name__ == "__main__":
    answer_confined(check)
