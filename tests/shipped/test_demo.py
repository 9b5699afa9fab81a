"""``make run``: the demo is filled from the examples that are shipped."""

from __future__ import annotations

from pathlib import Path

from tests.shipped.examples import SHIPPED, examples
from tests.support.cli_run import run


def test_the_demo_is_filled_from_the_examples(tmp_path: Path) -> None:
    examples()
    made = run("demo", "--store", tmp_path / "demo.db", "--workspace", SHIPPED, "--now", "2026-06-17T11:00")
    assert made.code == 0, made.err
    assert made.out.splitlines()[0] == f"8 dossiers in {tmp_path / 'demo.db'}"
