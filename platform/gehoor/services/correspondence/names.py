"""Names of people who work here, in a letter to somebody outside: seldom meant, and hard to take back."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from gehoor.core.text.normalise import normalised
from gehoor.services.ports.records import Account

_WORD: Final = re.compile(r"[\w-]+")
_SHORTEST: Final = 4
"""A family name of fewer letters is often another word."""


def staff_named(
    text: str, accounts: Iterable[Account], signs: Iterable[str], addressed: str = ""
) -> tuple[str, ...]:
    """Return the full names of the people of whom a text tells the whole name or the family name. ``signs``: the full
    names of who may stand in it, as they sign; ``addressed``: the name of who gets it, whose family name is no name of
    somebody here."""
    told, allowed = _words(text), {normalised(one) for one in signs}
    own = _words(addressed)
    besides = told.replace(own, " ") if own.strip() else told
    found = [
        account.full_name
        for account in accounts
        if account.full_name
        and normalised(account.full_name) not in allowed
        and _is_named(_words(account.full_name).strip(), told, besides)
    ]
    return tuple(dict.fromkeys(found))


def _is_named(whole: str, told: str, besides: str) -> bool:
    family = whole.partition(" ")[2]
    return f" {whole} " in told or (len(family) >= _SHORTEST and f" {family} " in besides)


def _words(text: str) -> str:
    return f" {' '.join(_WORD.findall(normalised(text)))} "
