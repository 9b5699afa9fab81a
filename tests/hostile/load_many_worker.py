"""A confined child that loads many workspaces, and says how long the slowest took, and what raised."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from gehoor.adapters.sandbox.child import answer_confined
from gehoor.loading.load import load_workspace
from gehoor.loading.problems.texts import line


def load_all(workspaces: list[str]) -> dict[str, Any]:
    """A workspace that raises ends the child, and that is what the test sees."""
    slowest = 0.0
    for workspace in workspaces:
        began = time.process_time()
        loaded = load_workspace(Path(workspace))
        slowest = max(slowest, time.process_time() - began)
        for problem in loaded.problems:
            line(problem)
    return {"slowest": slowest}


if __name__ == "__main__":
    answer_confined(load_all)
