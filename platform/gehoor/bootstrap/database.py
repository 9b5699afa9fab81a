"""Opening a register in a PostgreSQL database. What is needed for it comes with ``gehoor[postgres]``."""

from __future__ import annotations

from gehoor.adapters.stores.sqlite.versions import Version
from gehoor.bootstrap import SetupError
from gehoor.services.ports.store import Store
from gehoor.services.records.tables import SCHEMAS

try:
    from gehoor.adapters.stores.postgres import versions
    from gehoor.adapters.stores.postgres.table_making import FORMAT
    from gehoor.adapters.stores.postgres_store import PostgresStore
except ImportError as error:
    raise SetupError(
        "Voor een register in PostgreSQL is nog iets nodig. Installeer het met: pip install 'gehoor[postgres]'"
    ) from error


def opened_store(address: str) -> Store:
    """Open the register in a database, and make it where there is none. Raises ``StoreUnavailableError``."""
    return PostgresStore(address, SCHEMAS)


def holds_register(address: str) -> bool:
    """Say whether there is a register in a database. Raises ``StoreUnavailableError``."""
    return versions.format_in(address) is not None


def version_in(address: str) -> Version:
    """Return the version that a register was written by. Raises ``StoreUnavailableError``."""
    number = versions.format_in(address) or 0
    return Version(number, versions.is_earlier(address, SCHEMAS), FORMAT)


def keeps_apart(address: str) -> bool:
    """Say whether the database itself keeps organisations apart. Raises ``StoreUnavailableError``."""
    return versions.is_held(address)


def migrated_store(address: str) -> Store:
    """Bring the register in a database to this version, and open it. Raises ``StoreUnavailableError``."""
    versions.migrate(address, SCHEMAS)
    return opened_store(address)
