"""A save that ends at any of its writes, or half way one, leaves the register as it was before or after it.

What a file holds when its process dies between two writes is known without a tracer: SQLite only adds to its log until
a save is committed, and copies the log to the register from the first page to the last. So each of those states is
made from what was there before and after, opened, and read whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from gehoor.adapters.stores.tinydb_store import TinyDBStore
from gehoor.services.jobs.sweep import sweep
from gehoor.services.maintenance.verify import verify
from gehoor.services.records.tables import SCHEMAS
from gehoor.services.register.register import reading
from gehoor.services.register.runtime import Runtime
from tests.support.clock import at
from tests.support.de_linde import REGISTERED, de_linde, fill, open_by_phone
from tests.support.faults import Tell

OPENED = "2026-05-12 14:00"
PAGE, FRAME_HEADER, LOG_HEADER = 4096, 24, 32
FRAME = FRAME_HEADER + PAGE


ACTS: dict[str, Callable[[Runtime], object]] = {
    "opening a dossier": lambda runtime: open_by_phone(runtime, OPENED),
    "filling one in": lambda runtime: fill(runtime, "dossier-1", "2026-05-13 09:00", **REGISTERED),
    "a sweep": lambda runtime: sweep(runtime, at("2026-06-30 09:00")),
}


@dataclass(frozen=True)
class Files:
    """A register and its log, as they are on the disk."""

    register: bytes
    log: bytes

    @classmethod
    def of(cls, file: Path) -> Files:
        return cls(file.read_bytes(), file.with_name(f"{file.name}-wal").read_bytes())

    def put(self, file: Path) -> Path:
        file.parent.mkdir()
        file.write_bytes(self.register)
        file.with_name(f"{file.name}-wal").write_bytes(self.log)
        return file


def content(file: Path) -> tuple[str, list[str]]:
    """What is in a register, and what is wrong with it: read as whoever opens it after the fault would."""
    store = TinyDBStore(file, SCHEMAS)
    with store.snapshot() as tables:
        found = repr([(one.name, sorted(map(repr, tables.scan(one.name)))) for one in SCHEMAS])
    wrong = [*store.problems(), *map(str, verify(store).findings)]
    store.close()
    return found, wrong


def ends(before: Files, after: Files) -> Iterator[tuple[int, Files]]:
    """Every state of the files in which a save can end: at each write, in the middle of it, and with one lost. With how
    much of the log is whole then."""
    assert after.log.startswith(before.log)
    assert (len(after.log) - LOG_HEADER) % FRAME == 0
    for start in range(len(before.log), len(after.log), FRAME):
        for written in (0, 7, FRAME_HEADER, FRAME_HEADER + PAGE // 2):
            yield start, Files(after.register, after.log[: start + written])
        # Without power the disk may have a later write, and not this one.
        yield start, Files(after.register, after.log[:start] + bytes(FRAME) + after.log[start + FRAME :])


def committed(before: Files, after: Files) -> list[int]:
    """Where in the log each transaction ends: the last frame of one says how large the register is then."""
    frames = range(len(before.log), len(after.log), FRAME)
    return [start + FRAME for start in frames if any(after.log[start + 4 : start + 8])]


def copies(before: Files, after: Files) -> Iterator[Files]:
    """Every state in which copying the log to the register can end."""
    for end in range(0, len(after.register), PAGE):
        for written in (0, PAGE // 2):
            now = after.register[: end + written] + before.register[end + written :]
            yield Files(now, before.log)


@pytest.mark.parametrize("act", ACTS)
def test_a_save_that_ends_at_any_write_is_there_whole_or_not_at_all(
    act: str, tmp_path: Path, fault: Tell
) -> None:
    file = tmp_path / "register.db"
    store = TinyDBStore(file, SCHEMAS)
    runtime = de_linde(store)
    open_by_phone(runtime, OPENED)
    before = Files.of(file)
    ACTS[act](runtime)
    after = Files.of(file)
    whole = {
        end: content(Files(after.register, after.log[:end]).put(tmp_path / f"whole-{end}" / "register.db"))[0]
        for end in (len(before.log), *committed(before, after))
    }
    assert len(set(whole.values())) > 1
    found = [
        (
            whole[max(end for end in whole if end <= start)],
            content(state.put(tmp_path / f"{number}" / "register.db")),
        )
        for number, (start, state) in enumerate(ends(before, after))
    ]
    store.close()
    assert {wrong for _, (_, lines) in found for wrong in lines} == set()
    assert {text == expected for expected, (text, _) in found} == {True}, "half a save"
    fault(
        f"{act}: ended at every write, half write and lost write",
        len(found),
        "registers unreadable or half saved",
    )


def test_copying_the_log_that_ends_at_any_page_loses_nothing(tmp_path: Path, fault: Tell) -> None:
    file = tmp_path / "register.db"
    store = TinyDBStore(file, SCHEMAS)
    runtime = de_linde(store)
    with store.database.storage.reading() as session:
        session.connection.execute("SELECT 1")
    for _ in range(3):
        open_by_phone(runtime, OPENED)
    before = Files.of(file)
    with reading(store) as register:
        saved = register.tables.count("events")
    wanted, _ = content(before.put(tmp_path / "before" / "register.db"))
    store.close()
    after = Files(file.read_bytes(), b"")
    assert after.register != before.register
    states = list(copies(before, after))
    # Most pages say the same before and after: a state is looked at once.
    different = list(dict.fromkeys(states))
    found = [
        content(state.put(tmp_path / f"at-{number}" / "register.db"))
        for number, state in enumerate(different)
    ]
    assert {wrong for _, lines in found for wrong in lines} == set()
    assert {text for text, _ in found} == {wanted}
    assert saved > 0
    fault(
        "copying the log, ended at every page and half page", len(states), "registers unreadable or changed"
    )
