"""Telling Dutch from other languages, by words that only Dutch has."""

from __future__ import annotations

import re

ONLY_DUTCH = (
    "aan", "deze", "dag", "dagen", "door", "een", "eerst", "geen", "gedaan", "hebt",
    "het", "iemand", "jaar", "maand", "maanden", "moet", "naar", "niet", "nog", "of", "om", "onze", "op",
    "over", "reden", "telt", "termijn", "tot", "uit", "uur", "uw", "van", "vanaf", "volgens", "voor", "want",
    "wat", "weken", "werkdag", "werkdagen", "kalenderdag", "kalenderdagen", "wij", "wilt", "zijn",
    "maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag",
    "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "oktober",
)  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+")


def dutch_words(text: str) -> set[str]:
    """Return the words of a text that only Dutch has."""
    return set(_WORD.findall(text.lower())) & set(ONLY_DUTCH)
