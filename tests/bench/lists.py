"""Work lists and search in registers of growing size: what a page costs, beside a bare question to the same store."""

from __future__ import annotations

from collections.abc import Callable

from gehoor.services.ports.store import Where
from gehoor.services.projection.projection import reading_projection
from gehoor.services.register.runtime import Runtime
from gehoor.services.search.search import search
from gehoor.services.search.worklist import work_list
from gehoor.services.search.worklist_filters import Sort, Standing, Tab, Wish
from tests.bench.filling import ELS, filled
from tests.bench.house import NOW
from tests.bench.report import Bar
from tests.bench.run import Run
from tests.bench.timing import median_us

WISHES = {
    "by kind": Wish(kind="klacht"),
    "by phase": Wish(phase="onderzoek"),
    "by mark": Wish(flag="Ernstig"),
    "by handler": Wish(handler="els"),
    "by who is responsible": Wish(responsible="teamverantwoordelijke"),
    "late since today": Wish(standing=Standing.LATE_TODAY),
    "mine": Wish(Tab.MINE),
    "the other way": Wish(sort=Sort.RECEIVED, descending=True),
    "page 10": Wish(page=10),
    "page 180": Wish(page=180),
}


def lists(run: Run) -> None:
    """A page with the number of dossiers in each list, sorted and narrowed; and search."""
    first: dict[str, float] = {}
    for size in run.sizes:
        runtime = filled(run.folder, size, 100, "lists")
        runs = run.less(20) + 1

        def cost(wish: Wish, runtime: Runtime = runtime, runs: int = runs) -> float:
            return median_us(lambda: work_list(runtime, ELS, NOW, wish), runs)

        plain = cost(Wish())
        bare = median_us(_bare(runtime), runs)
        first.setdefault("plain", plain)
        run.report.row(
            f"list of {size:,}",
            f"{plain / 1000:.1f} ms",
            f"{plain / bare:.1f} x a bare question; {plain / first['plain']:.1f} x at {run.sizes[0]:,}",
        )
        for name, wish in WISHES.items():
            found = cost(wish)
            run.report.row(
                f"  {name}, {size:,}",
                f"{found / 1000:.1f} ms",
                f"{found / bare:.1f} x a bare question",
                Bar(found / plain, 2, "x the plain list"),
            )
        for name, typed in {"a number": "BEU-2025-000150", "a word in all": "soep"}.items():
            found = median_us(lambda runtime=runtime, typed=typed: search(runtime, ELS, typed, NOW), runs)
            run.report.row(f"  search: {name}, {size:,}", f"{found / 1000:.1f} ms")
        runtime.store.close()


def _bare(runtime: Runtime) -> Callable[[], object]:
    """Return what asks the same store, and nothing more: how many there are, and the first fifty."""
    where = Where({"organisation": "de-linde", "department": "beukenhof", "closed": False})

    def ask() -> object:
        with reading_projection(runtime) as register:
            return (
                register.tables.count("dossiers", where=where),
                register.tables.select("dossiers", where=where, order_by=("due_at",), limit=50),
            )

    return ask
