"""The store that a test's register is kept in: in memory, unless the whole run is asked to use another."""

from __future__ import annotations

import atexit
import os
import weakref
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, ExitStack
from functools import cache
from pathlib import Path
from typing import Any, Final

from gehoor.adapters.stores.memory import MemoryStore
from gehoor.adapters.stores.tinydb_store import TinyDBStore
from gehoor.services.backups.copying import copy_register
from gehoor.services.ports.belonging import EVERYWHERE, Within
from gehoor.services.ports.store import Store, Tables, TableSchema
from gehoor.services.records.tables import SCHEMAS

SETTING: Final = "GEHOOR_TEST_STORE"
"""``postgres``: each register is kept in PostgreSQL, and what is said of one in memory has to hold there."""

_free: list[str] = []


def fresh_store() -> Store:
    """Return an empty store for the register of one test."""
    return _in_postgres() if os.environ.get(SETTING) == "postgres" else MemoryStore(SCHEMAS)


def opened_at(place: str | Path) -> Store:
    """Open the register at a place: a file, or a database."""
    if not str(place).startswith("postgresql:"):
        return TinyDBStore(place, SCHEMAS)
    return _seen_by_tests()(str(place), SCHEMAS)


def copied(store: MemoryStore) -> Store:
    """Return a store for the register of one test, with all that is in another."""
    if os.environ.get(SETTING) != "postgres":
        return store.copy()
    other = _in_postgres()
    copy_register(store, other)
    return other


def _in_postgres() -> Store:
    # Making the tables takes longer than most tests: those of a test that is over serve the next one.
    address = _free.pop() if _free else _new_address()()
    store = _seen_by_tests()(address, SCHEMAS)
    with store.transaction() as tables:
        for schema in SCHEMAS:
            tables.clear(schema.name)
    weakref.finalize(store, _over, address, store._database)
    return store


@cache
def _seen_by_tests() -> Callable[[str, Sequence[TableSchema]], Any]:
    from gehoor.adapters.stores.postgres_store import PostgresStore

    class SeenByTests(PostgresStore):
        """A register of which a test that asks it something itself sees all."""

        def transaction(self, within: Within = EVERYWHERE) -> AbstractContextManager[Tables]:
            return super().transaction(within)

        def snapshot(self, within: Within = EVERYWHERE) -> AbstractContextManager[Tables]:
            return super().snapshot(within)

    return SeenByTests


def _over(address: str, database: Any) -> None:
    database.close()
    _free.append(address)


@cache
def _new_address() -> Callable[[], str]:
    from tests.support.postgres import running

    open_ended = ExitStack()
    server = open_ended.enter_context(running(max_connections="300"))
    atexit.register(open_ended.close)
    return server.new_address
