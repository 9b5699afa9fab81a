"""The sentences of the founding text, from ``sentences.csv``.

Of each: what it comes to here, where it stands (places of the examples, or ``platform``), what shows that it holds
(tests, and examples in the files), what is missing still, and for what it waits. Several stand in one cell, apart by
``|``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from tests.shipped.founding.agreed import table


@dataclass(frozen=True)
class Sentence:
    """A sentence, or the part of one that asks a thing of its own; the part it is about is in brackets."""

    ref: str
    text: str
    here: str
    places: tuple[str, ...]
    proofs: tuple[str, ...]
    missing: str
    waits: str


@cache
def sentences() -> tuple[Sentence, ...]:
    """Return the sentences in the order of the text."""
    return tuple(
        Sentence(
            row["ref"],
            row["sentence"],
            row["here"],
            _several(row["places"]),
            _several(row["proofs"]),
            row["missing"],
            row["waits"],
        )
        for row in table("sentences.csv")
    )


def _several(cell: str) -> tuple[str, ...]:
    return tuple(one.strip() for one in cell.split("|") if one.strip())
