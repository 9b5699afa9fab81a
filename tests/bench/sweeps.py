"""W3: flagging what is late, and looking when nothing is."""

from __future__ import annotations

import gc
import time
from datetime import timedelta

from gehoor.services.jobs.sweep import sweep
from gehoor.services.register.register import reading
from gehoor.services.register.runtime import Runtime
from tests.bench.filling import filled
from tests.bench.house import NOW
from tests.bench.peers.bare_sweep import BareSweep
from tests.bench.peers.django_sweep import django_sweep
from tests.bench.report import Bar
from tests.bench.run import Run
from tests.bench.timing import median_us, total_us


def sweeps(run: Run) -> None:
    """Print what a flag costs, and a sweep that finds nothing."""
    cases = (
        [(1_000, 100), (10_000, 100)]
        if run.quick
        else [(1_000, 100), (10_000, 100), (100_000, 100), (100_000, 1_000)]
    )
    for size, late in cases:
        runtime = filled(run.folder, size, late, "sweep")
        early = NOW + timedelta(hours=1)
        assert not sweep(runtime, early).missed
        # Never the first of a fresh register: that one reads agreements and opens connections.
        idle = median_us(lambda runtime=runtime, early=early: sweep(runtime, early), run.less(100))
        _as_it_runs(runtime)
        start = time.perf_counter()
        found = []
        when = NOW + timedelta(days=3)
        cpu = (
            total_us(lambda runtime=runtime, when=when, found=found: found.append(sweep(runtime, when)))
            / late
        )
        wall = (time.perf_counter() - start) * 1e6 / late
        assert len(found[0].missed) == late, len(found[0].missed)
        bare = BareSweep(run.folder / f"bare-{size}-{late}.db", size, late)
        simple = total_us(bare.sweep) / late
        django = django_sweep(run.folder, size, late)
        run.report.row(
            f"a flag, {late:,} late of {size:,}",
            f"{cpu:.0f} us CPU",
            f"wall {wall:.0f}; bare query and writes {simple:.0f}, Django loop {django:.0f} us",
            Bar(cpu, 250, "us"),
        )
        if late == 100:
            run.report.row(f"idle sweep of {size:,}", f"{idle:.0f} us", "", Bar(idle / 1000, 2, "ms"))
        runtime.store.close()


def _as_it_runs(runtime: Runtime) -> None:
    """Bring a process to where one is that has swept before: it knows the agreements, and what it began with stays."""
    with reading(runtime.store) as register:
        for waiting in register.attention_before(NOW + timedelta(days=3), 1):
            runtime.library.agreement(register, waiting.agreement)
    gc.collect()
    gc.freeze()
