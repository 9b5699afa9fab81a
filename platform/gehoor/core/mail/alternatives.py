"""Two texts of one e-mail that should say the same: what somebody wrote stands in either, and nothing of it is lost."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

_WORD: Final = re.compile(r"[^\W_]+|[\u2600-\u27bf\U0001f000-\U0001faff]")
"""A word, or a picture that says something."""
_NOT_WRITTEN: Final = re.compile(r"<(?:https?|mailto|tel):[^>\s]*>|\[(?:cid|https?):[^\]\s]*\]")
"""What a mail program writes of a link or a picture where there is no form: nobody typed it."""


def all_of(plain: str, page: str) -> tuple[bool, bool]:
    """Say of the text without form, and of that of the page, whether it is needed for everything that stands in either,
    in its order: one word can turn what is said.

    Where they say the same, the plain one is: it is how somebody typed it.
    """
    typed, shown = _words(_NOT_WRITTEN.sub(" ", plain)), _words(page)
    if _stands_in(shown, typed):
        return True, False
    return not _stands_in(typed, shown), True


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _stands_in(words: Iterable[str], others: Iterable[str]) -> bool:
    """Say whether words all stand in another text, in the same order."""
    left = iter(others)
    return all(one in left for one in words)
