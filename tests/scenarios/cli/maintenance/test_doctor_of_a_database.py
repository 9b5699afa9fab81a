"""What ``gehoor doctor`` says of a database: who reads along, and whether what is kept stays kept."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from gehoor.adapters.stores.postgres import safety
from gehoor.adapters.stores.postgres.safety import Safety, has_password, safety_of
from gehoor.bootstrap import Database
from gehoor.bootstrap.doctor.check import Level, Surroundings
from gehoor.bootstrap.doctor.database import database
from gehoor.services.ports.store import StoreUnavailableError
from tests.support.postgres import Server

ADDRESS = "postgresql://gehoor@db.example.org/gehoor"
SAFE = Safety(remote=True, encrypted=True, sure=True)


def at(address: str = ADDRESS) -> Surroundings:
    return Surroundings(
        Database(address, Path("/var/lib/gehoor/register")), {}, datetime(2026, 5, 12, tzinfo=UTC)
    )


def said(found: Safety, monkeypatch: pytest.MonkeyPatch, address: str = ADDRESS) -> list[Level]:
    monkeypatch.setattr(safety, "safety_of", lambda _: found)
    return [one.level for one in database(at(address))]


@pytest.mark.parametrize(
    ("found", "levels"),
    [
        (SAFE, []),
        (Safety(remote=False, encrypted=False, sure=False), []),
        (Safety(remote=True, encrypted=False, sure=False), [Level.WARNING]),
        (Safety(remote=True, encrypted=False, sure=True), [Level.WARNING]),
        (Safety(remote=True, encrypted=True, sure=False), [Level.NOTE]),
        (Safety(remote=False, encrypted=False, sure=False, unkept=("fsync",)), [Level.WARNING]),
    ],
)
def test_what_is_unsafe_is_told(found: Safety, levels: list[Level], monkeypatch: pytest.MonkeyPatch) -> None:
    assert said(found, monkeypatch) == levels


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://gehoor:geheim@db.example.org/gehoor",
        "postgresql://db.example.org/gehoor?password=geheim",
    ],
)
def test_a_password_in_the_address_is_told_and_not_repeated(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert said(SAFE, monkeypatch, address) == [Level.WARNING]
    assert "geheim" not in "".join(one.text + one.remedy for one in database(at(address)))
    assert not has_password(ADDRESS)


def test_a_database_that_is_gone_is_told_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(_address: str) -> Safety:
        raise StoreUnavailableError("the database cannot be reached")

    monkeypatch.setattr(safety, "safety_of", gone)
    assert list(database(at())) == []


def test_a_real_one_says_so_of_itself(postgres: Server) -> None:
    """That of the tests forgets what it has when the power fails, and nobody is between us and it."""
    found = safety_of(postgres.new_address())
    assert (found.remote, found.encrypted) == (False, False)
    assert set(found.unkept) == {"fsync", "full_page_writes"}
