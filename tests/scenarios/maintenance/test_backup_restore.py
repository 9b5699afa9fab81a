"""A dump holds one moment of a register; a register filled from it is the same, in any store, or stays as it was."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from gehoor.adapters.stores.memory import MemoryStore
from gehoor.adapters.stores.tinydb_store import TinyDBStore
from gehoor.services.backups.backup import Backup
from gehoor.services.backups.dump_format import BadDumpError, Contents, DumpReader
from gehoor.services.backups.restore import has_content, restore
from gehoor.services.maintenance.verify import verify
from gehoor.services.ports.store import Store
from gehoor.services.projection.projection import reading_projection
from gehoor.services.recording.attachments import keep_waiting
from gehoor.services.records.tables import SCHEMAS
from gehoor.services.register.register import reading
from gehoor.services.search.search import search
from tests.support.clock import at
from tests.support.de_linde import de_linde, fill, new_runtime, open_by_phone, open_by_web, staff

NOW = at("2026-05-13 12:00")


def file_store(folder: Path, name: str) -> Store:
    return TinyDBStore(folder / f"{name}.db", SCHEMAS)


def memory_store(_folder: Path, _name: str) -> Store:
    return MemoryStore(SCHEMAS)


STORES = pytest.mark.parametrize(
    ("first", "second"),
    [(file_store, file_store), (file_store, memory_store), (memory_store, file_store)],
)
Opener = Callable[[Path, str], Store]


def filled(store: Store) -> Store:
    runtime = de_linde(store)
    staff(runtime, "els", "kwaliteitscoordinator")
    open_by_web(runtime, "2026-05-12 14:00")
    fill(
        runtime,
        open_by_phone(runtime, "2026-05-12 15:00").dossier,
        "2026-05-12 16:00",
        onderwerp="Soep is koud",
    )
    keep_waiting(runtime, "key", [], NOW)
    return store


def dump(store: Store) -> tuple[list[bytes], Contents]:
    made = Backup(store, NOW)
    return list(made.lines()), made.contents()


@STORES
def test_there_and_back_it_is_the_same(first: Opener, second: Opener, tmp_path: Path) -> None:
    one, other = filled(first(tmp_path, "one")), second(tmp_path, "other")
    lines, contents = dump(one)
    assert restore(other, lines) == contents
    again, same = dump(other)
    assert same.digest == contents.digest
    assert again == lines
    assert verify(other).findings == []
    for store in (one, other):
        store.close()


def test_what_was_restored_works(tmp_path: Path) -> None:
    lines, _ = dump(filled(MemoryStore(SCHEMAS)))
    other = file_store(tmp_path, "other")
    restore(other, lines)
    runtime = replace(new_runtime(other), new_id=lambda: "the-third")
    with reading(other) as register:
        els = register.account("els")
    assert els is not None
    assert [hit.summary.subject for hit in search(runtime, els, "soep", NOW).hits] == ["Soep is koud"]
    open_by_phone(runtime, "2026-05-13 09:00")
    with reading_projection(runtime) as register:
        numbers = [one.number for one in register.summaries(register.published_departments())]
    assert sorted(number.rpartition("-")[2] for number in numbers) == ["0001", "0002", "0003"]
    other.close()


def test_a_dump_is_of_one_moment(tmp_path: Path) -> None:
    store, elsewhere = filled(file_store(tmp_path, "one")), file_store(tmp_path, "one")
    before, _ = dump(store)
    lines = Backup(store, NOW).lines()
    started = [next(lines), next(lines)]
    staff(new_runtime(elsewhere), "later")
    assert [*started, *lines] == before
    assert dump(store)[0] != before
    store.close()
    elsewhere.close()


def test_a_register_with_content_is_known_from_one_without() -> None:
    assert has_content(filled(MemoryStore(SCHEMAS)))
    assert not has_content(MemoryStore(SCHEMAS))


def changed(lines: list[bytes], place: int, line: bytes) -> list[bytes]:
    return [*lines[:place], line, *lines[place + 1 :]]


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda lines: [], "other"),
        (lambda lines: [b"Geachte,\n"], "other"),
        (lambda lines: [b"\xff\xfe\n", *lines], "other"),
        (lambda lines: changed(lines, 0, b'{"what":"gehoor-dump","format":2}\n'), "later"),
        (lambda lines: lines[:-1], "damaged"),
        (lambda lines: lines[:5], "damaged"),
        (lambda lines: [*lines[:5], *lines[6:]], "damaged"),
        (lambda lines: [*lines, lines[5]], "damaged"),
        (lambda lines: changed(lines, 1, lines[1].replace(b"2026", b"2027", 1)), "damaged"),
        (lambda lines: changed(lines, 5, b"[1, 2]\n"), "damaged"),
        (lambda lines: changed(lines, 5, b"{" * 100_000 + b"\n"), "damaged"),
    ],
)
def test_what_is_no_whole_dump_is_refused_and_changes_nothing(
    spoil: Callable[[list[bytes]], list[bytes]], reason: str, tmp_path: Path
) -> None:
    store = filled(file_store(tmp_path, "one"))
    lines, contents = dump(store)
    with pytest.raises(BadDumpError) as read:
        DumpReader(spoil(lines)).contents()
    with pytest.raises(BadDumpError) as put:
        restore(store, spoil(lines))
    assert (read.value.reason, put.value.reason) == (reason, reason)
    assert dump(store)[1] == contents
    store.close()


@pytest.mark.parametrize(
    "row", [["unheard_of", "k", {}], ["counters", "k", {"series": "k"}], ["salts", "k", {}]]
)
def test_what_this_gehoor_has_no_place_for_is_refused(row: list[object], tmp_path: Path) -> None:
    store = filled(file_store(tmp_path, "one"))
    lines, contents = dump(store)
    with pytest.raises(BadDumpError, match="unfit"):
        restore(store, [lines[0], json.dumps(row).encode() + b"\n", *lines[1:]])
    assert dump(store)[1] == contents
    store.close()
