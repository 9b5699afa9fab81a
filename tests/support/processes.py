"""Running a part of a test in processes of their own."""

from __future__ import annotations

import os

from tests.support.places import CHECKOUT, SOURCE


def environment() -> dict[str, str]:
    """Return the environment in which another process finds Gehoor and these tests."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join([str(SOURCE), str(CHECKOUT)])}
