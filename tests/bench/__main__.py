"""``python -m tests.bench [SECTION ...] [--quick]``: the figures, each beside its peer and its bar."""

from __future__ import annotations

import argparse
import shutil
import tempfile
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from gehoor.services.records.within import everywhere
from tests.bench.run import Run
from tests.bench.timing import fsync_us

SECTIONS = {
    "w1": ("W1 a form of forty fields", ("rendering:rendering", "pages:pages")),
    "w2": (
        "W2 a submission",
        ("submissions:submissions", "submissions:without_http", "submissions:by_one_person"),
    ),
    "w3": ("W3 the sweep", ("sweeps:sweeps",)),
    "w5": ("W5 due dates", ("dates:dates",)),
    "w6": ("W6 the store", ("inserts:inserts", "footprint:sizes")),
    "lists": ("Work lists and search", ("lists:lists",)),
    "figures": ("Figures", ("figures:figures",)),
    "workers": ("Eight clients at once", ("workers:workers",)),
    "scale": ("Many departments and people", ("scale:scale",)),
    "million": ("A million dossiers in one department", ("million:million",)),
    "many": ("Two thousand organisations", ("million:organisations",)),
    "plans": ("Ten questions to PostgreSQL, and the bytes of a dossier", ("plans:plans",)),
    "lines": ("Many submissions from a file", ("lines:lines",)),
    "memory": ("Memory of a worker", ("footprint:memory",)),
    "start": ("Starting", ("starting:starting",)),
    "verdict": ("A verdict while somebody types", ("verdicts:verdicts",)),
    "check": ("Checking the shipped organisations", ("checking:checking",)),
    "alike": ("Stories that may be one", ("likeness:alike",)),
    "servers": ("Servers by themselves: one constant page", ("servers:servers",)),
}
_LONG = frozenset({"million", "many", "plans"})


def main() -> None:
    """Measure what is asked, or all there is."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("sections", nargs="*", metavar="SECTION", help=", ".join(SECTIONS))
    parser.add_argument("--quick", action="store_true", help="fewer rounds, and no register of 100,000")
    asked = parser.parse_args()
    if unknown := set(asked.sections) - set(SECTIONS):
        parser.error(f"there is no section {', '.join(sorted(unknown))}; choose from {', '.join(SECTIONS)}")
    with tempfile.TemporaryDirectory() as name, everywhere():
        run = Run(Path(name), asked.quick)
        if shutil.which("wrk") is None:
            run.report.note("There is no wrk here: load comes from a loop in Python, which is slower.")
        run.report.row("one durable write of 4 KiB on this disk", f"{fsync_us(run.folder):.0f} us")
        # What takes half an hour is measured when it is asked for.
        for section in asked.sections or [name for name in SECTIONS if name not in _LONG]:
            title, parts = SECTIONS[section]
            run.report.section(title)
            for part in parts:
                measure(part)(run)
        run.report.summary()


def measure(part: str) -> Callable[[Run], None]:
    """Return a measurement, imported when it is asked for."""
    module, _, name = part.partition(":")
    found: Callable[[Run], None] = getattr(import_module(f"tests.bench.{module}"), name)
    return found


if __name__ == "__main__":
    main()
