"""Where things are: the checkout, the source in it, and the organisations of the tests."""

from __future__ import annotations

import shutil
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]

SOURCE = CHECKOUT / "platform"

ORGANISATIONS = CHECKOUT / "tests" / "organisations"
"""A workspace that only tests read and only a test's need changes: De Linde and Waterhof. The examples that are
shipped, in the checkout itself, are for people to edit: ``tests/shipped`` alone reads those."""


def copy_organisations(folder: Path) -> Path:
    """Copy the organisations of the tests to a folder, for a test that edits them; return the folder."""
    return Path(shutil.copytree(ORGANISATIONS, folder, dirs_exist_ok=True))
