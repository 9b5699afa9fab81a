"""Texts that somebody still has to write: each is told with its line, so that none is published unnoticed."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from gehoor.core.text.problems import Problem, Severity
from gehoor.loading.checks.check import Check, Pass, Subject
from gehoor.loading.keywords.placeholder_texts import lines_to_write, may_hold_placeholders
from gehoor.loading.merge.located_document import Sourced
from gehoor.loading.merge.source_map import Path


def placeholder_problems(on: Subject) -> list[Problem]:
    """Return the texts that still have to be written."""
    return [
        problem
        for section, content in on.whole.data.items()
        for problem in on.sound.unless(
            "nog-aan-te-vullen", on.written.section(section), partial(_in_section, on.whole, section, content)
        )
    ]


def _in_section(whole: Sourced, section: str, content: Any) -> Iterator[Problem]:
    # Usually there is none, and then no place has to be known.
    if not may_hold_placeholders(repr(content)):
        return
    for path, text in _texts(content, (section,)):
        for position, line in lines_to_write(text):
            place = whole.spot(path).line_of(text, position)
            yield Problem(place, "nog-aan-te-vullen", {"value": line.rstrip(" .")}, Severity.WARNING)


def _texts(data: Any, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(data, str):
        yield path, data
    elif isinstance(data, dict):
        for key, one in data.items():
            yield from _texts(one, (*path, key))
    elif isinstance(data, list):
        for index, one in enumerate(data):
            yield from _texts(one, (*path, index))


CHECK = Check(Pass.REFERENCES, ("nog-aan-te-vullen",), placeholder_problems)
