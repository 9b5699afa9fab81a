"""Two texts of one e-mail that should say the same: what somebody wrote stands in either, and nothing of it is lost."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

_WORD: Final = re.compile(r"\w+")
_NOT_WRITTEN: Final = re.compile(r"<(?:https?|mailto|tel):[^>\s]*>|\[(?:cid|https?):[^\]\s]*\]|https?://\S+")
"""What a mail program writes of a link or a picture where there is no form: nobody typed it."""
_NOISE: Final = 2
"""So many words may differ by how a program takes the form out of a text."""


def all_of(plain: str, page: str) -> tuple[bool, bool]:
    """Say of the text without form, and of that of the page, whether it is needed for everything that stands in either.

    Where they say the same, the plain one is: it is how somebody typed it.
    """
    typed, shown = _words(plain), _words(page)
    if (shown - typed).total() <= _NOISE:
        return True, False
    return (typed - shown).total() > _NOISE, True


def _words(text: str) -> Counter[str]:
    return Counter(_WORD.findall(_NOT_WRITTEN.sub(" ", text).casefold()))
