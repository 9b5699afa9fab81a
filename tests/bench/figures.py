"""Figures in a register of growing size: the overview, a list behind a figure, and a yearly report of ten thousand."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

from gehoor.loading.load import load_workspace
from gehoor.services.accounts.accounts import add_account
from gehoor.services.agreements.publishing import Publishable, publish
from gehoor.services.figures.listing import ThemeWish, theme_list
from gehoor.services.figures.offered_reports import Asked
from gehoor.services.figures.overview import overview
from gehoor.services.figures.report_lists import behind_figure
from gehoor.services.figures.reports import draft_of
from gehoor.services.ports.records import to_document
from gehoor.services.ports.store import Store
from gehoor.services.projection.projection import project_pending
from gehoor.services.register.register import writing
from gehoor.services.register.runtime import Runtime
from tests.bench.filling import ELS, another
from tests.bench.house import NOW, on, submit
from tests.bench.million import stores
from tests.bench.report import Bar
from tests.bench.run import Run
from tests.support.figures import with_figures
from tests.support.passwords import QuickHasher
from tests.support.places import ORGANISATIONS

_BATCH = 10_000
_BAR_MS = 150
_REPORT_S = 5
_THEMES = ("zorg_begeleiding", "bejegening", "organisatie", "communicatie", "maaltijden")
_CAUSES = (["onderbezetting"], ["communicatie"], ["onderbezetting", "communicatie"])
_JUDGEMENTS = ("gegrond", "deels_gegrond", "ongegrond")
_Cell = tuple[str, str | None, str | None]
_WHOLE: _Cell = ("1.2", None, None)
_CELLS: dict[str, _Cell] = {
    "a cell": ("1.4", "de-linde/beukenhof", "gegrond"),
    "a cell with nothing in it": ("1.10", "3", None),
    "a row": ("1.9", "4", None),
    "all": _WHOLE,
}
ASKED = Asked("de-linde", "jaarverslag", 2026)


def figures(run: Run) -> None:
    """Print what the overview, a list behind a figure and a report cost, on each store."""
    for size in run.sizes:
        for name, store in stores(run.folder):
            runtime = _filled(store, size)
            asked: dict[str, Callable[[], object]] = {
                "overview": lambda runtime=runtime: overview(runtime, ELS, NOW),
                "list behind a theme": lambda runtime=runtime: theme_list(
                    runtime, ELS, NOW, ThemeWish(("soort_klacht_hoofd=bejegening",))
                ),
            }
            for what, ask in asked.items():
                ask()
                cost = min(_cpu_ms(ask) for _ in range(5))
                bar = Bar(cost, _BAR_MS, "ms of CPU") if size == run.sizes[-1] else None
                run.report.row(f"{name}: {what}, {size:,}", f"{cost:.0f} ms of CPU", "", bar)
            if size <= 10_000:
                cost = _cpu_ms(lambda runtime=runtime: draft_of(runtime, ELS, NOW, ASKED)) / 1000
                bar = Bar(cost, _REPORT_S, "s of CPU") if size == 10_000 else None
                run.report.row(f"{name}: a yearly report, {size:,}", f"{cost:.2f} s of CPU", "", bar)
                public = draft_of(runtime, ELS, NOW, ASKED)
                cost = _cpu_ms(public.public) / 1000
                bar = Bar(cost, _REPORT_S, "s of CPU") if size == 10_000 else None
                run.report.row(f"{name}: its public version, {size:,}", f"{cost:.2f} s of CPU", "", bar)
                for what, cell in _CELLS.items():
                    _list_behind(run, name, runtime, (what, cell, size))
            store.close()


def _list_behind(run: Run, name: str, runtime: Runtime, asked: tuple[str, _Cell, int]) -> None:
    what, cell, size = asked

    def ask() -> int:
        return behind_figure(runtime, ELS, NOW, ASKED, cell).counted

    counted = ask()
    cost = min(_cpu_ms(ask) for _ in range(5))
    bar = Bar(cost, _BAR_MS, "ms of CPU") if size == 10_000 and cell != _WHOLE else None
    said = f"{name}: list behind {what} of it ({counted:,} times), {size:,}"
    run.report.row(said, f"{cost:.0f} ms of CPU", "", bar)


def _cpu_ms(ask: Callable[[], object]) -> float:
    start = time.process_time()
    ask()
    return (time.process_time() - start) * 1000


def _filled(store: Store, size: int) -> Runtime:
    runtime = on(store)
    proposals = []
    for one in load_workspace(ORGANISATIONS, ("de-linde",)).departments:
        with_figures(one.document)
        proposals.append(Publishable(one.organisation, one.department, one.document, one.places))
    publish(runtime, proposals, NOW, "bench")
    add_account(runtime, QuickHasher(), ELS, "lindebloesem")
    submit(runtime, "first")
    project_pending(runtime)
    with writing(store) as register:
        summary = register.summary(register.tables.select("dossiers", limit=1)[0]["id"])
    assert summary is not None
    for begin in range(1, size, _BATCH):
        with writing(store) as register:
            documents = []
            for number in range(begin, min(begin + _BATCH, size)):
                theme, causes = _THEMES[number % 5], _CAUSES[number % 3]
                other = another(summary, number)
                values = {
                    **summary.figures["values"],
                    "type_bericht": other.kind,
                    "soort_klacht_hoofd": theme,
                    "mogelijke_oorzaken": causes,
                    "gegrondheid": _JUDGEMENTS[number % 3],
                    "ernst": number % 5 + 1,
                }
                reached = {**summary.figures["reached"], "ontvangst": other.received}
                themes = (f"soort_klacht_hoofd={theme}", *(f"mogelijke_oorzaken={one}" for one in causes))
                kept = {**summary.figures, "values": values, "reached": reached}
                documents.append((other.id, to_document(replace(other, figures=kept, themes=themes))))
            register.tables.put_many("dossiers", documents)
    return runtime
