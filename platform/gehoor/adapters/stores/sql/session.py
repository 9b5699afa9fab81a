"""What the tables of a register ask of an open transaction, whatever the database."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol


class SQLSession(Protocol):
    """The statements of one transaction."""

    writable: bool

    def run(self, sql: str, values: Sequence[Any] = ()) -> Any:
        """Run a statement that returns no rows. Raises ``DuplicateKeyError`` and ``StoreUnavailableError``."""
        ...

    def run_many(self, sql: str, rows: Iterable[Sequence[Any]]) -> int:
        """Run a statement for each of many rows, and return how many it changed. Raises as ``run`` does."""
        ...

    def all_rows(self, sql: str, values: Sequence[Any] = ()) -> Sequence[Sequence[Any]]:
        """Read rows at once. Raises ``StoreUnavailableError``."""
        ...

    def savepoint(self) -> AbstractContextManager[None]:
        """Undo the statements of this block alone when it raises."""
        ...

    def moment(self) -> Hashable:
        """Return what says of which moment this is."""
        ...
