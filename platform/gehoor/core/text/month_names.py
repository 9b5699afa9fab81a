"""Names of months in the languages that people write here, and which month somebody means."""

from __future__ import annotations

from typing import Final

from gehoor.core.text.normalise import plain

MONTH_NAMES: Final = {
    "nl": (
        "januari", "februari", "maart", "april", "mei", "juni",
        "juli", "augustus", "september", "oktober", "november", "december",
    ),
    "fr": (
        "janvier", "février", "mars", "avril", "mai", "juin",
        "juillet", "août", "septembre", "octobre", "novembre", "décembre",
    ),
    "de": (
        "Januar", "Februar", "März", "April", "Mai", "Juni",
        "Juli", "August", "September", "Oktober", "November", "Dezember",
    ),
    "en": (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
}  # fmt: skip
SHORT_MONTH_NAMES: Final = {
    "nl": ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"),
    "fr": (
        "janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.",
    ),
}  # fmt: skip
_SHORTEST: Final = 3
_OTHER_SHORT_NAMES: Final = {"mrt": 3}


def month_named(word: str) -> int:
    """Return which month (1 to 12) has a name, or a name that begins so; 0 when none has, or more than one."""
    written = plain(word).removesuffix(".")
    if len(written) < _SHORTEST:
        return 0
    begins = {
        number
        for names in MONTH_NAMES.values()
        for number, name in enumerate(names, start=1)
        if plain(name).startswith(written)
    }
    return begins.pop() if len(begins) == 1 else _OTHER_SHORT_NAMES.get(written, 0)
