"""Whether two stories are one: how many retellings are found, how many others are taken for one, and the time."""

from __future__ import annotations

import os
import time
from statistics import median

from gehoor.bootstrap.likeness import likeness
from gehoor.core.text.retelling import PlainLikeness
from gehoor.services.ports.outside import Likeness
from tests.bench.report import Bar
from tests.bench.run import Run
from tests.unit.core.text.test_retelling import OTHERS, RETOLD

_SETTING = "GEHOOR_LIKENESS_MODEL"


def alike(run: Run) -> None:
    """Print what the words of two stories tell, and beside it what a model tells, where the environment names one."""
    _measured(run, "by their words", PlainLikeness())
    if os.environ.get(_SETTING):
        _measured(run, "by a model of sentences too", likeness())
    else:
        run.report.note(f"No model of sentences is named here: {_SETTING} is the folder of one.")


def _measured(run: Run, name: str, judge: Likeness) -> None:
    found = sum(judge.maybe_retold(*pair) for pair in RETOLD)
    wrong = sum(judge.maybe_retold(*pair) for pair in OTHERS)
    costs = []
    for _ in range(run.less(50)):
        for pair in (*RETOLD, *OTHERS):
            started = time.perf_counter()
            judge.maybe_retold(*pair)
            costs.append((time.perf_counter() - started) * 1e6)
    missed = len(RETOLD) - found
    run.report.row(
        f"two stories compared {name}",
        f"{median(costs):.0f} us",
        f"{found} of {len(RETOLD)} retellings found, {wrong} of {len(OTHERS)} others taken for one",
        Bar(missed, 0, "retellings missed"),
    )
