"""A register with everything published, made once and copied."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.support.cli_run import ANSWERS, publish_all, run


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Publish the organisations of the tests into a register that stays closed."""
    return publish_all(tmp_path_factory.mktemp("published") / "register.db")


@pytest.fixture
def store(published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a register of this test alone, which commands find by themselves."""
    for setting in ("GEHOOR_SMTP", "GEHOOR_MAIL_FROM", "GEHOOR_URL"):
        monkeypatch.delenv(setting, raising=False)
    file = tmp_path / "register.db"
    shutil.copy(published, file)
    monkeypatch.setenv("GEHOOR_STORE", str(file))
    return file


@pytest.fixture
def number(store: Path) -> str:
    """Return the number of a complaint that came in on Monday 2 March 2026, at nine."""
    result = run(*ANSWERS.to_submit(store.parent / "a.json"), "--now", "2026-03-02T09:00", "--format", "json")
    return str(result.json()["number"])
