"""``python -m tests.bench``: the figures, with what they are to be held against."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

from gehoor.adapters.stores.memory import MemoryStore
from gehoor.core.calendar.durations import Duration, Unit
from gehoor.core.calendar.working_days import Calendar
from gehoor.core.deadlines.due import Shift, TermRule, due
from gehoor.core.decision.decide import decide
from gehoor.services.dossiers.editing import look
from gehoor.services.jobs.sweep import sweep
from gehoor.services.register.register import writing
from gehoor.services.register.runtime import Runtime
from gehoor.services.register.schema import SCHEMAS
from tests.bench.house import NOW, embedded, published, site, submit
from tests.bench.lists import lists
from tests.bench.over_http import served
from tests.bench.rendering import rendering
from tests.bench.timing import fsync_us, median_us, row, total_us


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        row("one durable write of 4 KiB on this disk", f"{fsync_us(folder):.0f} us")
        pages()
        served(folder)
        deciding()
        deadlines()
        submissions(folder)
        sweeps(folder)
        lists(folder)
        starting()


def pages() -> None:
    runtime = published(MemoryStore(SCHEMAS))
    rendering(site(runtime), look(runtime, submit(runtime, "one").dossier, NOW).agreement)


def deciding() -> None:
    runtime = published(MemoryStore(SCHEMAS))
    opened = look(runtime, submit(runtime, "one").dossier, NOW)
    cost = median_us(lambda: decide(opened.agreement, opened.dossier, NOW, runtime.engine), 300)
    row("decide on one dossier", f"{cost:.0f} us")


def deadlines() -> None:
    rule = TermRule(Duration(30, Unit.CALENDAR_DAYS), Calendar("BE-WET"), Shift.NEXT)
    start = date(2026, 3, 27)
    row("W5 one due date with derivation", f"{median_us(lambda: due(rule, start), 3000):.1f} us", "bar 30 us")


def submissions(folder: Path) -> None:
    runtime = embedded(folder, "submissions.db")
    keys = (str(number) for number in range(10**9))
    wall = median_us(lambda: submit(runtime, next(keys)), 200)
    cpu = total_us(lambda: [submit(runtime, next(keys)) for _ in range(200)]) / 200
    row("W2 the same without HTTP", f"{wall:.0f} us", f"CPU {cpu:.0f} us")
    runtime.store.close()


def sweeps(folder: Path) -> None:
    """The same hundred misses in a small and in a large register: the cost must be that of the hundred."""
    for size in (100, 1_000, 10_000):
        runtime = embedded(folder, f"sweep{size}.db")
        _fill(runtime, size)
        start = time.perf_counter()
        idle = sweep(runtime, NOW + timedelta(hours=1))
        idle_us = (time.perf_counter() - start) * 1e6
        assert not idle.flags
        late = NOW + timedelta(days=3)
        cpu = total_us(lambda runtime=runtime, late=late: _expect(sweep(runtime, late).flags, 100))
        row(
            f"W3 sweep that flags 100 of {size:,}",
            f"{cpu / 100:.0f} us a flag",
            f"CPU (bar 250); idle sweep {idle_us:.0f} us (bar 2000)",
        )
        runtime.store.close()


def _fill(runtime: Runtime, size: int) -> None:
    """A hundred dossiers that came in now, the others so much later that nothing happens to them yet."""
    for number in range(100):
        submit(runtime, f"due{number}")
    with writing(runtime.store) as register:
        first = register.tables.select("dossiers", limit=1)[0]
        for number in range(size - 100):
            other = {
                **first,
                "id": f"x{number:08}",
                "attention_at": "2030-01-01T00:00:00.000000Z",
                "code_hash": None,
            }
            register.tables.put("dossiers", other["id"], other)


def _expect(found: list[object], number: int) -> None:
    assert len(found) == number, len(found)


def starting() -> None:
    def run(*arguments: str) -> float:
        return median_us(
            lambda: subprocess.run([sys.executable, *arguments], check=True, capture_output=True), 7
        )

    mine, flask = run("-m", "gehoor", "--help"), run("-c", "import flask")
    row("gehoor --help", f"{mine / 1000:.0f} ms", f"{mine / flask:.2f} x import flask (bar 2)")


if __name__ == "__main__":
    main()
