"""What nobody thought of: a sentence with what to do, and everything there is to know only for who asks for it."""

from __future__ import annotations

import errno

import click
import pytest
from click.testing import CliRunner, Result

from gehoor.cli import commands
from gehoor.cli.commands import COMMANDS, gehoor
from gehoor.cli.support.click_dutch import DutchCommand

SECRET = "mevrouw Peeters"


def break_down(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    """Have every command end with this error."""

    def broken() -> None:
        raise error

    command = click.command(cls=DutchCommand)(broken)
    for entry in COMMANDS.values():
        monkeypatch.setattr(f"gehoor.cli.{entry.module}.{entry.name}", command)


def ran(*words: str) -> Result:
    return CliRunner().invoke(gehoor, words, prog_name="gehoor")


def test_no_command_ends_in_a_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    break_down(monkeypatch, KeyError(SECRET))
    for name in COMMANDS:
        result = ran(name)
        assert (result.exit_code, result.stdout) == (70, ""), name
        assert (
            "Er ging iets mis waar Gehoor niet op voorzien is (KeyError, test_unexpected_failures"
            in result.stderr
        )
        assert 'Doe de opdracht opnieuw met "gehoor --debug OPDRACHT"' in result.stderr
        assert "Traceback" not in result.stderr
        assert SECRET not in result.stderr, "what an error quotes may be anybody's"


def test_whoever_asks_for_it_sees_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    break_down(monkeypatch, KeyError(SECRET))
    result = ran("--debug", "verify")
    assert result.exit_code == 70
    assert "Traceback (most recent call last)" in result.stderr
    assert SECRET in result.stderr
    assert "er kunnen gegevens uit het register in staan" in result.stderr


def test_a_command_that_cannot_even_be_loaded_says_so_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(commands, "import_module", missing)
    result = ran("verify")
    assert result.exit_code == 70
    assert "ImportError" in result.stderr


def test_who_stops_reading_along_hears_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    break_down(monkeypatch, BrokenPipeError(errno.EPIPE, "Broken pipe"))
    assert ran("publications").exit_code == 1
