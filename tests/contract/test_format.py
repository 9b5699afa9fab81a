"""A register says by which format it was written: an earlier one is migrated when asked, a later one refused."""

from __future__ import annotations

import json
import lzma
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from gehoor.adapters.stores.sqlite.tables.conversion import FORMAT
from gehoor.adapters.stores.tinydb_store import TinyDBStore
from gehoor.cli.commands import COMMANDS
from gehoor.services.maintenance.verify import verify
from gehoor.services.recording.attachments import waiting
from gehoor.services.records.tables import SCHEMAS
from tests.contract import formats
from tests.contract.test_conversion import HALF_WAY
from tests.support.cli_run import publish_all, run
from tests.support.de_linde import new_runtime
from tests.support.patience import PATIENCE
from tests.support.places import SOURCE

BEFORE = sorted(Path(__file__).with_name("registers").glob("format_*.db.xz"))


@pytest.fixture(params=BEFORE, ids=lambda path: path.name.partition(".")[0])
def earlier(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A register as an earlier Gehoor left it."""
    file = tmp_path / "register.db"
    file.write_bytes(lzma.decompress(request.param.read_bytes()))
    return file


def content(file: Path) -> str:
    """Everything in a file, read with SQLite alone."""
    with closing(sqlite3.connect(file)) as connection:
        names = [
            name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
        ]
        return repr(
            [(name, connection.execute(f'SELECT * FROM "{name}"').fetchall()) for name in sorted(names)]
        )


def test_there_is_a_register_of_every_format_since_the_first() -> None:
    numbers = [int(path.name.removeprefix("format_").partition(".")[0]) for path in BEFORE]
    assert numbers == list(range(1, FORMAT))


def test_no_table_changes_while_the_format_stays() -> None:
    recorded = json.loads(formats.RECORDED.read_text("utf-8"))
    assert recorded == json.loads(json.dumps(formats.tables_now())), (
        "A table changed. Raise FORMAT in adapters/stores/sqlite/tables/conversion.py if a Gehoor with this "
        "number was used anywhere, add a register that it wrote to tests/contract/registers, and record the "
        "tables anew: python -m tests.contract.formats"
    )


@pytest.mark.parametrize(
    "words",
    [
        "sweep", "send", "verify", "repair", "reindex", "backup copy.gehoor", "dossier N1-2026-001",
        "publications", "user list", "serve --port 1", "publish --by team",
    ],
)  # fmt: skip
def test_no_command_works_on_what_an_earlier_gehoor_wrote(
    earlier: Path, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(earlier.parent)
    before = content(earlier)
    ran = run(*words.split(), "--store", earlier)
    assert (ran.code, "doe: gehoor store migrate" in ran.err) == (1, True), ran
    assert content(earlier) == before
    assert words.split(maxsplit=1)[0] in COMMANDS


@pytest.mark.parametrize(
    "words",
    [("sweep",), ("verify",), ("serve", "--port", "1"), ("store", "migrate"), ("publish", "--by", "team")],
)
def test_no_command_works_on_what_a_later_gehoor_wrote(tmp_path: Path, words: tuple[str, ...]) -> None:
    file = publish_all(tmp_path / "register.db")
    with closing(sqlite3.connect(file)) as connection:
        connection.execute(f"PRAGMA user_version = {FORMAT + 1}")
    before = content(file)
    ran = run(*words, "--store", file)
    assert (ran.code, "een latere versie van Gehoor schreef het" in ran.err) == (1, True), ran
    assert content(file) == before
    assert run("store", "version", "--store", file).out.endswith("Zet een latere versie van Gehoor.\n")


def test_it_is_migrated_with_a_copy_that_the_earlier_one_reads(earlier: Path) -> None:
    before = content(earlier)
    shown = run("store", "version", "--store", earlier, "--format", "json").json()
    assert (shown["current"], shown["migrate"]) == (FORMAT, True)
    ran = run("store", "migrate", "--store", earlier)
    assert ran.code == 0, ran.err
    copy = earlier.with_name(f"register.db.formaat-{shown['format']}")
    assert content(copy) == before
    assert copy.stat().st_mode & 0o777 == 0o600
    assert run("verify", "--store", earlier).code == 0
    assert run("sweep", "--store", earlier, "--now", "2026-04-01", "--no-mail").code == 0
    again = run("store", "migrate", "--store", earlier)
    assert (again.code, "al van deze versie" in again.out) == (0, True)


def test_files_that_waited_wait_on_and_become_part_of_the_room_as_others_go(earlier: Path) -> None:
    run("store", "migrate", "--store", earlier, "--no-backup")
    store = TinyDBStore(earlier, SCHEMAS)
    found = waiting(new_runtime(store), "key-1", ["f1", "f2"])
    assert [one["name"] for one in found.values()] == ["brief.pdf", "b2.pdf"]
    assert verify(store).findings == []
    store.close()


def test_a_copy_is_made_where_one_says_or_not_at_all(earlier: Path) -> None:
    other = earlier.with_name("elsewhere.db")
    other.write_text("something else", encoding="utf-8")
    before = content(earlier)
    ran = run("store", "migrate", "--store", earlier, "--backup", other)
    assert (ran.code, "blijft zoals het is" in ran.err, other.read_text("utf-8")) == (
        1,
        True,
        "something else",
    )
    missing = run("store", "migrate", "--store", earlier, "--backup", earlier.parent / "no" / "folder.db")
    assert (missing.code, "Er is niets gewijzigd" in missing.err) == (1, True)
    assert content(earlier) == before
    done = run("store", "migrate", "--store", earlier, "--no-backup", "--format", "json").json()
    assert (done["migrated"], done["backup"]) == (True, None)
    assert not list(earlier.parent.glob("*.formaat-*"))


@pytest.mark.parametrize("step", ["table_statement", "statements", "lies_as"])
@pytest.mark.parametrize("times", [1, 2, 7])
def test_killed_at_any_step_it_is_as_it_was(earlier: Path, step: str, times: int) -> None:
    script = HALF_WAY.replace("conversion.table_statement", f"conversion.{step}")
    before = content(earlier)
    command = [sys.executable, "-c", script, str(earlier), str(times)]
    ended = subprocess.run(
        command, env={**os.environ, "PYTHONPATH": str(SOURCE)}, check=False, timeout=PATIENCE
    )
    if ended.returncode == -signal.SIGKILL:
        assert content(earlier) == before
    assert run("store", "migrate", "--store", earlier, "--no-backup").code == 0
    assert run("verify", "--store", earlier).code == 0


def test_a_copy_that_is_put_back_is_what_it_was(earlier: Path) -> None:
    before = content(earlier)
    run("store", "migrate", "--store", earlier)
    (copy,) = earlier.parent.glob("*.formaat-*")
    for end in ("-wal", "-shm"):
        earlier.with_name(f"{earlier.name}{end}").unlink(missing_ok=True)
    shutil.move(copy, earlier)
    assert content(earlier) == before


def test_what_was_migrated_is_worked_with_as_before(earlier: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(earlier.parent)
    place = ("--store", earlier)
    assert run("store", "migrate", *place).code == 0
    number = json.loads(run("sweep", "--no-mail", *place, "--format", "json").out) and "N1-2026-001"
    shown = run("dossier", number, *place)
    assert (shown.code, number in shown.out) == (0, True), shown
    done = run("reindex", *place)
    assert (done.code, "kon niet" in done.err) == (0, False), done
    assert run("verify", *place).code == 0
