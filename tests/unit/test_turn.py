"""Whoever has the turn, has it alone, and until its process ends."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest

from gehoor.bootstrap.register_files.turn import Turn

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
        "import os, sys; from pathlib import Path; from gehoor.bootstrap.register_files.turn import Turn\n"
        "assert Turn(Path(sys.argv[1])).mine(); os.abort()"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path / "register.db")], check=False)
    turn = Turn(tmp_path / "register.db")
    assert (tmp_path / "register.db.sweep").exists()
    assert turn.mine()
    turn.over()


def test_a_file_of_somebody_else_stops_no_work(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """As after an administrator swept once as root: the work goes on, and the log says once what to do."""
    tmp_path.chmod(0o755)
    store, file = tmp_path / "register.db", tmp_path / "register.db.sweep"
    store.touch()
    file.touch()
    file.chmod(0)
    turn = Turn(store)
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    try:
        with caplog.at_level(logging.WARNING):
            assert turn.mine()
            assert turn.mine()
    finally:
        if root:
            os.seteuid(0)
    assert len(caplog.records) == 1
    assert f"{file} cannot be used" in caplog.text
    assert f" {file}" in caplog.text.partition("Do: chown ")[2]


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() != 0, reason="only root gives files away")
def test_what_root_makes_is_of_whoever_has_the_register(tmp_path: Path) -> None:
    store = tmp_path / "register.db"
    store.touch(0o600)
    os.chown(store, 4321, 4321)
    turn = Turn(store)
    assert turn.mine()
    turn.over()
    made = (tmp_path / "register.db.sweep").stat()
    assert (made.st_uid, made.st_gid, made.st_mode & 0o777) == (4321, 4321, 0o600)
