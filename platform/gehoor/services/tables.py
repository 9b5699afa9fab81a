"""The port to a store: documents in tables, under transactions.

A store knows documents, keys and a few indexed members; what a register means is written once, above it, in
``register.py``. Documents are plain JSON objects; a member whose name ends in ``_at`` holds a UTC instant as
``YYYY-MM-DDTHH:MM:SS.ffffffZ``, which sorts as text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias

Document: TypeAlias = dict[str, Any]
Scalar: TypeAlias = str | int | bool


@dataclass(frozen=True)
class TableSchema:
    """A table: its name, and the combinations of members by which documents are looked up in it."""

    name: str
    indexes: tuple[tuple[str, ...], ...] = ()


class DuplicateKeyError(Exception):
    """A document with this key is there already."""


class StoreUnavailableError(Exception):
    """The store cannot be read or written now: disk full, read-only, locked too long, broken."""


class Tables(Protocol):
    """The documents, inside one transaction."""

    def insert(self, table: str, key: str, document: Document) -> None:
        """Add a document under a new key. Raises ``DuplicateKeyError``."""
        ...

    def put(self, table: str, key: str, document: Document) -> None:
        """Add a document, or replace the one under this key."""
        ...

    def get(self, table: str, key: str) -> Document | None:
        """Return the document under this key."""
        ...

    def delete(self, table: str, key: str) -> None:
        """Remove the document under this key, if there is one."""
        ...

    def select(
        self,
        table: str,
        *,
        where: Mapping[str, Scalar | Sequence[Scalar]] | None = None,
        at_most: tuple[str, Scalar] | None = None,
        order_by: Sequence[str] = (),
        limit: int | None = None,
        offset: int = 0,
    ) -> list[Document]:
        """Return documents whose members equal ``where`` (a sequence: one of these) and whose member
        ``at_most[0]`` is present, not null and no more than ``at_most[1]``; in the order of ``order_by``
        (ascending, null and missing last, ties by key)."""
        ...

    def count(self, table: str, *, where: Mapping[str, Scalar | Sequence[Scalar]] | None = None) -> int:
        """Return how many documents ``select`` would find."""
        ...


class Store(Protocol):
    """A place that keeps tables. What a transaction acknowledged is never lost."""

    def transaction(self) -> AbstractContextManager[Tables]:
        """Open a writing transaction: serialised with all others, committed as a whole at the end of the block,
        undone as a whole when the block raises. Raises ``StoreUnavailableError``."""
        ...

    def snapshot(self) -> AbstractContextManager[Tables]:
        """Open a reading transaction: one consistent moment; writing in it is a ``TypeError``."""
        ...

    def close(self) -> None:
        """Let go of files and connections."""
        ...
