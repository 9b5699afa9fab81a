"""The kinds of answer that a question can have, and what a rule can do, as people know them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from ruamel.yaml import YAML


@dataclass(frozen=True, slots=True)
class KindOfAnswer:
    """A kind of answer. ``says``: what a field says for it, in canonical words; ``choices``: under which words its
    choices stand (none: it has none)."""

    title: str
    says: Mapping[str, str]
    choices: tuple[str, ...]


@cache
def _shipped() -> Mapping[str, Any]:
    text = (files("gehoor") / "beginning" / "answers.yaml").read_text("utf-8")
    found: Mapping[str, Any] = YAML(typ="safe", pure=True).load(text)
    return found


@cache
def kinds_of_answer() -> Mapping[str, KindOfAnswer]:
    """Return the kinds by name, in order."""
    return {
        name: KindOfAnswer(one["title"], one["says"], tuple(one.get("choices", ())))
        for name, one in _shipped()["kinds"].items()
    }


def asked_first() -> Mapping[str, str]:
    """Return the keywords of a field that are asked at once, each with how (empty: as the keyword is called)."""
    found: Mapping[str, str] = _shipped()["ask"]
    return found


def said_by_who_asks() -> frozenset[str]:
    """Return the keywords of those that have to be said: nothing is usual."""
    return frozenset(_shipped()["must"])


def settled() -> frozenset[str]:
    """Return the keywords of a field that follow from the question, its kind of answer and its place."""
    return frozenset(_shipped()["settled"])


def plain_effects() -> Mapping[str, str]:
    """Return what the effects of rules are called, by keyword, in the order in which people mostly want them."""
    found: Mapping[str, str] = _shipped()["effects"]
    return found
