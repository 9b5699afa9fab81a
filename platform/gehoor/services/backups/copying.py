"""Copying: a whole register from one store into another, with the same contents."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from gehoor.services.backups.shortening import Shortened
from gehoor.services.ports.belonging import EVERYWHERE
from gehoor.services.ports.store import DamagedError, Document, Store, Tables
from gehoor.services.records.tables import SCHEMAS
from gehoor.services.register.one_moment import end_moment

_BATCH: Final = 500


class DifferentCopyError(Exception):
    """What came to stand in the other store is not what was read."""


@dataclass(frozen=True)
class Copied:
    """How many documents there are, and the SHA-256 of all of them with their keys, table by table."""

    documents: int
    digest: str


def copy_register(source: Store, target: Store, progress: Callable[[int], None] = lambda _: None) -> Copied:
    """Have another store hold what a register holds at one moment, and nothing else: in one transaction, read back
    before it ends. All is copied, also who is signed in. Of a dossier it has no more than lists
    keep now.

    Raises ``DamagedError`` for what cannot be read (mend that first: a copy would lose it for good),
    ``DifferentCopyError`` and ``StoreUnavailableError``; then the other store is as it was.
    """
    end_moment()
    shortened = Shortened()
    with source.snapshot(EVERYWHERE) as there, target.transaction(EVERYWHERE) as here:
        read = _Counted()
        for schema in SCHEMAS:
            here.clear(schema.name)
            rows = read.counted(schema.name, shortened.of(schema.name, _sound(there, schema.name)))
            while batch := list(islice(rows, _BATCH)):
                here.insert_many(schema.name, batch)
                progress(len(batch))
        written = contents_of(here)
        if read.all != written:
            raise DifferentCopyError
    shortened.enter(target)
    return written


def contents_of(tables: Tables) -> Copied:
    """Return what identifies all that a register holds: equal for equal contents in any store. Raises
    ``DamagedError``."""
    counted = _Counted()
    for schema in SCHEMAS:
        for _row in counted.counted(schema.name, _sound(tables, schema.name)):
            pass
    return counted.all


class _Counted:
    """Documents that go by, in what identifies all of them."""

    def __init__(self) -> None:
        self._digest, self._documents = hashlib.sha256(), 0

    def counted(self, table: str, rows: Iterable[tuple[str, Document]]) -> Iterator[tuple[str, Document]]:
        for key, document in rows:
            line = json.dumps([table, key, document], ensure_ascii=False, sort_keys=True)
            self._digest.update(f"{line}\n".encode())
            self._documents += 1
            yield key, document

    @property
    def all(self) -> Copied:
        return Copied(self._documents, self._digest.hexdigest())


def _sound(tables: Tables, table: str) -> Iterator[tuple[str, Document]]:
    for key, document in tables.scan(table):
        if document is None:
            raise DamagedError(f"{table}: {key} is damaged", table, key)
        yield key, document
