"""A register on a disk that is full, while no server runs: a copy of it can still be made on another disk."""

from __future__ import annotations

import errno
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from gehoor.bootstrap import SetupError
from gehoor.bootstrap.register_files import full_disk
from gehoor.bootstrap.register_files.full_disk import elsewhere, is_stuck
from gehoor.cli.maintenance import backup as command
from gehoor.services.ports.store import StoreUnavailableError
from tests.support.cli_run import publish_all, run

STUCK = "De schijf van {register} is vol: het register wordt gelezen in {folder}"


def full(*_: Any, **__: Any) -> Any:
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A disk that is full but for the register on it."""
    folder = tmp_path / "klein"
    folder.mkdir()
    mounted = shutil.which("mount") and subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=6M", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if not mounted or mounted.returncode:
        pytest.skip("no disk can be made here")
    try:
        register = publish_all(folder / "register.db")
        with suppress(OSError), (folder / "vol").open("wb", buffering=0) as stream:
            while True:
                stream.write(bytes(512))
        yield register
    finally:
        subprocess.run(["umount", str(folder)], check=False)


def test_a_copy_goes_to_another_disk_and_is_whole(small: Path, tmp_path: Path) -> None:
    ran = run("backup", tmp_path / "kopie", "--store", small)
    assert ran.code == 0, ran.err
    assert STUCK.format(register=small, folder=tmp_path) in ran.err
    put_back = run("restore", tmp_path / "kopie", "--store", tmp_path / "nieuw.db")
    assert put_back.code == 0, put_back.err
    assert sorted(one.name for one in tmp_path.iterdir() if one.name.startswith(".")) == []


def test_on_the_same_disk_it_says_what_to_do(small: Path) -> None:
    ran = run("backup", small.with_name("kopie"), "--store", small)
    assert ran.code == 1
    assert "is er ook geen plaats genoeg. Maak plaats, of geef een bestand op een andere schijf." in ran.err


def test_any_other_command_says_that_the_disk_is_full(small: Path) -> None:
    ran = run("publications", "--store", small)
    assert ran.code == 1
    assert "de schijf is vol. Maak er plaats op; gehoor backup naar een andere schijf kan nog" in ran.err


def test_what_was_written_last_is_read_too(tmp_path: Path) -> None:
    register = tmp_path / "register.db"
    register.write_bytes(b"register")
    register.with_name("register.db-wal").write_bytes(b"last")
    target = tmp_path / "elders"
    target.mkdir()
    with elsewhere(register, target / "kopie") as copy:
        assert (copy.parent.parent, copy.read_bytes()) == (target, b"register")
        assert copy.with_name("register.db-wal").read_bytes() == b"last"
        assert copy.parent.stat().st_mode & 0o077 == 0
    assert list(target.iterdir()) == []


def test_a_register_that_somebody_has_open_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is copied of it while it is written to would be no register."""
    register = tmp_path / "register.db"
    monkeypatch.setattr(tempfile, "TemporaryFile", full)
    assert is_stuck(register)
    register.with_name("register.db-shm").write_bytes(bytes(32_768))
    assert not is_stuck(register)


def test_a_disk_with_room_is_not_full(tmp_path: Path) -> None:
    assert not is_stuck(tmp_path / "register.db")


def test_where_there_is_no_room_for_it_either_it_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    register = tmp_path / "register.db"
    register.write_bytes(b"x")
    monkeypatch.setattr(full_disk.shutil, "copyfile", full)
    with pytest.raises(SetupError, match="ook geen plaats genoeg"), elsewhere(register, tmp_path / "kopie"):
        pass


def test_what_is_wrong_otherwise_is_told_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any, **__: Any) -> Any:
        raise StoreUnavailableError("the file is damaged")

    register = publish_all(tmp_path / "register.db")
    monkeypatch.setattr(command, "opened", broken)
    ran = run("backup", tmp_path / "kopie", "--store", register)
    assert (ran.code, "het bestand is beschadigd" in ran.err) == (1, True)
