"""Core and services know no clock: 'now' is an argument. Aliases do not hide it."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.guard.checkout import modules_of, name_of, tree_of

CLOCKS = {
    "datetime.datetime.now",
    "datetime.datetime.today",
    "datetime.datetime.utcnow",
    "datetime.date.today",
}
"""Whatever comes from the module ``time`` counts as well."""


def clock_readings(tree: ast.Module) -> list[int]:
    """Return the lines that name a clock, called or not."""
    origins = dict(_imported(tree))
    named = ((node.lineno, _origin(node, origins)) for node in ast.walk(tree) if isinstance(node, ast.expr))
    return sorted({line for line, origin in named if origin in CLOCKS or origin.startswith("time.")})


def _imported(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Yield each imported name with the full name of what it stands for."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield (alias.asname or alias.name, alias.name)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for alias in node.names:
                yield (alias.asname or alias.name, f"{node.module}.{alias.name}")


def _origin(node: ast.expr, origins: dict[str, str]) -> str:
    if isinstance(node, ast.Name):
        return origins.get(node.id, "")
    if isinstance(node, ast.Attribute) and (base := _origin(node.value, origins)):
        return f"{base}.{node.attr}"
    return ""


@pytest.mark.parametrize("package", ["core", "services"])
def test_no_module_reads_the_clock(package: str) -> None:
    found = {name_of(module): clock_readings(tree_of(module)) for module in modules_of(package)}
    assert {name: lines for name, lines in found.items() if lines} == {}


@pytest.mark.parametrize(
    "source",
    [
        "from datetime import datetime\ndatetime.now()",
        "from datetime import datetime as moment\nread = moment.utcnow",
        "import datetime\ndatetime.date.today()",
        "import datetime as dt\ndt.datetime.now(dt.UTC)",
        "import time\ntime.time()",
        "from time import monotonic\nmonotonic()",
    ],
)
def test_a_clock_is_found(source: str) -> None:
    assert clock_readings(ast.parse(source)) == [2]


@pytest.mark.parametrize(
    "source",
    [
        "from datetime import time\ntime(9, 30)",
        "from datetime import date\ndate.fromisoformat('2026-01-01')",
        "def decide(now): return now.date()",
        "sweep.now",
    ],
)
def test_moments_and_arguments_are_no_clock(source: str) -> None:
    assert clock_readings(ast.parse(source)) == []
