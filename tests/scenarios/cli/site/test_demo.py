"""``gehoor demo`` leaves what is no demo alone. What it makes of the examples is in ``tests/shipped``."""

from __future__ import annotations

from pathlib import Path

from tests.support.cli_run import run
from tests.support.places import ORGANISATIONS


def test_a_real_register_is_no_demo(store: Path) -> None:
    before = store.read_bytes()
    ran = run("demo", "--store", store, "--workspace", ORGANISATIONS)
    assert (ran.code, ran.out) == (1, "")
    assert "is geen demo" in ran.err
    assert store.read_bytes() == before
