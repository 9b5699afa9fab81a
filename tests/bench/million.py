"""A register of a million dossiers, and one of two thousand organisations: what grows with what, on each store."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from datetime import timedelta
from itertools import islice
from pathlib import Path
from statistics import quantiles
from typing import Any

from gehoor.adapters.stores.tinydb_store import TinyDBStore
from gehoor.loading.load import load_workspace
from gehoor.services.accounts.accounts import add_account
from gehoor.services.agreements.publishing import Publishable, publish
from gehoor.services.jobs.sweep import sweep
from gehoor.services.ports.belonging import EVERYWHERE
from gehoor.services.ports.records import Account, to_document
from gehoor.services.ports.store import Document, Store
from gehoor.services.projection.projection import project_pending
from gehoor.services.records.tables import SCHEMAS
from gehoor.services.records.within import within
from gehoor.services.register.register import writing
from gehoor.services.register.runtime import Runtime
from gehoor.services.search.search import search
from gehoor.services.search.worklist import work_list
from gehoor.services.search.worklist_filters import Wish
from tests.bench.filling import ELS, another
from tests.bench.house import NOW, on, published, submit
from tests.bench.lists import WISHES
from tests.bench.report import Bar
from tests.bench.run import Run
from tests.bench.scale import signed_in
from tests.support.passwords import QuickHasher
from tests.support.places import ORGANISATIONS
from tests.support.postgres import running, why_not

SIZE = int(os.environ.get("GEHOOR_BENCH_SIZE", "1000000"))
ORGANISATION_COUNT = int(os.environ.get("GEHOOR_BENCH_ORGANISATIONS", "2000"))
_BATCH = 20_000
_REAL = 200
_BAR_MS = 100


def million(run: Run) -> None:
    """Print what pages, search, a submission and an idle sweep cost beside a million dossiers."""
    size = run.less(SIZE)
    for name, store in stores(run.folder):
        runtime = published(store)
        els = Account("els", "Els", "", "", ("de-linde/*:kwaliteitscoordinator",))
        add_account(runtime, QuickHasher(), els, "lindebloesem")
        small = {what: _p95(ask, 20) for what, ask in asked(runtime, real(runtime)).items()}
        start = time.perf_counter()
        fill(runtime, size)
        run.report.row(f"{name}: filling {size:,}", f"{time.perf_counter() - start:.0f} s")
        if name == "PostgreSQL":
            analyse(store)
        for what, ask in asked(runtime, real(runtime)).items():
            cost = _p95(ask, run.less(40) + 1)
            bar = None if what.startswith("a submission") else Bar(cost, _BAR_MS, "ms")
            run.report.row(
                f"{name}, {size:,}: {what}",
                f"{cost:.1f} ms (95 %)",
                f"with {_REAL}: {small[what]:.1f} ms",
                bar,
            )
        store.close()


def organisations(run: Run) -> None:
    """Print what publishing, a page and a sweep cost beside two thousand organisations."""
    many = run.less(ORGANISATION_COUNT)
    for name, store in stores(run.folder):
        runtime = on(store)
        loaded = [one for one in load_workspace(ORGANISATIONS).departments if one.department == "beukenhof"]

        def offer(number: int, loaded: list[Any] = loaded) -> Publishable:
            document: dict[str, Any] = deepcopy(loaded[0].document)
            organisation = f"organisatie-{number}"
            document["organisation"] |= {"id": organisation, "name": f"Organisatie {number}"}
            document["department"] |= {"code": f"O{number}"}
            return Publishable(organisation, "beukenhof", document, loaded[0].places)

        def one_more(number: int, runtime: Runtime = runtime) -> float:
            start = time.perf_counter()
            publish(runtime, [offer(number)], NOW - timedelta(days=1), "bench")
            return (time.perf_counter() - start) * 1000

        first = [one_more(number) for number in range(10)]
        for number in range(10, many):
            one_more(number)
        last = [one_more(number) for number in range(many, many + 10)]
        run.report.row(
            f"{name}: publishing beside {many:,} organisations",
            f"{sorted(last)[5]:.0f} ms",
            f"beside ten: {sorted(first)[5]:.0f} ms",
            Bar(sorted(last)[5] / sorted(first)[5], 1.5),
        )
        cost = _p95(lambda runtime=runtime: sweep(runtime, NOW), 10)
        run.report.row(f"{name}: an idle sweep of {many:,} organisations", f"{cost:.1f} ms")
        store.close()


def stores(folder: Path) -> Iterator[tuple[str, Store]]:
    """Give an empty store of each kind, or of the one that is asked for."""
    wanted = os.environ.get("GEHOOR_BENCH_STORE", "")
    if wanted != "postgres":
        yield "file", TinyDBStore(folder / f"million-{time.monotonic_ns()}.db", SCHEMAS)
    if wanted != "file" and not why_not():
        with _postgres() as store:
            yield "PostgreSQL", store


@contextmanager
def _postgres() -> Iterator[Store]:
    from gehoor.adapters.stores.postgres_store import PostgresStore

    settings = {"fsync": "on", "full_page_writes": "on", "autovacuum": "on", "shared_buffers": "1GB"}
    with running(**settings, max_wal_size="8GB", work_mem="16MB") as server:
        # As deploy/database.sh makes a database.
        if os.environ.get("GEHOOR_BENCH_WORDS") != "texts":
            server.ask("ALTER FUNCTION ts_match_vq(tsvector, tsquery) LEAKPROOF")
        yield PostgresStore(server.new_address(), SCHEMAS)


def analyse(store: Any) -> None:
    """Have PostgreSQL look at what there is now."""
    with store._database.alone() as connection:
        connection.execute("VACUUM ANALYZE")


def real(runtime: Runtime) -> list[str]:
    """Return some dossiers that people could work in."""
    # With the same key, each is there once.
    made = [submit(runtime, f"real{number}", key=f"real{number}").dossier for number in range(_REAL)]
    project_pending(runtime)
    return made


def asked(runtime: Runtime, dossiers: list[str]) -> dict[str, Callable[[], object]]:
    """Return what people and the sweep ask of a register, by what it is called."""
    client = signed_in(runtime)
    turn = iter(range(10**9))

    def page(path: str) -> Callable[[], object]:
        def ask() -> object:
            answer = client.get(path)
            assert answer.status_code == 200, path
            return answer

        return ask

    found: dict[str, Callable[[], object]] = {
        "search: a number": lambda: search(runtime, ELS, "BEU-2025-000150", NOW),
        "search: a word in all": lambda: search(runtime, ELS, "soep", NOW),
        "a submission": lambda: submit(runtime, f"more{time.monotonic_ns()}-{next(turn)}"),
    }
    for name, wish in WISHES.items():
        found[f"list {name}"] = lambda wish=wish: work_list(runtime, ELS, NOW, wish)
    found["the plain list"] = lambda: work_list(runtime, ELS, NOW, Wish())
    return {
        "the work list, whole page": page("/medewerker/"),
        "a dossier, whole page": page(f"/medewerker/dossiers/{dossiers[0]}"),
        "a sweep with nothing to do": lambda: sweep(runtime, NOW),
        **{what: _here(ask) for what, ask in found.items()},
    }


def _here(ask: Callable[[], object]) -> Callable[[], object]:
    """Return what asks within the one organisation, as a request does."""

    def asking() -> object:
        with within("de-linde"):
            return ask()

    return asking


def _p95(ask: Callable[[], object], times: int) -> float:
    ask()
    taken = []
    for _ in range(max(2, times)):
        start = time.perf_counter()
        ask()
        taken.append((time.perf_counter() - start) * 1000)
    return quantiles(taken, n=20, method="inclusive")[-1]


def fill(runtime: Runtime, size: int) -> None:
    """Put dossiers in a register to which nothing happens for years: what lists and search hold of them."""
    with writing(runtime.store) as register:
        summary = register.summary(register.tables.select("dossiers", limit=1)[0]["id"])
        text = register.tables.select("texts", limit=1)[0]
    assert summary is not None
    lines = (another(summary, number) for number in range(size))
    while batch := list(islice(lines, _BATCH)):
        dossiers = [(one.id, to_document(one)) for one in batch]
        texts = [
            (f"{one.id}/", {**text, "dossier": one.id, "texts": [one.number, *text["texts"][1:]]})
            for one in batch
        ]
        for table, documents in (("dossiers", dossiers), ("texts", texts)):
            if isinstance(runtime.store, TinyDBStore):
                with writing(runtime.store) as register:
                    register.tables.insert_many(table, documents)
            else:
                _copied(runtime.store, table, documents)


def _copied(store: Any, table: str, documents: list[tuple[str, Document]]) -> None:
    """Add documents the way PostgreSQL takes in most of them a second."""
    from gehoor.adapters.stores.postgres.dialect import POSTGRES
    from gehoor.adapters.stores.postgres.table_making import layout_of
    from gehoor.adapters.stores.sql.packing import pack

    layout = layout_of(next(schema for schema in SCHEMAS if schema.name == table))
    with store._database.transaction(EVERYWHERE) as session:
        session.wrote = True
        names = ", ".join(layout.written)
        # A table whose rows are of organisations takes in no copy: it goes by one that is gone afterwards.
        passing = f'CREATE TEMP TABLE "passing" ON COMMIT DROP AS SELECT {names} FROM "{table}" LIMIT 0'
        session.connection.execute(passing.encode())
        with (
            session.connection.cursor() as cursor,
            cursor.copy(f"COPY passing ({names}) FROM STDIN".encode()) as copy,
        ):
            for key, document in documents:
                copy.write_row(POSTGRES.kept(layout, pack(layout, key, document)))
        session.connection.execute(f'INSERT INTO "{table}" ({names}) SELECT * FROM "passing"'.encode())
