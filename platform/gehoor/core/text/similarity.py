"""Whether two stories are nearly the same: somebody who tells it twice, or a mail that came in by two ways."""

from __future__ import annotations

from typing import Final

from gehoor.core.text.normalise import normalised_words

_SHINGLE: Final = 3
"""So many words in a row are compared."""
_FEW: Final = 8
"""A story of fewer words is nearly the same only when it is the same."""
_ALIKE: Final = 0.6
"""Such a share of all that stands in both stands in either."""
_WITHIN: Final = 0.8
"""Such a share of the shorter stands in the longer."""


def nearly_same(one: str, other: str) -> bool:
    """Say whether two texts are nearly the same; capitals, accents and signs make no difference."""
    words, others = normalised_words(one), normalised_words(other)
    if min(len(words), len(others)) < _FEW:
        return bool(words) and words == others
    left, right = _shingles(words), _shingles(others)
    both = len(left & right)
    return both / len(left | right) >= _ALIKE or both / min(len(left), len(right)) >= _WITHIN


def _shingles(words: list[str]) -> set[tuple[str, ...]]:
    return {tuple(words[index : index + _SHINGLE]) for index in range(len(words) - _SHINGLE + 1)}
