"""A store that counts what is asked of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from typing import Any

from gehoor.adapters.stores.memory import MemoryStore
from gehoor.services.ports.belonging import NOWHERE, Within


class CountingStore:
    """Counts what is asked of a store, and how many documents it gives back."""

    def __init__(self, store: MemoryStore) -> None:
        self._store = store
        self.asked: Counter[str] = Counter()

    def close(self) -> None:
        self._store.close()

    def stamp(self) -> Hashable:
        return self._store.stamp()

    @contextmanager
    def transaction(self, within: Within = NOWHERE) -> Iterator[Any]:
        with self._store.transaction(within) as tables:
            yield _CountingTables(tables, self.asked)

    @contextmanager
    def snapshot(self, within: Within = NOWHERE) -> Iterator[Any]:
        with self._store.snapshot(within) as tables:
            yield _CountingTables(tables, self.asked)


class _CountingTables:
    def __init__(self, tables: Any, asked: Counter[str]) -> None:
        self._tables, self._asked = tables, asked

    def __getattr__(self, name: str) -> Any:
        def counted(table: str, *args: Any, **named: Any) -> Any:
            answer = getattr(self._tables, name)(table, *args, **named)
            self._asked[f"{name} {table}"] += 1
            if name == "select":
                self._asked[f"documents of {table}"] += len(answer)
            return answer

        return counted
