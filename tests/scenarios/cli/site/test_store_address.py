"""A register is a file or a PostgreSQL database: another address is refused, wherever a register is opened."""

from __future__ import annotations

from pathlib import Path

import pytest

from gehoor.bootstrap import Database, SetupError, register_place
from gehoor.bootstrap.website import from_environment
from tests.support.cli_run import run

ADDRESSES = (
    "mysql://gehoor:geheim@server/klachten",
    "sqlite:///register.db",
    "mysql:x",
    "HTTPS://server/x",
)


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("command", ["publications", "serve", "sweep", "reindex", "demo"])
def test_an_address_is_refused_with_a_sentence(
    command: str, address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = run(command, "--store", address)
    assert ran.code == 2
    assert "Een register is een bestand of een PostgreSQL-database" in ran.err
    assert "geheim" not in ran.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_setting_that_is_an_address_is_refused(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GEHOOR_STORE", address)
    with pytest.raises(SetupError, match="Een register is een bestand of een PostgreSQL-database"):
        from_environment()
    assert run("sweep").code == 2


@pytest.mark.parametrize(
    "path", ["register.db", "./a:b.db", "/nergens/postgresql:/register.db", r"C:\klachten.db"]
)
def test_a_path_is_no_address(path: str) -> None:
    assert "Een register is een bestand of een PostgreSQL-database" not in run("sweep", "--store", path).err


@pytest.mark.parametrize("command", ["publications", "serve", "sweep", "reindex"])
def test_a_database_that_does_not_answer_is_told_without_its_password(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GEHOOR_STATE", str(tmp_path))
    ran = run(command, "--store", "postgresql://gehoor:geheim@127.0.0.1:1/klachten")
    assert ran.code == 1
    assert "postgresql://127.0.0.1:1/klachten" in ran.err
    assert "de database antwoordt niet" in ran.err
    assert "geheim" not in ran.err
    assert list(tmp_path.iterdir()) == []


def test_a_demo_is_a_file() -> None:
    ran = run("demo", "--store", "postgresql://gehoor:geheim@127.0.0.1:1/klachten")
    assert ran.code == 1
    assert "Een demo is een bestand" in ran.err


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("postgresql://u:geheim@server/klachten?sslmode=require", "postgresql://server/klachten"),
        ("postgresql://u:ge/heim#x?y@server:5433/klachten", "postgresql://server:5433/klachten"),
        ("postgresql://u:ge@heim@server/klachten", "postgresql://server/klachten"),
        ("postgresql://server/klachten?user=u&password=geheim", "postgresql://server/klachten"),
        ("postgresql://u:geheim", "postgresql://..."),
        ("postgresql:///klachten", "postgresql:///klachten"),
        ("  postgresql://u:geheim@server/klachten\n", "postgresql://server/klachten"),
    ],
)
def test_an_address_is_shown_without_who_signs_in(
    address: str, shown: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GEHOOR_STATE", str(tmp_path))
    place = register_place(address, None)
    assert isinstance(place, Database)
    assert str(place) == shown
    assert "heim" not in f"{place} {place!r}"
