"""What ``gehoor submit`` acknowledged is in the register, however its process ends and however many there are."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from gehoor.cli.dossiers.submissions import LINES_AT_ONCE
from gehoor.core.dossier.events import verify
from gehoor.services.ports.store import Store
from gehoor.services.records.tables import SCHEMAS
from gehoor.services.register.register import reading
from tests.support.cli_run import ANSWERS, publish_all, start
from tests.support.faults import Tell
from tests.support.patience import PATIENCE
from tests.support.stores import opened_at


@pytest.fixture
def register(place: str) -> str:
    return str(publish_all(place))


def lines(file: Path, count: int) -> Path:
    answers = {**ANSWERS.answers, "uiteenzetting": "Moeder wachtte een uur op hulp. " * 20}
    file.write_text(f"{json.dumps(answers)}\n" * count)
    return file


def numbers_in(place: str) -> list[str]:
    """Return every number, after checking that the whole register can be read and adds up."""
    store = opened_at(place)
    try:
        assert store.structure() == []
        assert not any(document is None for one in SCHEMAS for document in _documents(store, one.name))
        with reading(store) as register:
            ids = [one["dossier"] for one in register.tables.select("events", where={"sequence": 1})]
            numbers = []
            for dossier in ids:
                verify(register.events(dossier))
                numbers.append(register.dossier(dossier).number)
        with store.snapshot() as tables:
            assert tables.count("submissions") == len(numbers)
    finally:
        store.close()
    return sorted(numbers)


def _documents(store: Store, table: str) -> Iterator[object]:
    with store.snapshot() as tables:
        yield from (document for _, document in tables.scan(table))


def assert_gapless(numbers: list[str]) -> None:
    assert [int(number.rpartition("-")[2]) for number in numbers] == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize("kills", [8, pytest.param(300, marks=pytest.mark.soak)])
def test_a_killed_process_loses_nothing_it_acknowledged(
    register: str, tmp_path: Path, kills: int, fault: Tell
) -> None:
    file = lines(tmp_path / "in.jsonl", 5_000)
    chance = random.Random(kills)
    acknowledged: list[str] = []
    for _ in range(kills):
        process = start("submit", *ANSWERS.where, file, "--store", register, "--now", "2026-03-02")
        assert process.stdout is not None
        # The first line shows that it is at work; then the blow falls anywhere.
        first = process.stdout.readline()
        time.sleep(chance.uniform(0, 0.1))
        process.kill()
        # Not communicate(): it passes over what readline() has read ahead.
        rest = process.stdout.read()
        process.communicate(timeout=PATIENCE)
        acknowledged += [json.loads(line)["number"] for line in (first + rest).split("\n")[:-1]]
    assert len(acknowledged) >= kills
    assert len(set(acknowledged)) == len(acknowledged)
    kept = numbers_in(register)
    assert set(acknowledged) <= set(kept), "acknowledged, and lost"
    most = kills * LINES_AT_ONCE
    assert len(kept) - len(acknowledged) <= most, "only the last few of each may be unknown to their sender"
    assert_gapless(kept)
    fault(
        "kill -9 of a process that takes in complaints",
        kills,
        "acknowledged complaints lost, numbers missing or doubled",
    )


@pytest.mark.parametrize("amount", [4, pytest.param(32, marks=pytest.mark.soak)])
def test_processes_at_once_draw_numbers_without_gap_or_double(
    register: str, tmp_path: Path, amount: int, fault: Tell
) -> None:
    file = lines(tmp_path / "in.jsonl", 20)
    words = ("submit", *ANSWERS.where, file, "--store", register, "--now", "2026-03-02", "--key")
    processes = [start(*words, f"bus-{number}") for number in range(amount)]
    given = []
    for number, process in enumerate(processes):
        out, err = process.communicate(timeout=PATIENCE)
        while process.returncode:
            # On a busy computer the others had their turn for longer than it waits: it says so, and asks again.
            assert "Het register" in err
            process = start(*words, f"bus-{number}")  # noqa: PLW2901
            out, err = process.communicate(timeout=PATIENCE)
        given += [json.loads(line)["number"] for line in out.splitlines()]
    kept = numbers_in(register)
    assert sorted(given) == kept
    assert len(kept) == amount * 20
    assert_gapless(kept)
    fault(f"complaints taken in by {amount} processes at once", len(kept), "numbers missing or doubled")


def test_the_same_file_with_the_same_key_at_once_makes_each_dossier_once(
    register: str, tmp_path: Path
) -> None:
    file = lines(tmp_path / "in.jsonl", 20)
    words = ("submit", *ANSWERS.where, file, "--store", register, "--now", "2026-03-02", "--key", "postbus")
    answers = {process.communicate(timeout=PATIENCE)[0] for process in [start(*words) for _ in range(3)]}
    assert len(answers) == 1
    assert len(numbers_in(register)) == 20
