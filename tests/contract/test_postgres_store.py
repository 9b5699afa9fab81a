"""The store in PostgreSQL keeps the contract."""

from __future__ import annotations

from pathlib import Path

import pytest

from gehoor.adapters.stores.postgres_store import PostgresStore
from gehoor.services.ports.store import Store
from tests.contract.store_contract import SCHEMAS, StoreContract
from tests.support.postgres import Server


class TestPostgresStore(StoreContract):
    durable = True

    @pytest.fixture(autouse=True)
    def place(self, postgres: Server) -> None:
        self.addresses: dict[Path, str] = {}
        self.server = postgres

    def open_store(self, folder: Path) -> Store:
        address = self.addresses.get(folder) or self.server.new_address()
        self.addresses[folder] = address
        return PostgresStore(address, SCHEMAS)
