"""Texts that stand in for what somebody still has to write."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from ruamel.yaml import YAML


@cache
def _beginnings() -> tuple[str, ...]:
    text = (files("gehoor") / "beginning" / "placeholders.yaml").read_text("utf-8")
    return tuple(one.casefold() for one in YAML(typ="safe", pure=True).load(text))


def is_placeholder(text: str) -> bool:
    """Say whether a text is one that somebody still has to write."""
    return text.lstrip().casefold().startswith(_beginnings())
