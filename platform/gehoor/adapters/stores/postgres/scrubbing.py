"""Scrubbing: leaving nowhere in the tables of a register what was deleted or replaced.

The log from which PostgreSQL recovers, its archive and copies of the whole database are not ours to write anew: what
was deleted goes there when they are renewed.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Final

import psycopg

from gehoor.adapters.stores.postgres.connections import Connection
from gehoor.services.ports.store import TableSchema

_SHORTLY: Final = "2s"
_STILL_READ: Final = (
    "SELECT 1 FROM pg_stat_activity WHERE backend_xmin IS NOT NULL AND pid <> pg_backend_pid() "
    "AND datname = current_database() LIMIT 1"
)


def write_anew(connection: Connection, schemas: Mapping[str, TableSchema]) -> bool:
    """Write the tables anew, outside any transaction and while nobody else writes. False: somebody still reads an
    earlier moment. Raises what PostgreSQL raises."""
    if connection.execute(_STILL_READ).fetchone():
        return False
    connection.execute(f"SET lock_timeout = '{_SHORTLY}'".encode())
    try:
        for name in schemas:
            connection.execute(f'VACUUM (FULL) "{name}"'.encode())
    except psycopg.errors.LockNotAvailable:
        return False
    finally:
        connection.execute("SET lock_timeout = '30s'")
    # What was just written comes to stand in the tables themselves; not everybody may ask for it.
    with suppress(psycopg.errors.InsufficientPrivilege):
        connection.execute("CHECKPOINT")
    return True
