"""A store of each kind, empty, for what all of them promise together."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from gehoor.adapters.stores.memory import MemoryStore
from gehoor.adapters.stores.tinydb_store import TinyDBStore
from gehoor.services.ports.store import Store
from gehoor.services.records.tables import SCHEMAS


@pytest.fixture(params=["memory", "tinydb"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    opened: Store = (
        MemoryStore(SCHEMAS) if request.param == "memory" else TinyDBStore(tmp_path / "register.db", SCHEMAS)
    )
    yield opened
    opened.close()
