"""W6: what an insert costs when there is nothing yet, and when there is much."""

from __future__ import annotations

import time

from tinydb import TinyDB

from gehoor.adapters.stores.tinydb_store import TinyDBStore
from gehoor.services.ports.store import TableSchema
from tests.bench.report import Bar
from tests.bench.run import Run
from tests.bench.timing import median_us

DOCUMENT = {"subject": "De soep was koud" * 10, "organisation": "de-linde", "number": 7}


def inserts(run: Run) -> None:
    """Print what one durable insert costs at each size, beside TinyDB with the storage it has by itself."""
    store = TinyDBStore(run.folder / "inserts.db", (TableSchema("kept", (("organisation", "number"),)),))
    costs: dict[int, float] = {}
    # The first ones prepare statements and grow the file.
    _, number = _each(store, 0, run.less(300))
    for size in (0, *run.sizes):
        with store.transaction() as tables:
            while number < size:
                tables.insert("kept", f"{number:09}", {**DOCUMENT, "number": number})
                number += 1
        costs[size], number = _each(store, number, run.less(300))
    store.close()
    for size in run.sizes:
        last = size == run.sizes[-1]
        run.report.row(
            f"one insert at {size:,}",
            f"{costs[size]:.0f} us CPU",
            f"at none {costs[0]:.0f} us",
            Bar(costs[size] / costs[0], 1.2) if last else None,
        )
    with TinyDB(run.folder / "plain.json") as plain:
        at_none = median_us(lambda: plain.insert(dict(DOCUMENT)), 5, time.process_time)
        plain.insert_multiple(dict(DOCUMENT) for _ in range(run.less(10_000)))
        at_many = median_us(lambda: plain.insert(dict(DOCUMENT)), 5, time.process_time)
    run.report.row(
        f"plain TinyDB at {run.less(10_000):,}",
        f"{at_many:,.0f} us CPU",
        f"{at_many / at_none:.0f} x at none, {at_many / costs[run.sizes[-1]]:.0f} x ours; not durable",
    )


def _each(store: TinyDBStore, begin: int, runs: int) -> tuple[float, int]:
    start = time.process_time()
    for number in range(begin, begin + runs):
        with store.transaction() as tables:
            tables.insert("kept", f"{number:09}", {**DOCUMENT, "number": number})
    return (time.process_time() - start) / runs * 1e6, begin + runs
