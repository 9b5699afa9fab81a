"""What was kept, and cannot be read any more: in any store."""

from __future__ import annotations

from gehoor.services.ports.store import Where
from gehoor.services.records.left_out import leave_out, transaction
from gehoor.services.records.tables import LEFT_OUT
from gehoor.services.register.runtime import Runtime


def damaged(runtime: Runtime, table: str, key: str) -> None:
    """Have one document read as damaged from now on."""
    with transaction(runtime.store) as tables:
        assert key in [name for name, _document in tables.scan(table)]
        leave_out(tables, table, key)


def mended(runtime: Runtime, table: str, key: str) -> None:
    """Have a damaged document be as it was."""
    with transaction(runtime.store) as tables:
        tables.delete(LEFT_OUT, f"{table}/{key}")


def gone(runtime: Runtime, table: str, key: str) -> None:
    """Have one document be gone, as if it was never written."""
    with transaction(runtime.store) as tables:
        assert tables.get(table, key) is not None
        tables.delete(table, key)


def last_damaged(runtime: Runtime, table: str, member: str, about: str) -> None:
    """Have the last document of a log read as damaged."""
    with transaction(runtime.store) as tables:
        last = tables.select(table, where=Where({member: about}), order_by=("-sequence",), limit=1)[0]
    damaged(runtime, table, f"{about}/{last['sequence']:06}")
