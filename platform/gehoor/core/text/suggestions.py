"""\"Bedoelde u ...?\": the nearest of the words that would have been right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from functools import lru_cache

_LONGEST = 80
"""Longer words are not compared: nobody means them, and comparing them takes long."""
_MOST = 500
"""Nor are more words than this."""
_SLIP = 4
"""A slip of the pen makes a word at most so much longer or shorter."""


def nearest(word: str, known: Iterable[str], most: int = 1) -> tuple[str, ...]:
    """Return the nearest known words, at most so many, the nearest first."""
    return _nearest(word.lower(), frozenset(known), most) if len(word) <= _LONGEST else ()


# Departments share files, so the same word is looked up again for each of them.
@lru_cache(maxsize=8192)
def _nearest(word: str, known: frozenset[str], most: int) -> tuple[str, ...]:
    near_in_length = sorted(name for name in known if abs(len(name) - len(word)) <= _SLIP)
    return tuple(get_close_matches(word, near_in_length[:_MOST], n=most, cutoff=0.6))


def hint(word: str, known: Iterable[str]) -> str:
    """Return a question that names the nearest known word, or nothing when none is near."""
    return question(*nearest(word, known))


def question(*words: str) -> str:
    """Return the question whether one of these words was meant; nothing without words."""
    shown = [f"'{word}'" for word in words]
    return f" Bedoelde u {' of '.join(shown)}?" if shown else ""


def listed(names: Sequence[str], word: str = "en") -> str:
    """Return names in quotes, with commas and a last word between them."""
    quoted = [f"'{name}'" for name in names]
    return f" {word} ".join([", ".join(quoted[:-1]), quoted[-1]] if len(quoted) > 1 else quoted)
