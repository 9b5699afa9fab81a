"""Where a confined child of a test imports from: Gehoor, and the tests."""

from __future__ import annotations

import os

from tests.scenarios.cli_run import ROOT, SOURCE

CHILD_PATH = os.pathsep.join([str(SOURCE), str(ROOT)])
