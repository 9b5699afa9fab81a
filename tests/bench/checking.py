"""What it takes to check the shipped organisations, each time anew in a process of its own."""

from __future__ import annotations

import shutil
from statistics import median

from tests.bench.report import Bar
from tests.bench.run import Run
from tests.bench.starting import cpu
from tests.support.places import CHECKOUT

_READING = """
from pathlib import Path
from ruamel.yaml import YAML
for folder in ("definitions", "forms", "rules"):
    for file in Path(folder).rglob("*.yaml"):
        list(YAML(typ="safe", pure=True).parse(file.read_text("utf-8")))
"""


def checking(run: Run) -> None:
    """Print what ``gehoor check`` takes, beside only reading the same files by a parser in Python."""
    organisations = sorted(folder.name for folder in (CHECKOUT / "definitions").iterdir() if folder.is_dir())
    changed = run.folder / "changed"
    for folder in ("definitions", "forms", "rules"):
        shutil.copytree(CHECKOUT / folder, changed / folder)
    asked = {
        "reading the files by ruamel.yaml": ("-c", _READING),
        "gehoor check, for the first time": ("-m", "gehoor", "check"),
        "gehoor check, a term changed": ("-m", "gehoor", "check", "--workspace", str(changed)),
        "gehoor check": ("-m", "gehoor", "check"),
        **{f"gehoor check {name}": ("-m", "gehoor", "check", name) for name in organisations},
    }
    term = changed / "rules/de-linde/termijnen.yaml"
    said = term.read_text("utf-8")
    costs: dict[str, list[float]] = {name: [] for name in asked}
    for turn in range(run.less(10) + 2):
        for name, words in asked.items():
            term.write_text(said.replace("5 werkdagen", f"{turn % 3 + 2} werkdagen", 1), "utf-8")
            cache = f"cache-{turn}" if name.endswith("time") else "cache"
            costs[name].append(cpu(words, XDG_CACHE_HOME=str(run.folder / cache)))
    reading = median(costs["reading the files by ruamel.yaml"])
    for name, found in costs.items():
        cost = median(found)
        bar = Bar(cost / 1000, 1, "s") if name == "gehoor check" else None
        run.report.row(name, f"{cost:.0f} ms CPU", f"{cost / reading:.1f} x reading", bar)
