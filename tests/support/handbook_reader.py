"""A reader of the handbook, who does what a page says in a workspace of their own, and looks whether it is so."""

from __future__ import annotations

import json
import os
import re
import shlex
from pathlib import Path
from typing import Any

import click
import pytest
from ruamel.yaml import YAML

from gehoor.cli.commands import gehoor
from tests.support.cli_run import Ran, run
from tests.support.handbook import Shown
from tests.support.places import copy_organisations

NOW = "2026-05-12T09:00"
"""When a page is read, where it does not say so: a Tuesday."""


class Reader:
    """Reads a page in ``home``, the folder where a reader keeps things. Whatever is not as shown fails the test."""

    def __init__(self, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.home, self._monkeypatch, self._now = home, monkeypatch, NOW
        self._printed, self._words = "", dict[str, str]()
        for setting in ("GEHOOR_WORKSPACE", "GEHOOR_STORE", "GEHOOR_SMTP", "GEHOOR_URL"):
            monkeypatch.delenv(setting, raising=False)
        monkeypatch.setenv("HOME", str(home))
        copy_organisations(home)
        monkeypatch.chdir(home)

    def read(self, found: Shown) -> None:
        """Do, or look for, what is shown."""
        try:
            getattr(self, f"_{found.kind}")(found)
        except (AssertionError, KeyError, TypeError, ValueError, click.ClickException) as wrong:
            pytest.fail(f"docs/handleiding/{found.place}: {wrong!s}", pytrace=False)

    def _comment(self, found: Shown) -> None:
        match found.marks["does"]:
            case "workspace":
                for path in self.home.iterdir():
                    self._empty(path)
            case "now":
                self._now = found.text
            case "run":
                self._run(found.text, found)
            case "file":
                name, _, content = found.text.partition(" ")
                # Of a table, rows stand one behind the other.
                lines = content.replace("\\n", "\n") if name.endswith(".csv") else content
                Path(name).write_text(lines, "utf-8")
            case word:
                match = re.search(found.text, self._printed)
                assert match, f"not printed: {found.text}\n{self._printed}"
                self._words[word] = match[1]

    def _yaml(self, found: Shown) -> None:
        data = _yaml().load(found.text)
        if "piece-of" in found.marks:
            return
        mark = "in" if "in" in found.marks else "shows"
        file, within = found.target(mark)
        path = Path(file)
        whole = _yaml().load(path.read_text("utf-8")) if path.exists() else {}
        place = whole
        for word in within:
            place = place.setdefault(word, {}) if mark == "in" else place[word]
        if mark == "shows":
            assert _holds(place, data), f"{file} does not hold this"
            return
        if "replaces" in found.marks:
            place.update(data)
        elif before := found.marks.get("before"):
            for word, value in data.items():
                place.insert(list(place).index(before), word, value)
        else:
            _merge(place, data, adds="adds" in found.marks)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", encoding="utf-8") as written:
            _yaml().dump(whole, written)

    def _json(self, found: Shown) -> None:
        json.loads(found.text)
        Path(found.marks["in"]).write_text(found.text, "utf-8")

    def _sh(self, found: Shown) -> None:
        self._printed = ""
        for command in found.text.replace("\\\n", " ").splitlines():
            self._run(command, found)

    def _text(self, found: Shown) -> None:
        if "files" in found.marks:
            for line in found.text.splitlines():
                path = line.split("  ")[0].strip()
                assert Path(path).exists(), f"{path} is not there"
            return
        pattern = "".join(
            "(?:.*\n)*?"
            if line.strip() == "..."
            else f"{re.escape(line.rstrip())}[ ]*\n".replace(r"\.\.\.", ".*")
            for line in found.text.splitlines()
        )
        assert re.fullmatch(pattern, self._printed.rstrip("\n") + "\n"), f"it printed:\n{self._printed}"

    def _run(self, command: str, found: Shown) -> None:
        words = [
            os.path.expanduser(self._words.get(word, word)) for word in shlex.split(command, comments=True)
        ]
        match words:
            case []:
                return
            case ["cd", folder]:
                self._monkeypatch.chdir(folder)
            case ["export", setting]:
                name, _, value = setting.partition("=")
                self._monkeypatch.setenv(name, os.path.expanduser(value))
            case ["gehoor", *rest]:
                command_named, left = leaf(rest)
                if "stays" in found.marks:
                    command_named.make_context("gehoor", left)
                    return
                if any("--now" in one.opts for one in command_named.params) and "--now" not in rest:
                    rest += ["--now", self._now]
                self._ran(run(*rest), command, refused="refused" in found.marks)
            case _:
                raise ValueError(f"{words[0]} is no command of Gehoor")

    def _ran(self, ran: Ran, command: str, *, refused: bool) -> None:
        assert (ran.code == 0) is not refused, f"{command} ended with {ran.code}:\n{ran.out}{ran.err}"
        self._printed += ran.out + ran.err

    def _empty(self, path: Path) -> None:
        if path.is_dir():
            for within in path.iterdir():
                self._empty(within)
            path.rmdir()
        else:
            path.unlink()


def leaf(words: list[str]) -> tuple[click.Command, list[str]]:
    """Return the command that words name, and what is left of them. Raises ``KeyError``."""
    command: click.Command = gehoor
    left = list(words)
    while isinstance(command, click.Group):
        found = command.get_command(click.Context(command), left[0])
        if not found:
            raise KeyError(f"gehoor knows no {left[0]}")
        command, left = found, left[1:]
    return command, left


def _yaml() -> YAML:
    yaml = YAML()
    yaml.width = 10_000
    yaml.preserve_quotes = True
    return yaml


def _merge(into: Any, data: Any, *, adds: bool) -> None:
    for word, value in data.items():
        there = into.get(word)
        if isinstance(there, dict) and isinstance(value, dict):
            _merge(there, value, adds=adds)
        elif adds and isinstance(there, list) and isinstance(value, list):
            there.extend(value)
        else:
            into[word] = value


def _holds(there: Any, data: Any) -> bool:
    if isinstance(data, dict):
        return isinstance(there, dict) and all(
            word in there and _holds(there[word], value) for word, value in data.items()
        )
    if isinstance(data, list):
        return isinstance(there, list) and all(any(_holds(one, value) for one in there) for value in data)
    return bool(there == data)
