"""Codes that people write down and type: random bits in letters that nobody misreads."""

from __future__ import annotations

import secrets
from typing import Final

CODE_BYTES: Final = 10
"""80 bits: more than anybody can try."""

# Without I, L, O and U: they are misread, or make words.
_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_GROUP: Final = 4


def random_code() -> str:
    """Return a fresh code of 80 random bits."""
    return spelled(secrets.token_bytes(CODE_BYTES))


def spelled(random: bytes) -> str:
    """Return bits as a code, in groups of four signs."""
    number = int.from_bytes(random)
    letters = "".join(_ALPHABET[(number >> shift) & 31] for shift in range(0, len(random) * 8, 5))
    return "-".join(letters[i : i + _GROUP] for i in range(0, len(letters), _GROUP))


def typed(code: str) -> str:
    """Return what was meant with a code; spaces, dashes and case in what was typed mean nothing."""
    plain = "".join(sign for sign in code.upper() if sign.isalnum())
    return plain.replace("O", "0").replace("I", "1").replace("L", "1")
