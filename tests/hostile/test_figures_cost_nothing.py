"""Figures never cost a complaint: without room, or in a folder full of what is broken, the work goes on."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from gehoor.adapters.metrics.figures import Figures
from gehoor.adapters.metrics.folder import ROOM, Folder
from gehoor.adapters.metrics.room import RoomyDict
from gehoor.bootstrap.doctor.figures import _room
from gehoor.web.request.measuring import Measured
from tests.support.patience import PATIENCE
from tests.support.places import SOURCE


def full(_handle: int, _offset: int, _length: int) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@contextmanager
def opened(file: Path) -> Iterator[RoomyDict]:
    kept = RoomyDict(str(file))
    try:
        yield kept
    finally:
        kept.close()  # type: ignore[no-untyped-call]


def blocks(file: Path) -> int:
    """How many bytes a file has on the disk, and not only in its length."""
    return file.stat().st_blocks * 512


def test_a_file_grows_only_by_what_the_disk_gives(tmp_path: Path) -> None:
    with opened(tmp_path / "counter_1.db") as kept:
        for number in range(5_000):
            kept.write_value(f"a figure with a name of some length, number {number}", 1.0, 0.0)
        assert blocks(tmp_path / "counter_1.db") >= (tmp_path / "counter_1.db").stat().st_size
        assert not kept.left_out


def test_without_room_what_is_there_is_counted_on_and_nothing_is_added(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(tmp_path / "counter_1.db") as kept:
        kept.write_value("first", 1.0, 0.0)
        size = (tmp_path / "counter_1.db").stat().st_size
        monkeypatch.setattr(os, "posix_fallocate", full)
        for number in range(5_000):
            kept.write_value(f"a figure with a name of some length, number {number}", 1.0, 0.0)
        kept.write_value("first", 2.0, 0.0)
        assert (kept.left_out, kept.read_value("first")[0]) == (True, 2.0)
        assert kept.read_value("a figure with a name of some length, number 4999") == (0.0, 0.0)
        assert (tmp_path / "counter_1.db").stat().st_size == size


def test_on_a_disk_that_is_full_nothing_ends_a_process(tmp_path: Path) -> None:
    """A real one: the process may make its files no larger than this."""
    script = """
import resource, signal, sys
from pathlib import Path
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
from gehoor.adapters.metrics.figures import Figures
kept = Figures(Path(sys.argv[1]))
resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20))
for number in range(20_000):
    kept.begun()
    kept.answered("GET", f"/a/page/with/an/address/{number}", 200, 0.01, "")
print("counted")
"""
    ended = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "m")],
        env={**os.environ, "PYTHONPATH": str(SOURCE)},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert (ended.returncode, ended.stdout.strip()) == (0, "counted"), ended.stderr


def left_behind(place: Path, many: int = 50) -> Path:
    """What a process that is gone left."""
    place.mkdir(exist_ok=True)
    file = place / "counter_4000000.db"
    with opened(file) as kept:
        for number in range(many):
            kept.write_value(f'["gehoor_x", "gehoor_x_total", {{"n": "{number}"}}, "x"]', 1.0, 0.0)
    return file


def test_what_a_process_left_stays_where_it_is_while_there_is_no_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = left_behind(tmp_path / "m")
    with monkeypatch.context() as patch:
        patch.setattr(os, "posix_fallocate", full)
        with Folder(tmp_path / "m").files() as files:
            assert files == [str(file)]
    with Folder(tmp_path / "m").files() as files:
        assert files == [str(tmp_path / "m" / "counter_0.db")]


def test_more_than_its_room_is_added_up_whole(tmp_path: Path) -> None:
    left_behind(tmp_path / "m", 20_000)
    with Folder(tmp_path / "m").files():
        pass
    sums = tmp_path / "m" / "counter_0.db"
    assert sums.stat().st_size > ROOM["counter"]
    with opened(sums) as kept:
        assert len(list(kept.read_all_values())) == 20_000


@pytest.mark.parametrize("content", [b"", b"\x00", b"\xff" * 200, b"\x10\x27\x00\x00" + b"\x01" * 300])
def test_a_file_that_is_broken_keeps_nobody_from_starting(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "m").mkdir()
    (tmp_path / "m" / "counter_4000001.db").write_bytes(content)
    left_behind(tmp_path / "m")
    with Folder(tmp_path / "m").files() as files:
        assert files == [str(tmp_path / "m" / "counter_0.db")]


def test_what_somebody_asks_in_other_ways_has_no_figure_for_each_page(tmp_path: Path) -> None:
    kept = Figures(tmp_path / "m")
    for method in ("HEAD", "OPTIONS", "PROPFIND"):
        for number in range(50):
            kept.begun()
            kept.answered(method, f"/page/{number}", 405, 0.01, "")
    assert b"/page/" not in kept.written(())


@pytest.mark.parametrize(
    "error", [OSError(errno.ENOSPC, "full"), ValueError("mmap closed"), RuntimeError("x")]
)
def test_whatever_goes_wrong_with_figures_a_visitor_gets_their_answer(error: Exception) -> None:
    class Broken:
        def begun(self) -> None:
            raise error

        def answered(self, *_: object) -> None:
            raise error

        def refused(self, _limit: str) -> None:
            raise error

    def app(_environ: object, start: Callable[..., object]) -> list[bytes]:
        start("200 OK", [])
        return [b"received"]

    answer = Measured(app, Broken())({"REQUEST_METHOD": "POST"}, lambda *_: lambda _: None)  # type: ignore[arg-type]
    assert list(answer) == [b"received"]


def test_doctor_tells_that_there_is_hardly_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert list(_room(tmp_path)) == []
    there = os.statvfs(tmp_path)
    monkeypatch.setattr(os, "statvfs", lambda _: os.statvfs_result((*there[:4], 10, *there[5:])))
    (told,) = _room(tmp_path)
    assert "bijna vol" in told.text
