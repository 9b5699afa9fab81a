"""Confined children in tests: where they import from, and files that are too much for them."""

from __future__ import annotations

import os
from pathlib import Path

from tests.support.places import CHECKOUT, SOURCE

CHILD_PATH = os.pathsep.join([str(SOURCE), str(CHECKOUT)])


def too_heavy(workspace: Path, files: int = 4) -> None:
    """Let the organisation use some files with a thousand rules each: correct, and too much to look at."""
    names = []
    for number in range(files):
        rules = "".join(
            f"  r{number}-{i}:\n    als: {{soort_bericht: klacht}}\n    dan: [{{vereis: verhaal}}]\n    omdat: x\n"
            for i in range(1000)
        )
        (workspace / f"rules/klein/zwaar-{number}.yaml").write_text(f"taal: nl\nregels:\n{rules}", "utf-8")
        names.append(f"klein/zwaar-{number}")
    file = workspace / "definitions/klein/organisatie.yaml"
    text = file.read_text("utf-8")
    file.write_text(text.replace("[klein/regels]", f"[klein/regels, {', '.join(names)}]"), "utf-8")
