"""Whether two stories are nearly the same: somebody who tells it twice, or a mail that came in by two ways."""

from __future__ import annotations

from typing import Final

from gehoor.core.text.normalise import normalised_words

_PIECE: Final = 4
"""So many signs in a row are compared: a slip of the pen spoils a few pieces, not the words around it."""
_READ: Final = 8000
"""Of a longer story so many signs are compared: some signs stand for many when they are written out."""
_FEW: Final = 8
"""A story of fewer words is nearly the same only when it is the same."""
_WITHIN: Final = 0.76
"""Such a share of the shorter stands in the longer."""


def nearly_same(one: str, other: str) -> bool:
    """Say whether two texts are nearly the same: with slips of the pen, in another order, with more around it.

    Capitals, accents and signs make no difference."""
    words, others = normalised_words(one[:_READ]), normalised_words(other[:_READ])
    if min(len(words), len(others)) < _FEW:
        return bool(words) and words == others
    left, right = _pieces(words), _pieces(others)
    return len(left & right) / min(len(left), len(right)) >= _WITHIN


def _pieces(words: list[str]) -> set[str]:
    text = " ".join(words)[:_READ]
    return {text[index : index + _PIECE] for index in range(len(text) - _PIECE + 1)}
