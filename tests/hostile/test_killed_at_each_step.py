"""A command that is killed at any of its statements leaves the register as it was, or as it was to be."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.cli_run import ANSWERS, publish_all, run
from tests.support.faults import Tell
from tests.support.patience import PATIENCE
from tests.support.places import SOURCE, copy_organisations

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kills processes")

WORKER = Path(__file__).with_name("killed_worker.py")
TERMS = Path("rules", "de-linde", "termijnen.yaml")


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register in which somebody told something."""
    folder = tmp_path_factory.mktemp("begun")
    file = publish_all(folder / "register.db")
    words = ANSWERS.to_submit(folder / "answers.json")
    assert run(*words, "--store", file, "--now", "2026-03-02T09:00").code == 0
    return file


@pytest.fixture
def changed(tmp_path: Path) -> Path:
    """The files of the organisations, with another term."""
    workspace = copy_organisations(tmp_path / "workspace")
    text = (workspace / TERMS).read_text("utf-8")
    assert "binnen: 5 werkdagen" in text
    (workspace / TERMS).write_text(
        text.replace("binnen: 5 werkdagen", "binnen: 4 werkdagen", 1), encoding="utf-8"
    )
    return workspace


def killed(at: int, *words: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(WORKER), str(at), *map(str, words)],
        env={**os.environ, "PYTHONPATH": str(SOURCE)},
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )


def state(file: Path) -> tuple[str, str, str]:
    """What is published, what is in the dossiers, and what is told to whom."""
    published = run("publications", "--store", file, "--format", "json").out
    found = run("verify", "--store", file, "--format", "json").json()
    assert found["findings"] == []
    dossier = run("dossier", "BEU-2026-0001", "--store", file, "--format", "json").json()
    return (
        published,
        json.dumps([dossier["events"], dossier["messages"]], sort_keys=True),
        str(found["documents"]),
    )


def commands(answers: Path, workspace: Path) -> dict[str, tuple[str | Path, ...]]:
    return {
        "publish": ("publish", "--workspace", workspace, "--now", "2026-04-01", "--by", "team"),
        "submit": (*ANSWERS.to_submit(answers), "--now", "2026-03-03T09:00"),
        "sweep": ("sweep", "--no-mail", "--now", "2026-05-01T09:00"),
    }


@pytest.mark.parametrize("name", ["publish", "submit", "sweep"])
@pytest.mark.parametrize("most", [2, pytest.param(1000, marks=pytest.mark.soak)])
def test_killed_at_any_statement(
    name: str, most: int, begun: Path, changed: Path, tmp_path: Path, fault: Tell
) -> None:
    words = commands(tmp_path / "answers.json", changed)[name]
    # Whoever looks works out what waits; after that each copy begins alike.
    before = state(begun)
    whole = Path(shutil.copy(begun, tmp_path / "whole.db"))
    done = killed(0, *words, "--store", whole)
    assert done.returncode == 0, done.stderr
    statements = int(done.stderr.split()[-1])
    places = sorted(
        {1 + step * (statements - 1) // min(most, statements) for step in range(min(most, statements))}
    )
    after = state(whole)
    assert before != after
    ends = []
    for place in places:
        file = Path(shutil.copy(begun, tmp_path / f"at-{place}.db"))
        assert killed(place, *words, "--store", file).returncode == -signal.SIGKILL
        ends.append(state(file))
        assert run(*words, "--store", file).code == 0, "and it goes on"
    if name != "sweep":
        # A sweep saves in steps; each other command is one.
        assert {end[:2] for end in ends} <= {before[:2], after[:2]}
    fault(f"{name}, killed at its statements", len(places), "half done or unreadable")
