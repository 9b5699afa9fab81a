"""Whoever reads or writes in a register knows what was left out of the copy that it was filled from: else what is
damaged would read as if it never was."""

from __future__ import annotations

import re

from tests.support.places import SOURCE

OPENS = re.compile(r"store\.(snapshot|transaction)\(")
AROUND = {
    "services/records/left_out.py": "the one place that looks",
    "services/backups/restore.py": "it fills a register anew, and marks what the copy did without",
    "cli/maintenance/backup.py": "it asks only whether the register can be opened",
}


def test_nobody_opens_it_around_what_was_left_out() -> None:
    found = {
        str(file.relative_to(SOURCE / "gehoor"))
        for file in (SOURCE / "gehoor").rglob("*.py")
        if "adapters" not in file.parts and OPENS.search(file.read_text("utf-8"))
    }
    assert found == AROUND.keys()
