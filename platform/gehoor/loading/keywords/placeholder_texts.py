"""Texts that stand in for what somebody still has to write, or to decide."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Final

from ruamel.yaml import YAML

_BEFORE: Final = " \t#*-[(>"
"""What may stand before the words of a line."""


@cache
def _beginnings() -> Mapping[str, tuple[str, ...]]:
    text = (files("gehoor") / "beginning" / "placeholders.yaml").read_text("utf-8")
    found: Mapping[str, list[str]] = YAML(typ="safe", pure=True).load(text)
    return {name: tuple(one.casefold() for one in texts) for name, texts in found.items()}


def may_hold_placeholders(text: str) -> bool:
    """Say whether there may be a text in a longer one that somebody still has to write."""
    folded = text.casefold()
    return any(one in folded for one in _beginnings()["to-write"])


def is_to_write(text: str) -> bool:
    """Say whether a text is one that somebody still has to write."""
    return text.lstrip().casefold().startswith(_beginnings()["to-write"])


def lines_to_write(text: str) -> Iterator[tuple[int, str]]:
    """Yield the lines of a text that somebody still has to write, each with where it begins: in a letter that is
    written further, one of them may be left."""
    position = 0
    for line in text.split("\n"):
        if is_to_write(line.lstrip(_BEFORE)):
            yield position, line.strip()
        position += len(line) + 1


def is_to_decide(text: str) -> bool:
    """Say whether a reason is none yet: what it is about, is still to be decided."""
    return text.lstrip().casefold().startswith(_beginnings()["to-decide"]) or is_to_write(text)
