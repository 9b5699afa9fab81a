"""The bench works: what it fills registers with, and what it sets Gehoor beside. Not how quick anything is."""

from __future__ import annotations

from datetime import date
from importlib import import_module
from pathlib import Path

import pytest

from gehoor.services.search.worklist import work_list
from tests.bench.__main__ import SECTIONS, measure
from tests.bench.filling import ELS, filled
from tests.bench.house import NOW
from tests.bench.peers.bare_sweep import BareSweep
from tests.bench.peers.schema_walking import schema_walking
from tests.bench.peers.wtforms_form import wtforms_form
from tests.bench.report import Bar, Report

SCHEMA = {"naam": {"type": "string", "title": "Naam"}, "kleur": {"enum": ["rood", "groen"]}}
STORED = {"naam": "Mia", "kleur": "groen"}


@pytest.mark.parametrize("part", sorted({part for _, parts in SECTIONS.values() for part in parts}))
def test_each_part_of_it_is_there(part: str) -> None:
    pytest.importorskip("numpy")
    assert callable(measure(part))


def test_a_filled_register_is_one_that_lists_show(tmp_path: Path) -> None:
    runtime = filled(tmp_path, 60, 1)
    # Each five hundredth is about the one who looks; it does not exist for her.
    assert work_list(runtime, ELS, NOW).total == 60
    runtime.store.close()


@pytest.mark.parametrize("peer", [schema_walking, wtforms_form])
def test_a_peer_shows_the_answers(peer: object) -> None:
    page = peer(SCHEMA, STORED)()  # type: ignore[operator]
    assert 'value="Mia"' in page
    assert "selected" in page


def test_the_bare_sweep_flags_what_is_late_once(tmp_path: Path) -> None:
    bare = BareSweep(tmp_path / "bare.db", 300, 150)
    bare.sweep()
    bare.sweep()
    assert bare.flagged() == 150


def test_numpy_and_the_loop_agree() -> None:
    pytest.importorskip("numpy")
    dates = import_module("tests.bench.dates")
    starts = [date(2026, 3, 27), date(2026, 4, 4), date(2026, 12, 24)]
    assert dates.with_numpy(starts, 10)() == dates.plain_loop(starts, 10)


def test_the_report_tells_which_bars_are_missed(capsys: pytest.CaptureFixture[str]) -> None:
    report = Report()
    report.row("quick", "1 us", bar=Bar(1, 2))
    report.row("slow", "9 us", bar=Bar(9, 2))
    report.row("many", "9 a second", bar=Bar(9, 2, "a second", "at least"))
    report.summary()
    said = capsys.readouterr().out
    assert "Bars: 2 held, 1 missed" in said
    assert said.splitlines()[-1].split() == ["OVER", "slow", "9.00", "x", "(<=", "2.00)", "OVER"]
