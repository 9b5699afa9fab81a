"""Running ``gehoor`` in a test, in this process or in its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from click.testing import CliRunner, Result

from gehoor.bootstrap.register import store_notice
from gehoor.cli.commands import gehoor as command
from gehoor.cli.support.click_dutch import UnexpectedFailure
from tests.support import quick_loading
from tests.support.places import ORGANISATIONS, SOURCE

quick_loading.install()

_NOTICE = store_notice(Path("register.db"))
NOTICE = f"{_NOTICE}\n" if _NOTICE else ""
"""What a website says on stderr when it starts: it depends on the SQLite that is here."""


_Place = TypeVar("_Place", str, Path)


@dataclass(frozen=True)
class Ran:
    """What a command printed, and how it ended."""

    code: int
    out: str
    err: str

    def json(self) -> Any:
        """Return what was printed as data."""
        return json.loads(self.out)


def run(*words: str | Path, text: str | bytes | None = None) -> Ran:
    """Run a command in this process; an exception never passes for an exit code."""
    result: Result = CliRunner().invoke(
        command, [str(word) for word in words], input=text, catch_exceptions=False, prog_name="gehoor"
    )
    assert result.exit_code != UnexpectedFailure.exit_code, result.stderr
    return Ran(result.exit_code, result.stdout, result.stderr)


def start(*words: str | Path, **options: Any) -> subprocess.Popen[str]:
    """Start a command as a process of its own."""
    environment = {**os.environ, "PYTHONPATH": str(SOURCE), "PYTHONUNBUFFERED": "1"}
    return subprocess.Popen(
        [sys.executable, "-m", "gehoor", *(str(word) for word in words)],
        env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options,
    )  # fmt: skip


def publish_all(file: _Place) -> _Place:
    """Publish the organisations of the tests into a new register: a file, or the address of a database."""
    ran = run("publish", "--workspace", ORGANISATIONS, "--store", file, "--now", "2026-01-01", "--by", "team")
    assert ran.code == 0, ran.err
    return file


@dataclass(frozen=True)
class Submission:
    """A short form that is filled in."""

    answers: dict[str, Any]
    where: tuple[str, str, str] = ("de-linde", "beukenhof", "melden")

    def to_submit(self, file: Path) -> tuple[str | Path, ...]:
        """Write the answers to a file; return the words that submit it."""
        file.write_text(json.dumps(self.answers), encoding="utf-8")
        return "submit", *self.where, file


ANSWERS = Submission(
    {
        "uiteenzetting": "Moeder wachtte een uur op hulp.",
        "anoniem": "nee",
        "klager_naam": "Mia Peeters",
        "klager_email": "mia@voorbeeld.example",
    }
)
