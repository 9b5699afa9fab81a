"""\"Bedoelde u ...?\": the nearest of the words that would have been right."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def hint(word: str, known: Iterable[str]) -> str:
    """Return a question that names the nearest known word, or nothing when none is near."""
    near = get_close_matches(word.lower(), sorted(known), n=1, cutoff=0.6)
    return f" Bedoelde u {near[0]!r}?" if near else ""
