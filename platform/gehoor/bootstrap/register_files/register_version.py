"""By which version a register was written, and bringing it to this one."""

from __future__ import annotations

from pathlib import Path

from gehoor.adapters.stores.sqlite.tables.conversion import FORMAT, LATER
from gehoor.adapters.stores.sqlite.versions import Version, copy_as_it_is, migrate, version_of
from gehoor.adapters.stores.tinydb_store import TinyDBStore
from gehoor.bootstrap import Database, Place
from gehoor.services.maintenance.entering import begin_ledger
from gehoor.services.ports.store import Store, StoreUnavailableError
from gehoor.services.records.tables import SCHEMAS

__all__ = [
    "FORMAT",
    "LATER",
    "Version",
    "copy_as_it_is",
    "migrate_register",
    "refuse_other",
    "register_version",
]


def register_version(place: Place) -> Version:
    """Return the version that a register was written by. Raises ``StoreUnavailableError``."""
    if isinstance(place, Database):
        from gehoor.bootstrap.database import version_in  # noqa: PLC0415 - most registers are a file

        return version_in(place.address)
    return version_of(place, SCHEMAS)


def refuse_other(store: Path) -> None:
    """Raise ``StoreUnavailableError`` for a register that a later Gehoor wrote, or an earlier one in another way."""
    version = register_version(store)
    if version.later:
        raise StoreUnavailableError(LATER)
    if version.earlier:
        raise StoreUnavailableError("it was written by an earlier Gehoor")


def migrate_register(place: Place) -> bool:
    """Bring a register to this version, and begin its ledger where it has none: each whole, or not at all. Says
    whether the ledger began now. Raises ``StoreUnavailableError``."""
    opened: Store
    if isinstance(place, Database):
        from gehoor.bootstrap.database import migrated_store  # noqa: PLC0415

        opened = migrated_store(place.address)
    else:
        migrate(place, SCHEMAS)
        opened = TinyDBStore(place, SCHEMAS)
    try:
        return begin_ledger(opened)
    finally:
        opened.close()
