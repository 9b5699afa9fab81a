"""What it takes before anything is done."""

from __future__ import annotations

import os
import resource
import subprocess
from statistics import median

from tests.bench.house import embedded
from tests.bench.processes import python
from tests.bench.report import Bar
from tests.bench.run import Run
from tests.bench.sites import gehoor
from tests.support.places import CHECKOUT


def starting(run: Run) -> None:
    """Print what help, the website and the server take to start, beside importing Flask."""
    asked = {
        "flask": ("-c", "import flask"),
        "gehoor --help": ("-m", "gehoor", "--help"),
        "import gehoor.web.app": ("-c", "import gehoor.web.app"),
    }
    costs: dict[str, list[float]] = {name: [] for name in asked}
    for _ in range(run.less(10) + 2):
        for name, words in asked.items():
            costs[name].append(cpu(words))
    flask = median(costs["flask"])
    run.report.row("import flask", f"{flask:.0f} ms CPU")
    for name, limit in (("gehoor --help", 2.0), ("import gehoor.web.app", None)):
        cost = median(costs[name])
        bar = Bar(cost / flask, limit) if limit else None
        run.report.row(name, f"{cost:.0f} ms CPU", f"{cost / flask:.1f} x import flask", bar)
    embedded(run.folder, "starting.db").store.close()
    starts = []
    for _ in range(3):
        with gehoor(run.folder / "starting.db") as server:
            starts.append(server.start)
    run.report.row(
        "gehoor serve, to its first answer", f"{median(starts):.2f} s", "", Bar(median(starts), 2, "s")
    )


def cpu(words: tuple[str, ...], **environment: str) -> float:
    """Return what a command of this Python takes of the processor, in milliseconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        python(*words), check=True, capture_output=True, cwd=CHECKOUT, env={**os.environ, **environment}
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) * 1000
