"""A backup holds what was acknowledged before it began, whoever writes meanwhile and whoever is killed."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from gehoor.adapters.stores.tinydb_store import TinyDBStore
from gehoor.bootstrap.register_files.backup_file import check_backup, dump_in
from gehoor.core.dossier.events import verify as verify_chain
from gehoor.services.backups.dump_format import DumpReader
from gehoor.services.backups.restore import restore
from gehoor.services.maintenance.verify import verify
from gehoor.services.records.tables import SCHEMAS
from gehoor.services.register.register import reading
from tests.support.cli_run import start
from tests.support.de_linde import de_linde
from tests.support.faults import Tell
from tests.support.patience import PATIENCE
from tests.support.processes import environment

WORKER = Path(__file__).parents[1] / "support" / "register_worker.py"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "register.db"
    de_linde(TinyDBStore(file, SCHEMAS)).store.close()
    return file


def opening(file: Path, count: int) -> subprocess.Popen[str]:
    command = [sys.executable, str(WORKER), "open", str(file), "beukenhof", str(count)]
    return subprocess.Popen(
        command, env={**environment(), "PYTHONUNBUFFERED": "1"}, stdout=subprocess.PIPE, text=True
    )


def numbers_in(copy: Path) -> set[str]:
    with dump_in(copy) as lines:
        return {
            document["data"]["number"]
            for table, _, document in DumpReader(lines)
            if table == "events" and document["kind"] == "opened"
        }


@pytest.mark.parametrize("copies", [2, pytest.param(40, marks=pytest.mark.soak)])
def test_a_copy_made_while_others_write_has_all_that_was_acknowledged(
    copies: int, file: Path, tmp_path: Path, fault: Tell
) -> None:
    worker = opening(file, 1_000_000)
    assert worker.stdout is not None
    try:
        acknowledged: set[str] = set()
        for number in range(copies):
            acknowledged |= {worker.stdout.readline().strip() for _ in range(10)}
            copy = tmp_path / f"{number}.gehoor"
            backup = start("backup", copy, "--store", file)
            # Whoever writes goes on meanwhile; what it said before the copy was asked for has to be in it.
            _, err = backup.communicate(timeout=PATIENCE)
            assert (backup.returncode, err) == (0, "")
            assert acknowledged <= numbers_in(copy)
    finally:
        worker.kill()
        worker.communicate(timeout=PATIENCE)
    other = TinyDBStore(tmp_path / "other.db", SCHEMAS)
    with dump_in(copy) as lines:
        restore(other, lines)
    found = verify(other)
    with reading(other) as register:
        for document in register.tables.select("dossiers"):
            verify_chain(register.events(document["id"]))
    other.close()
    assert found.findings == []
    assert found.dossiers >= len(acknowledged)
    fault("copies made while others write", copies, "of them without what was acknowledged")


@pytest.mark.parametrize("kills", [3, pytest.param(150, marks=pytest.mark.soak)])
def test_a_backup_that_is_killed_leaves_the_one_before_it(
    kills: int, file: Path, tmp_path: Path, fault: Tell
) -> None:
    worker = opening(file, 40)
    worker.communicate(timeout=PATIENCE)
    copy = tmp_path / "copy.gehoor"
    whole = start("backup", copy, "--store", file)
    assert whole.wait(PATIENCE) == 0
    whole.communicate()
    before = check_backup(copy)
    chance = random.Random(kills)
    for _ in range(kills):
        backup = start("backup", copy, "--overwrite", "--store", file)
        time.sleep(chance.uniform(0, 1.5))
        backup.kill()
        backup.communicate(timeout=PATIENCE)
        assert check_backup(copy).digest == before.digest
    last = start("backup", copy, "--overwrite", "--store", file)
    _, err = last.communicate(timeout=PATIENCE)
    assert (last.returncode, err) == (0, "")
    assert check_backup(copy).digest == before.digest
    fault("kill -9 of a backup", kills, "copies lost")


@pytest.mark.parametrize("kills", [3, pytest.param(150, marks=pytest.mark.soak)])
def test_a_restore_that_is_killed_leaves_all_or_nothing(
    kills: int, file: Path, tmp_path: Path, fault: Tell
) -> None:
    opening(file, 40).communicate(timeout=PATIENCE)
    copy = tmp_path / "copy.gehoor"
    made = start("backup", copy, "--store", file)
    made.communicate(timeout=PATIENCE)
    opening(file, 10).communicate(timeout=PATIENCE)
    chance = random.Random(kills)
    for _ in range(kills):
        putting = start("restore", copy, "--replace", "--store", file)
        time.sleep(chance.uniform(0.2, 1.8))
        putting.kill()
        putting.communicate(timeout=PATIENCE)
        store = TinyDBStore(file, SCHEMAS)
        found = verify(store)
        store.close()
        assert found.findings == []
        assert found.dossiers in (40, 50)
    fault("kill -9 of a restore", kills, "registers half restored")
