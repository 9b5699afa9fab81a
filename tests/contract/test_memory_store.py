"""The store in memory keeps the contract."""

from __future__ import annotations

from pathlib import Path

from gehoor.adapters.stores.memory import MemoryStore
from gehoor.services.ports.store import Store
from tests.contract.store_contract import SCHEMAS, StoreContract


class TestMemoryStore(StoreContract):
    durable = False

    def open_store(self, folder: Path) -> Store:
        return MemoryStore(SCHEMAS)
