"""Whoever has the turn, has it alone, and until its process ends."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from gehoor.bootstrap.turn import Turn

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="one process serves there")


def test_one_at_a_time(tmp_path: Path) -> None:
    first, second = Turn(tmp_path / "register.db"), Turn(tmp_path / "register.db")
    assert first.mine()
    assert first.mine()
    assert not second.mine()
    first.over()
    assert second.mine()
    second.over()


def test_each_register_has_its_own(tmp_path: Path) -> None:
    one, other = Turn(tmp_path / "one.db"), Turn(tmp_path / "other.db")
    assert one.mine()
    assert other.mine()
    one.over()
    other.over()


def test_it_ends_with_the_process_that_had_it(tmp_path: Path) -> None:
    code = (
        "import os, sys; from pathlib import Path; from gehoor.bootstrap.turn import Turn\n"
        "assert Turn(Path(sys.argv[1])).mine(); os.abort()"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path / "register.db")], check=False)
    turn = Turn(tmp_path / "register.db")
    assert (tmp_path / "register.db.sweep").exists()
    assert turn.mine()
    turn.over()
