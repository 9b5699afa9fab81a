"""How PostgreSQL answers what is asked most, in a register of many dossiers, and how many bytes a dossier takes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from gehoor.adapters.stores.postgres.session import Session
from gehoor.services.accounts.accounts import add_account
from gehoor.services.ports.records import Account
from gehoor.services.projection.projection import project_pending
from gehoor.services.register.runtime import Runtime
from tests.bench.house import published, submit
from tests.bench.million import SIZE, analyse, asked, fill, real, stores
from tests.bench.run import Run
from tests.support.passwords import QuickHasher

_MOST = 2000
_TEN = (
    "the plain list", "list by handler", "list late since today", "list mine", "list by mark", "list page 180",
    "search: a number", "search: a word in all", "a dossier, whole page", "a sweep with nothing to do",
)  # fmt: skip
_SIZES = """SELECT relname, pg_total_relation_size(oid) FROM pg_class
WHERE relkind = 'r' AND relnamespace::regnamespace::text NOT IN ('pg_catalog', 'information_schema')"""


def plans(run: Run) -> None:
    """Print of ten questions how many statements they take, and how the dearest is answered; and the bytes a dossier
    takes with all that comes with it."""
    for name, store in stores(run.folder):
        if name != "PostgreSQL":
            continue
        runtime = published(store)
        els = Account("els", "Els", "", "", ("de-linde/*:kwaliteitscoordinator",))
        add_account(runtime, QuickHasher(), els, "lindebloesem")
        dossiers = real(runtime)
        _bytes(run, runtime, store)
        fill(runtime, run.less(SIZE))
        analyse(store)
        for what, ask in asked(runtime, dossiers).items():
            if what in _TEN:
                # Once before, as what is read once in a while is no part of it.
                ask()
                with _explained() as found:
                    ask()
                _tell(run, what, found)
        store.close()


def _bytes(run: Run, runtime: Runtime, store: Any) -> None:
    before = _sizes(store)
    many = run.less(_MOST)
    for number in range(many):
        submit(runtime, f"size{number}", key=f"size{number}")
    project_pending(runtime)
    after = _sizes(store)
    grown = {table: (size - before.get(table, 0)) / many for table, size in after.items()}
    run.report.row(
        "bytes of a dossier, with indexes", f"{sum(grown.values()):,.0f}", f"of {many:,} submissions"
    )
    for table, size in sorted(grown.items(), key=lambda one: -one[1])[:8]:
        run.report.row(f"  {table}", f"{size:,.0f}")


def _sizes(store: Any) -> dict[str, int]:
    with store._database.alone() as connection:
        connection.execute("VACUUM ANALYZE")
        return {str(table): int(size) for table, size in connection.execute(_SIZES)}


@contextmanager
def _explained() -> Iterator[list[tuple[float, str]]]:
    """Have every statement that reads tell how it is answered: for how long (milliseconds), and by which steps."""
    found: list[tuple[float, str]] = []
    reads: Callable[..., list[tuple[Any, ...]]] = Session.all_rows

    def explaining(session: Session, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        if sql.lstrip().upper().startswith(("SELECT", "WITH")):
            ((said,),) = reads(session, f"EXPLAIN (ANALYZE, FORMAT JSON) {sql}", values)
            found.append((said[0]["Execution Time"], " < ".join(_steps(said[0]["Plan"]))))
        return reads(session, sql, values)

    Session.all_rows = explaining  # type: ignore[method-assign]
    try:
        yield found
    finally:
        Session.all_rows = reads  # type: ignore[method-assign]


def _steps(plan: dict[str, Any]) -> Iterator[str]:
    on = plan.get("Index Name") or plan.get("Relation Name") or ""
    rows = round(plan["Actual Rows"] * plan["Actual Loops"])
    yield f"{plan['Node Type']}{f' {on}' if on else ''} ({rows:,})"
    for below in plan.get("Plans", ()):
        yield from _steps(below)


def _tell(run: Run, what: str, found: list[tuple[float, str]]) -> None:
    dearest = max(found, default=(0.0, ""))
    run.report.row(what, f"{len(found)} statements", f"{sum(one for one, _ in found):.1f} ms in the database")
    run.report.note(f"dearest, {dearest[0]:.1f} ms: {dearest[1]}")
