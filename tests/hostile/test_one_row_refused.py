"""What a store refuses to keep of one dossier keeps no other waiting, in whatever organisation, and is told."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from gehoor.adapters.stores.memory import MemoryStore
from gehoor.adapters.stores.tinydb_store import TinyDBStore
from gehoor.services.backups.backup import Backup
from gehoor.services.backups.copying import copy_register
from gehoor.services.backups.restore import restore
from gehoor.services.jobs.reindex import reindex
from gehoor.services.jobs.sweep import sweep
from gehoor.services.maintenance.repair import repair
from gehoor.services.maintenance.verify import verify
from gehoor.services.ports.belonging import NOWHERE, Within
from gehoor.services.ports.documents import LISTED, as_listed
from gehoor.services.ports.store import INDEX_ROOM, NoRoomError, RefusedRowError, Store
from gehoor.services.projection.projection import reading_projection
from gehoor.services.records.tables import DOSSIERS, SCHEMAS
from gehoor.services.register.register import writing
from gehoor.services.register.runtime import Runtime
from gehoor.services.search.worklist import work_list
from gehoor.services.search.worklist_filters import Wish
from tests.support.clock import at
from tests.support.de_linde import agreement, de_linde, open_by_web, publish_change, staff
from tests.support.stores import fresh_store

_CHANCE = random.Random(1)
WORDS = " ".join(_CHANCE.randbytes(4).hex() for _ in range(1000))
"""Some thousands of signs that no store makes shorter."""
LATER = "2026-07-13 09:00"


class Refusing:
    """A store that keeps nothing of what lists show of some dossiers, for a reason of its own."""

    def __init__(self, store: Store, refused: set[str], table: str = "dossiers") -> None:
        self._store, self.refused, self._table = store, refused, table

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    @contextmanager
    def transaction(self, within: Within = NOWHERE) -> Iterator[Any]:
        with self._store.transaction(within) as tables:
            yield _RefusingTables(tables, self.refused, self._table)


class _RefusingTables:
    def __init__(self, tables: Any, refused: set[str], table: str) -> None:
        self._tables, self._refused, self._table, self._broken = tables, refused, table, False

    def __getattr__(self, name: str) -> Any:
        if self._broken:
            # As in PostgreSQL: what failed can only be undone.
            raise RefusedRowError("this transaction failed")
        return getattr(self._tables, name)

    def _refuse(self, table: str, documents: Iterator[Mapping[str, Any]]) -> None:
        if table == self._table and any(
            one.get("id", one.get("dossier")) in self._refused for one in documents
        ):
            self._broken = True
            raise RefusedRowError("the database refused: 22000")

    def put(self, table: str, key: str, document: dict[str, Any]) -> None:
        self._refuse(table, iter((document,)))
        self.__getattr__("put")(table, key, document)

    def put_many(self, table: str, documents: Any) -> None:
        rows = list(documents)
        self._refuse(table, (document for _, document in rows))
        self.__getattr__("put_many")(table, rows)

    def insert_many(self, table: str, documents: Any) -> None:
        rows = list(documents)
        self._refuse(table, (document for _, document in rows))
        self.__getattr__("insert_many")(table, rows)

    def replace_many(self, table: str, changes: Any) -> None:
        rows = list(changes)
        self._refuse(table, (after for _, _, after in rows))
        self.__getattr__("replace_many")(table, rows)


def refusing(runtime: Runtime, refused: set[str], table: str = "dossiers") -> Runtime:
    return replace(runtime, store=Refusing(runtime.store, refused, table))


def listed_numbers(runtime: Runtime, name: str = "els") -> list[str]:
    with reading_projection(runtime) as register:
        account = register.account(name)
    assert account is not None
    return sorted(line.summary.number for line in work_list(runtime, account, at(LATER)).lines)


@pytest.mark.parametrize("table", ["dossiers", "texts"])
def test_the_others_are_in_every_list(table: str) -> None:
    runtime = de_linde()
    staff(runtime, "els", "kwaliteitscoordinator")
    opened = [open_by_web(runtime, f"2026-05-12 14:0{n}") for n in range(5)]
    broken = refusing(runtime, {opened[2].dossier}, table)
    assert listed_numbers(broken) == sorted(one.number for one in opened if one is not opened[2])


def test_the_terms_of_the_others_are_looked_at_and_it_is_told() -> None:
    runtime = de_linde()
    staff(runtime, "els", "kwaliteitscoordinator")
    opened = [open_by_web(runtime, f"2026-05-12 14:0{n}") for n in range(3)]
    broken = refusing(runtime, {opened[0].dossier})
    swept = sweep(broken, at(LATER))
    assert {one.dossier for one in swept.missed} == {one.dossier for one in opened[1:]}
    assert set(swept.failed) == {opened[0].dossier}


def test_what_was_listed_before_and_cannot_be_written_now_keeps_no_term_waiting() -> None:
    runtime = de_linde()
    staff(runtime, "els", "kwaliteitscoordinator")
    opened = [open_by_web(runtime, f"2026-05-12 14:0{n}") for n in range(3)]
    assert len(listed_numbers(runtime)) == 3
    swept = sweep(refusing(runtime, {opened[1].dossier}), at(LATER))
    assert {one.dossier for one in swept.missed} == {opened[0].dossier, opened[2].dossier}
    assert set(swept.failed) == {opened[1].dossier}


def test_it_is_there_once_the_store_keeps_it() -> None:
    runtime = de_linde()
    staff(runtime, "els", "kwaliteitscoordinator")
    opened = [open_by_web(runtime, f"2026-05-12 14:0{n}") for n in range(2)]
    broken = refusing(runtime, {opened[0].dossier})
    assert listed_numbers(broken) == [opened[1].number]
    broken.store.refused.clear()  # type: ignore[attr-defined]
    sweep(broken, at("2026-05-12 15:00"))
    assert listed_numbers(broken) == sorted(one.number for one in opened)


def test_repairing_and_indexing_do_all_others() -> None:
    runtime = de_linde()
    opened = [open_by_web(runtime, f"2026-05-12 14:0{n}") for n in range(3)]
    assert sweep(runtime, at("2026-05-12 15:00")).failed == {}
    broken = refusing(runtime, {opened[1].dossier})
    repaired, indexed = repair(broken, at(LATER)), reindex(broken, at(LATER))
    assert (repaired.done, set(repaired.failed)) == (2, {opened[1].dossier})
    assert (indexed.done, set(indexed.failed)) == (2, {opened[1].dossier})


def test_a_phase_with_a_long_name_is_listed_by_its_beginning() -> None:
    runtime = de_linde()
    els = staff(runtime, "els", "kwaliteitscoordinator")

    def lengthen(document: dict[str, Any]) -> None:
        for phase in document["phases"].values():
            phase["name"] = f"{phase['name']} {WORDS}"

    publish_change(runtime, lengthen, "2026-02-01 10:00")
    receipt = open_by_web(runtime, "2026-05-12 14:00")
    (line,) = work_list(runtime, els, at("2026-05-12 14:01")).lines
    assert len(line.summary.phase.encode()) <= LISTED
    whole = next(one.name for one in agreement().phases.values() if line.summary.phase.startswith(one.name))
    found = work_list(runtime, els, at("2026-05-12 14:01"), Wish(phase=f"{whole} {WORDS}")).lines
    assert [one.summary.number for one in found] == [receipt.number]


@pytest.mark.parametrize("text", ["kort", "x" * 5000, "\u00e9" * 5000, "\U0001f600" * 5000, WORDS])
def test_what_lists_keep_of_a_text_has_an_end(text: str) -> None:
    kept = as_listed(text)
    assert len(kept.encode()) <= LISTED
    assert as_listed(kept) == kept
    assert text.startswith(kept.removesuffix("\u2026"))


def test_whatever_lists_keep_stands_in_an_entry_of_an_index() -> None:
    """All that a list is narrowed by, as long as it may be, together."""
    texts = max(
        sum(
            column.kind in ("text", "hash")
            for column in DOSSIERS.columns
            if column.name in (*one.members, *one.also)
        )
        for one in DOSSIERS.index_list()
    )
    assert texts * LISTED + 64 <= INDEX_ROOM


def as_before(monkeypatch: pytest.MonkeyPatch, folder: Path) -> tuple[Runtime, str]:
    """A register in a file, as an earlier Gehoor kept it: what lists show of a dossier has no end."""
    runtime = de_linde()
    staff(runtime, "els", "kwaliteitscoordinator")
    dossier = open_by_web(runtime, "2026-05-12 14:00").dossier
    sweep(runtime, at("2026-05-12 15:00"))
    file = TinyDBStore(folder / "before.db", SCHEMAS)
    copy_register(runtime.store, file)
    there = replace(runtime, store=file)
    with monkeypatch.context() as patch:
        patch.setattr("gehoor.adapters.stores.document_columns.INDEX_ROOM", 10**6)
        with writing(file) as register:
            document = register.tables.get("dossiers", dossier)
            assert document is not None
            register.tables.put("dossiers", dossier, {**document, "severity": WORDS})
    return there, dossier


def test_a_register_of_before_is_copied_and_its_dossiers_are_listed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    before, dossier = as_before(monkeypatch, tmp_path)
    target = fresh_store()
    copy_register(before.store, target)
    assert listed_numbers(replace(before, store=target))
    assert verify(target).findings == []
    with target.snapshot() as tables:
        assert (tables.get("dossiers", dossier) or {})["severity"] == as_listed(WORDS)


def test_a_dump_of_before_is_restored(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    before, dossier = as_before(monkeypatch, tmp_path)
    lines = list(Backup(before.store, at(LATER)).lines())
    target = MemoryStore(SCHEMAS)
    restore(target, lines)
    assert verify(target).findings == []
    with target.snapshot() as tables:
        assert (tables.get("dossiers", dossier) or {})["severity"] == as_listed(WORDS)


def test_the_terms_of_a_register_of_before_are_looked_at(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    before, dossier = as_before(monkeypatch, tmp_path)
    swept = sweep(before, at(LATER))
    assert {one.dossier for one in swept.missed} == {dossier}
    assert swept.failed == {}


def test_no_store_keeps_what_another_cannot() -> None:
    with pytest.raises(NoRoomError), MemoryStore(SCHEMAS).transaction() as tables:
        tables.put("submissions", WORDS, {"dossier": "d"})
