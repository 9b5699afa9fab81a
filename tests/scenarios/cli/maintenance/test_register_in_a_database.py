"""A register in PostgreSQL, as whoever runs the server meets it: brought over, looked after, and its key."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.support.cli_run import ANSWERS, Ran, run
from tests.support.postgres import Server


@pytest.fixture
def database(postgres: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("GEHOOR_STATE", str(tmp_path / "eerste"))
    return postgres.new_address()


@pytest.fixture
def brought(store: Path, number: str, database: str) -> str:
    """A register with one complaint, brought from a file into a database."""
    assert number
    assert copied(store, database).code == 0
    return database


def copied(source: str | Path, target: str | Path, *words: str) -> Ran:
    return run("store", "copy", source, target, "--format", "json", *words)


def test_a_register_that_is_brought_there_and_back_is_the_same(
    store: Path, number: str, database: str, tmp_path: Path
) -> None:
    there = copied(store, database).json()
    back = copied(database, tmp_path / "terug.db").json()
    assert there == back
    assert there["documents"] > 0
    for place in (database, tmp_path / "terug.db"):
        assert run("verify", "--store", place).code == 0
        assert run("dossier", number, "--store", place).code == 0


def test_what_is_there_stays_unless_one_says_so(store: Path, number: str, brought: str) -> None:
    ran = copied(store, brought)
    assert (ran.code, "staat al iets" in ran.err) == (1, True)
    assert copied(store, brought, "--replace").code == 0


def test_a_register_that_is_damaged_is_not_brought_over(
    postgres: Server, brought: str, tmp_path: Path
) -> None:
    postgres.ask("UPDATE events SET actor = 'niemand' WHERE sequence = 1", brought)
    ran = copied(brought, tmp_path / "terug.db")
    assert (ran.code, "beschadigd: events" in ran.err) == (1, True)
    assert run("verify", "--store", tmp_path / "terug.db", "--format", "json").json()["documents"] == 0


def test_a_copy_of_one_is_put_back_in_the_other(brought: str, number: str, tmp_path: Path) -> None:
    copy = tmp_path / "kopie"
    assert run("backup", copy, "--store", brought).code == 0
    file = tmp_path / "teruggezet.db"
    assert run("restore", copy, "--store", file).code == 0
    assert run("dossier", number, "--store", file).code == 0
    assert run("restore", copy, "--store", brought, "--replace").code == 0
    assert run("verify", "--store", brought).code == 0


def test_a_list_that_is_damaged_is_made_anew(postgres: Server, brought: str, number: str) -> None:
    assert run("reindex", "--store", brought).code == 0
    postgres.ask("UPDATE dossiers SET phase = 'elders'", brought)
    assert run("verify", "--store", brought).code == 1
    assert run("repair", "--store", brought).code == 0
    assert run("verify", "--store", brought).code == 0
    assert run("dossier", number, "--store", brought).code == 0


def test_complaints_come_in_and_terms_are_looked_at(brought: str, tmp_path: Path) -> None:
    words = ANSWERS.to_submit(tmp_path / "a.json")
    told = run(*words, "--store", brought, "--now", "2026-03-02T09:00", "--format", "json")
    assert told.code == 0
    swept = run("sweep", "--store", brought, "--no-mail", "--now", "2026-08-03", "--format", "json")
    flagged = {one["number"] for one in swept.json()["flagged"]}
    assert told.json()["number"] in flagged
    again = run("sweep", "--store", brought, "--no-mail", "--now", "2026-08-03", "--format", "json")
    assert again.json()["flagged"] == []


def test_who_looks_whether_all_is_safe_sees_the_database(brought: str) -> None:
    ran = run("doctor", "--store", brought, "--format", "json")
    assert not [one for one in ran.json() if one["check"] == "opslag" and one["found"]]


def test_who_may_do_anything_in_the_database_is_held_to_nothing(postgres: Server, brought: str) -> None:
    ran = run("doctor", "--store", postgres.boss_address(brought), "--format", "json")
    found = next(one["found"] for one in ran.json() if one["check"] == "opslag")
    assert "houdt de organisaties dan niet uit elkaar" in str(found)


def test_its_version_is_told_and_nothing_has_to_be_done(brought: str) -> None:
    assert run("store", "version", "--store", brought, "--format", "json").json()["migrate"] is False
    assert "al van deze versie" in run("store", "migrate", "--store", brought).out


def test_without_a_register_nothing_is_made(postgres: Server, database: str) -> None:
    ran = run("sweep", "--store", database)
    assert (ran.code, "Er is nog geen register: postgresql://" in ran.err) == (1, True)
    assert postgres.ask("SELECT 1 FROM pg_tables WHERE schemaname = current_schema()", database) == []


# The key beside it


def test_another_machine_needs_the_same_key(
    brought: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("verify", "--store", brought).code == 0
    other = tmp_path / "tweede"
    monkeypatch.setenv("GEHOOR_STATE", str(other))
    ran = run("verify", "--store", brought)
    assert ran.code != 0
    assert f"Zet een kopie ervan als {other / 'register.key'}" in ran.err
    shutil.copytree(tmp_path / "eerste", other, dirs_exist_ok=True)
    assert run("verify", "--store", brought).code == 0
    (other / "register.key").write_text("ab" * 32)
    assert "is niet die van dit register" in run("verify", "--store", brought).err


def test_where_the_key_is_nowhere_any_more_one_begins_with_another(brought: str, tmp_path: Path) -> None:
    assert run("verify", "--store", brought).code == 0
    (tmp_path / "eerste" / "register.key").unlink()
    assert run("verify", "--store", brought).code != 0
    assert run("store", "new-key", "--store", brought).code == 0
    assert run("verify", "--store", brought).code == 0


def test_the_key_of_a_file_comes_along(store: Path, database: str, tmp_path: Path) -> None:
    store.with_name("register.db.key").write_text("cd" * 32)
    ran = run("store", "copy", store, database)
    assert f"De sleutel staat nu ook als {tmp_path / 'eerste' / 'register.key'}" in ran.out
    assert (tmp_path / "eerste" / "register.key").read_text() == "cd" * 32


def test_where_another_key_stands_nothing_is_brought_over(store: Path, database: str, tmp_path: Path) -> None:
    store.with_name("register.db.key").write_text("cd" * 32)
    there = tmp_path / "eerste" / "register.key"
    there.parent.mkdir()
    there.write_text("ab" * 32)
    ran = run("store", "copy", store, database)
    assert (ran.code, f"In {there} staat een andere sleutel" in ran.err) == (1, True)
    assert "Er is nog geen register" in run("sweep", "--store", database).err
    assert there.read_text() == "ab" * 32
