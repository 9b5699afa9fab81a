"""A register is a file: what is an address is refused, wherever a register is opened."""

from __future__ import annotations

from pathlib import Path

import pytest

from gehoor.bootstrap import SetupError
from gehoor.bootstrap.website import from_environment
from tests.support.cli_run import run

ADDRESSES = (
    "postgresql://gehoor:geheim@server/klachten",
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
    assert "Een register is een bestand" in ran.err
    assert "geheim" not in ran.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_setting_that_is_an_address_is_refused(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GEHOOR_STORE", address)
    with pytest.raises(SetupError, match="Een register is een bestand"):
        from_environment()
    assert run("sweep").code == 2


@pytest.mark.parametrize(
    "path", ["register.db", "./a:b.db", "/nergens/postgresql:/register.db", r"C:\klachten.db"]
)
def test_a_path_is_no_address(path: str) -> None:
    assert "Een register is een bestand" not in run("sweep", "--store", path).err
