"""The spaces that French puts before signs: no line breaks there."""

from __future__ import annotations

import re
from typing import Final

_SPACE: Final = "\u00a0"
COLON: Final = f"{_SPACE}: "
SEMICOLON: Final = f"{_SPACE}; "
_BEFORE: Final = re.compile(r" (?=[:;?!»])")
_AFTER: Final = re.compile(r"(?<=«) ")


def typeset(text: str) -> str:
    """Keep each sign on the line of the word that it belongs to."""
    return _AFTER.sub(_SPACE, _BEFORE.sub(_SPACE, text))


def quoted(text: str) -> str:
    """Put a name in quotes."""
    return f"«{_SPACE}{text}{_SPACE}»"
