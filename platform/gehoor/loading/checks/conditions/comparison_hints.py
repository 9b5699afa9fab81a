"""How a comparison is written that somebody wrote as a sentence."""

from __future__ import annotations

import re
from typing import Any, Final

from gehoor.loading.keywords.vocabulary import DEFAULT_LANGUAGE, load_vocabulary

_LONGEST: Final = 80
_SIGNS: Final = {
    ">=": "at-least", "=>": "at-least", "minstens": "at-least", "vanaf": "at-least",
    "<=": "at-most", "=<": "at-most", "hoogstens": "at-most", "maximaal": "at-most", "tot": "at-most",
    ">": "more-than", "meer dan": "more-than", "groter dan": "more-than",
    "<": "less-than", "minder dan": "less-than", "kleiner dan": "less-than",
}  # fmt: skip
_COMPARED: Final = re.compile(rf"(?P<sign>{'|'.join(map(re.escape, _SIGNS))}) *(?P<number>-?[0-9]+)\Z")
_SOME: Final = re.compile(r"[\w-]+(?:(?: of |, ?| en )[\w-]+)+\Z")
_FILLED: Final = {
    "leeg": "nee",
    "niet ingevuld": "nee",
    "nee": "nee",
    "ingevuld": "ja",
    "ja": "ja",
    "gekend": "ja",
}


def comparison_hint(name: str, value: Any) -> str:
    """Return how to write it, as a sentence; nothing when what stands there is like no comparison."""
    words = load_vocabulary(DEFAULT_LANGUAGE)
    if not isinstance(value, str) or len(value) > _LONGEST:
        return ""
    typed = value.strip().lower()
    if found := _COMPARED.match(typed):
        return f" Schrijf {name}: {{{words.word(_SIGNS[found['sign']])}: {found['number']}}}."
    if typed in _FILLED:
        return f" Gaat het erom of het ingevuld is? Schrijf {name}: {{{words.word('filled')}: {_FILLED[typed]}}}."
    if _SOME.match(typed):
        parts = re.split(r" of |, ?| en ", value.strip())
        return f" Schrijf {name}: {{{words.word('any-of')}: [{', '.join(parts)}]}}."
    return ""
