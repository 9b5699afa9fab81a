"""A process that writes to a register until it is done or killed: ``TASK FILE NAME COUNT``."""

from __future__ import annotations

import sys

from gehoor.adapters.stores.tinydb_store import TinyDBStore
from gehoor.services.ports.store import TableSchema

SCHEMAS = (TableSchema("cases", (("number",),)), TableSchema("events"), TableSchema("counters"))


def pairs(store: TinyDBStore, name: str, count: int) -> None:
    """Write to two tables at a time; say which pair only when it is committed."""
    for number in range(count):
        key = f"{name}-{number}"
        with store.transaction() as tables:
            tables.insert("cases", key, {"number": number, "text": "x" * (number % 50 * 40)})
            tables.insert("events", key, {"of": key})
            tables.put("counters", name, {"n": number + 1})
        sys.stdout.write(f"{key}\n")
        sys.stdout.flush()


def numbers(store: TinyDBStore, name: str, count: int) -> None:
    """Draw numbers from one series."""
    for _ in range(count):
        with store.transaction() as tables:
            number = (tables.get("counters", "series") or {"n": 0})["n"] + 1
            tables.put("counters", "series", {"n": number})
            tables.insert("cases", f"{number:06}", {"number": number, "by": name})


if __name__ == "__main__":
    task, file, name, count = sys.argv[1:]
    opened = TinyDBStore(file, SCHEMAS)
    {"pairs": pairs, "numbers": numbers}[task](opened, name, int(count))
    opened.close()
