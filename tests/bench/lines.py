"""``gehoor submit x.jsonl``: how many submissions a second come in from a file."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import time

from tests.bench.house import ANSWERS, embedded
from tests.bench.processes import python
from tests.bench.report import Bar
from tests.bench.run import Run
from tests.support.places import SOURCE


def lines(run: Run) -> None:
    """Print what a line costs, without what starting takes."""
    store = run.folder / "lines.db"
    embedded(run.folder, store.name).store.close()
    number = run.less(3_000)
    costs = [_submitted(run, store.name, f"{part}", many) for part, many in (("few", 1), ("many", number))]
    cpu, wall = ((many - few) / (number - 1) for few, many in zip(*costs, strict=True))
    run.report.row(
        f"a line of {number:,}",
        f"{1 / wall:,.0f} a second",
        f"{cpu * 1e6:,.0f} us CPU a line",
        Bar(1 / wall, 1000, "a second", "at least"),
    )


def _submitted(run: Run, store: str, part: str, number: int) -> tuple[float, float]:
    file = run.folder / f"{part}.jsonl"
    told = ({**ANSWERS, "klager_email": f"{part}{one}@example.org"} for one in range(number))
    file.write_text("".join(f"{json.dumps(answers)}\n" for answers in told), "utf-8")
    words = python("-m", "gehoor", "submit", "de-linde", "beukenhof", "melden", str(file), "--key", part)
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    environment = {
        **os.environ,
        "GEHOOR_STORE": str(run.folder / store),
        "PYTHONPATH": str(SOURCE),
    }
    subprocess.run(words, check=True, capture_output=True, env=environment)
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, wall
