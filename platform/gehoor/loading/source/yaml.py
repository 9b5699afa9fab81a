"""Read one file: quickly where there is nothing to say about it, else with care."""

from __future__ import annotations

from gehoor.core.text.problems import Problem
from gehoor.loading.source.nodes import ReadFile
from gehoor.loading.source.quick_yaml import read_quickly
from gehoor.loading.source.text import checked_text


def read_yaml(content: bytes, file: str) -> ReadFile:
    """Read the content of a file. ``file`` is the name that places carry."""
    problems: list[Problem] = []
    text = checked_text(content, file, problems)
    if text is None:
        return ReadFile(None, problems)
    quickly = read_quickly(text, file)
    if quickly:
        return ReadFile(quickly)
    # Only who has something to tell needs the library that can.
    from gehoor.loading.source.careful_yaml import read_carefully  # noqa: PLC0415

    return read_carefully(text, file)
