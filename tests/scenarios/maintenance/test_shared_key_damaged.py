"""Which key a register is used with is damaged: who mends it, and who shuts somebody out, opens it all the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from gehoor.bootstrap import SetupError
from gehoor.bootstrap.register_files.key import vault_of
from gehoor.bootstrap.register_files.shared_key import KNOWN, refuse_other_key
from gehoor.services.register.runtime import Runtime
from tests.support.damage import damaged
from tests.support.de_linde import de_linde


@pytest.fixture
def runtime(tmp_path: Path) -> Runtime:
    runtime = de_linde()
    refuse_other_key(runtime.store, tmp_path / "mine.key")
    damaged(runtime, "settings", KNOWN)
    return runtime


def test_with_a_key_it_opens(runtime: Runtime, tmp_path: Path) -> None:
    refuse_other_key(runtime.store, tmp_path / "mine.key")
    assert vault_of(tmp_path / "mine.key").digest(KNOWN, "")


def test_without_one_nothing_makes_another(runtime: Runtime, tmp_path: Path) -> None:
    with pytest.raises(SetupError):
        refuse_other_key(runtime.store, tmp_path / "none.key")
    assert not (tmp_path / "none.key").exists()
