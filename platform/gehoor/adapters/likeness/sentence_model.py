"""A model that makes a row of numbers of a text: texts of which those lie close together may tell the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from math import sqrt
from typing import Final

from gehoor.core.text.retelling import maybe_retold

_CLOSE: Final = 0.8
"""The cosine from which on two texts are taken to be alike."""


class SentenceLikeness:
    """What says of two stories whether they may be one, also where they have no word in common. ``encode`` gives the
    numbers of some texts."""

    def __init__(self, encode: Callable[[list[str]], Iterable[Sequence[float]]]) -> None:
        self._encode = encode

    def maybe_retold(self, one: str, other: str) -> bool:
        """Say whether two texts may tell the same: by their words, or by the model."""
        if maybe_retold(one, other):
            return True
        if not (one.strip() and other.strip()):
            return False
        left, right = (list(map(float, numbers)) for numbers in self._encode([one, other]))
        lengths = sqrt(sum(x * x for x in left)) * sqrt(sum(x * x for x in right))
        return bool(lengths) and sum(x * y for x, y in zip(left, right, strict=True)) / lengths >= _CLOSE
