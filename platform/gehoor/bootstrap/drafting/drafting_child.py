"""The child process that reads the files of somebody who changes agreements."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

from gehoor.adapters.sandbox.child import serve_confined
from gehoor.core.text.canonical_json import dump
from gehoor.core.text.problems import Problem, Severity
from gehoor.loading.load import load_workspace
from gehoor.loading.problems.texts import sentence
from gehoor.services.ports.drafting import Told

_MOST_TOLD = 200
_LONGEST = 2000


def judge(request: dict[str, Any]) -> dict[str, Any]:
    """Return what is to be said of the files, and the departments that they give."""
    loaded = load_workspace(Path(request["workspace"]), (request["organisation"],))
    return {
        "told": [asdict(_told(problem)) for problem in loaded.problems[:_MOST_TOLD]],
        "departments": [
            {"name": one.department, "document": dump(one.document), "places": one.places}
            for one in loaded.departments
        ],
    }


def answer(request: dict[str, Any]) -> Any:
    """Return what is asked."""
    return {"judge": judge}[request["what"]](request)


def _told(problem: Problem) -> Told:
    place = problem.place
    serious = problem.severity is not Severity.WARNING
    return Told(place.file, place.line, place.column, problem.code, sentence(problem)[:_LONGEST], serious)


if __name__ == "__main__":
    serve_confined(answer)
