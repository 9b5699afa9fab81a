"""A store of each kind, empty, for what all of them promise together."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from gehoor.adapters.stores.memory import MemoryStore
from gehoor.adapters.stores.postgres_store import PostgresStore
from gehoor.adapters.stores.tinydb_store import TinyDBStore
from gehoor.services.ports.store import Store
from gehoor.services.records.tables import SCHEMAS
from tests.support.postgres import Server


@pytest.fixture(params=["memory", "tinydb", "postgres"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    opened: Store
    if request.param == "memory":
        opened = MemoryStore(SCHEMAS)
    elif request.param == "tinydb":
        opened = TinyDBStore(tmp_path / "register.db", SCHEMAS)
    else:
        server: Server = request.getfixturevalue("postgres")
        opened = PostgresStore(server.new_address(), SCHEMAS)
    yield opened
    opened.close()
