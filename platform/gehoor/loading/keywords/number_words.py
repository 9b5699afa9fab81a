"""Numbers in letters, as people write them in a duration, in each language of the files."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Final

_HUNDRED: Final = 100
_TWENTY: Final = 20
_BELOW_TWENTY: Final[Mapping[str, tuple[str, ...]]] = {
    "nl": (
        "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf", "dertien",
        "veertien", "vijftien", "zestien", "zeventien", "achttien", "negentien",
    ),
    "en": (
        "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
        "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
    ),
}  # fmt: skip
_TENS: Final[Mapping[str, tuple[str, ...]]] = {
    "nl": ("twintig", "dertig", "veertig", "vijftig", "zestig", "zeventig", "tachtig", "negentig"),
    "en": ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"),
}
_MORE: Final[Mapping[str, Mapping[str, int]]] = {
    "nl": {"één": 1, "honderd": 100, "honderdtwintig": 120, "honderdtachtig": 180},
    "en": {"a": 1, "an": 1, "hundred": 100},
}


@cache
def numbers_in(language: str) -> Mapping[str, int]:
    """Return the number that each word of a language means, up to a hundred; of a language without them, nothing."""
    below = _BELOW_TWENTY.get(language, ())
    found = {word: number for number, word in enumerate(below, 1)}
    for at, ten in enumerate(_TENS.get(language, ())):
        number = _TWENTY + 10 * at
        found[ten] = number
        found |= {_together(language, word, ten): number + unit for unit, word in enumerate(below[:9], 1)}
    assert all(number < _HUNDRED for number in found.values())
    return MappingProxyType({**found, **_MORE.get(language, {})})


def _together(language: str, unit: str, ten: str) -> str:
    if language == "en":
        return f"{ten}-{unit}"
    # A vowel after a vowel is a syllable of its own: tweeëntwintig.
    return f"{unit}{'ën' if unit.endswith('e') else 'en'}{ten}"
