"""Words to spell by, in Dutch."""

from __future__ import annotations

from typing import Final

from gehoor.core.wording.port import Spelling

_LETTERS: Final = (
    "Anna", "Bernard", "Cornelis", "Dirk", "Eduard", "Ferdinand", "Gerard", "Hendrik", "Izaak", "Jan", "Karel",
    "Lodewijk", "Marie", "Nico", "Otto", "Pieter", "Quotiënt", "Rudolf", "Simon", "Theodoor", "Utrecht", "Victor",
    "Willem", "Xantippe", "Yvonne", "Zacharias",
)  # fmt: skip
_DIGITS: Final = ("nul", "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen")
SPELLING: Final = Spelling(language="nl", letters=_LETTERS, digits=_DIGITS)
