"""Passwords that are quickly guessed: zxcvbn reckons how many guesses one takes, from what many people chose before."""

from __future__ import annotations

from collections.abc import Sequence

from zxcvbn import zxcvbn

_GUESSES = 10**8
"""What takes fewer guesses than this is too easy."""
_LOOKED_AT = 64
"""How many characters are looked at: what is longer is hard to guess, and would take long to reckon."""
_SHORTEST_WORD = 3
_DUTCH = (
    "wachtwoord", "paswoord", "geheim", "welkom", "gehoor", "klacht", "klachten", "toegang", "aanmelden", "inloggen",
    "medewerker", "onthaal", "kwaliteit", "hallo", "vergeten", "nieuw", "tijdelijk", "beheer", "beheerder",
    "lente", "zomer", "herfst", "winter", "maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag",
    "zondag", "januari", "februari", "maart", "april", "juni", "juli", "augustus", "september", "oktober",
    "november", "december", "azerty", "azertyuiop", "qsdfghjklm",
)  # fmt: skip
"""Dutch words that people begin a password with, and the keyboard of Belgium: the library knows English ones."""


class ReckonedPasswords:
    """Calls a password easy when it takes few guesses."""

    def easy(self, password: str, about: Sequence[str]) -> bool:
        """Say whether a password is quickly guessed, also by who knows these words about its owner."""
        words = [part for text in about for part in (text, *text.replace("@", " ").replace(".", " ").split())]
        known = [*_DUTCH, *(word for word in words if len(word) >= _SHORTEST_WORD)]
        return bool(zxcvbn(password[:_LOOKED_AT], user_inputs=known)["guesses"] < _GUESSES)
