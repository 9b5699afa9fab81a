"""The tours of the README as data: what is pressed on pages, which files somebody opens, what they write and run."""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from textwrap import dedent, indent

import pytest

from tests.support.places import CHECKOUT

_GEHOOR = ".venv/bin/gehoor"


@dataclass(frozen=True)
class Edit:
    """A text in a file, and what somebody makes of it."""

    file: str
    before: str
    after: str

    def do(self, workspace: Path) -> None:
        """Do it, in a workspace where it was not done."""
        self._replace(workspace, self.before, self.after)

    def take_back(self, workspace: Path) -> None:
        """Give the last keyword of the text the value that it had, whatever somebody made of it."""
        start, _, _ = self.before.rpartition(": ")
        made = re.compile(rf"{re.escape(start)}: [^#\n]*?(?= *(?:#|$))", re.MULTILINE)
        text = made.sub(lambda _: self.before, _text(workspace, self.file), count=1)
        (workspace / self.file).write_text(text, "utf-8")

    def line(self, workspace: Path) -> int:
        """Return the number of the last line of what it makes."""
        before, made, _ = _text(workspace, self.file).partition(self.after)
        return f"{before}{made}".count("\n") + 1

    def _replace(self, workspace: Path, old: str, new: str) -> None:
        text = _text(workspace, self.file)
        if old not in text:
            pytest.fail(f"README.md counts on this in {self.file}, which is not there:\n{old}", pytrace=False)
        (workspace / self.file).write_text(text.replace(old, new, 1), "utf-8")


@dataclass(frozen=True)
class Tour:
    """What the README says to do: edits, and the words of each command."""

    shorter: Edit
    mistaken: Edit
    department_file: str
    field: str
    check: tuple[str, ...]
    publish: tuple[str, ...]
    sweep: tuple[str, ...]
    due: tuple[str, ...]

    def add_the_field(self, workspace: Path) -> None:
        """Write the field at the end of the department's file."""
        text = _text(workspace, self.department_file)
        (workspace / self.department_file).write_text(f"{text}\n{self.field}", "utf-8")

    def take_back(self, workspace: Path) -> None:
        """Make the files as they were before the tour, for whoever is in the middle of it."""
        self.shorter.take_back(workspace)
        text = _text(workspace, self.department_file).replace(self.field.strip(), "")
        (workspace / self.department_file).write_text(f"{text.rstrip()}\n", "utf-8")


@cache
def tour() -> Tour:
    """Read the tour in the files. Raises ``ValueError`` when it is told in another way than this knows."""
    text = (CHECKOUT / "README.md").read_text("utf-8")
    text = text.partition("\n## The same tour in the files\n")[2].partition("\n## ")[0]
    term, field = _blocks(text, "yaml")
    check, publish, sweep, due = _blocks(text, "sh")
    shorter, mistaken = (
        Edit(_said(text, "Open"), _in_its_section(term), _in_its_section(_with(term, _said(text, words))))
        for words in ("Make it", "try a mistake,")
    )
    return Tour(
        shorter=shorter,
        mistaken=mistaken,
        department_file=_said(text, "Add to the end of"),
        field=field,
        check=_words(check),
        publish=_words(publish),
        sweep=_words(sweep),
        due=_words(due),
    )


def _blocks(text: str, kind: str) -> list[str]:
    return [dedent(block) for block in re.findall(rf"```{kind}\n(.*?) *```", text, re.DOTALL)]


def _said(text: str, before: str) -> str:
    """Return what stands between backquotes after some words, wherever the line ends."""
    (found,) = re.findall(r"\s+".join([*map(re.escape, before.split()), "`([^`]+)`"]), text)
    return str(found)


def _in_its_section(block: str) -> str:
    # Behind its last line the file may have a comment.
    return indent(block.rstrip(), "  ")


def _with(block: str, line: str) -> str:
    """Return a block in which a line takes the place of the one with the same keyword."""
    keyword = line.partition(":")[0]
    changed, number = re.subn(rf"(?m)^( *){keyword}: .*$", rf"\g<1>{line}", block)
    if number != 1:
        raise ValueError(block)
    return changed


def _words(command: str) -> tuple[str, ...]:
    program, *words = shlex.split(command)
    if program != _GEHOOR:
        raise ValueError(command)
    return tuple(words)


def _text(workspace: Path, file: str) -> str:
    path = workspace / file
    if not path.is_file():
        pytest.fail(f"README.md counts on {file}, which is not there", pytrace=False)
    return path.read_text("utf-8")


@dataclass(frozen=True)
class Step:
    """A step of the walk: what it is called, who does it, and what is pressed or chosen, in the order of its text."""

    name: str
    person: str
    pressed: tuple[str, ...]


@cache
def tour_of_pages() -> tuple[tuple[str, tuple[tuple[str, tuple[str, ...]], ...]], ...]:
    """Read the steps of the five-minute tour that people do: what each is called, and who presses what in it."""
    text = (CHECKOUT / "README.md").read_text("utf-8")
    text = text.partition("\n## The five-minute tour\n")[2].partition("\n## ")[0]
    steps = []
    for name, said in re.findall(
        r"^\d+\. \*\*(.+?)\.\*\* (.*?)(?=^\d+\. |\n\n|\Z)", text, re.DOTALL | re.MULTILINE
    ):
        parts = re.split(r"As `([^`]+)`", said)[1:]
        acts = tuple(
            (person, tuple(" ".join(one.split()) for one in re.findall(r"\*([^*]+)\*", told)))
            for person, told in zip(parts[::2], parts[1::2], strict=True)
        )
        if acts:
            steps.append((name, acts))
    return tuple(steps)


@cache
def walk() -> tuple[Step, ...]:
    """Read the steps of the walk from a phone call to aftercare."""
    text = (CHECKOUT / "README.md").read_text("utf-8")
    text = text.partition("\n## From a phone call to aftercare")[2].partition("\n## ")[0]
    told = re.findall(r"^\d+\. \*\*(.+?)\.\*\* (.*?)(?=^\d+\. |^\S|\Z)", text, re.DOTALL | re.MULTILINE)
    return tuple(
        Step(
            name,
            re.findall(r"As `([^`]+)`", said)[0],
            tuple(" ".join(one.split()) for one in re.findall(r"\*([^*]+)\*", said)),
        )
        for name, said in told
    )
