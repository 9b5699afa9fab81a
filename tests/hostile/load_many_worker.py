"""A confined child that loads many workspaces, and says how many steps each took; what raises ends it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from gehoor.adapters.sandbox.child import answer_confined
from gehoor.adapters.sandbox.counted_steps import count_steps
from gehoor.loading.load import load_workspace
from gehoor.loading.problems.texts import line


def load_all(request: dict[str, Any]) -> list[int]:
    """A workspace that raises ends the child, and that is what the test sees."""
    steps = []
    for workspace in request["workspaces"]:
        # Takes the place of the count for the whole child: what many take together says nothing.
        taken = count_steps()
        loaded = load_workspace(Path(workspace))
        steps.append(taken())
        for problem in loaded.problems:
            line(problem)
    return steps


if __name__ == "__main__":
    answer_confined(load_all)
