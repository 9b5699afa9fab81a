"""Conflict of interest: for whom a dossier does not exist, whatever else they may see."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Final

from gehoor.core.agreement.model import Agreement

EXCLUDING: Final = ("accused", "conflicted")
"""The meanings of fields that name such people: those whom it is about, and those who stand too close to it."""


def tells_of(agreement: Agreement, unseen: Collection[str]) -> bool:
    """Say whether whoever does not see some fields may know for whom a dossier does not exist because of its answers:
    they see who is named in each."""
    return {agreement.field_for(meaning) for meaning in EXCLUDING}.isdisjoint(unseen)


def excluded_from(
    agreement: Agreement, values: Mapping[str, Any], same_person: Mapping[str, Collection[str]]
) -> frozenset[str]:
    """Return the sign-in names of those for whom a dossier with these answers does not exist.

    It is about people, not accounts: ``same_person`` gives, for an account of somebody who has more than one, all of
    them.

    This is the one place that says so; lists, pages, messages, rights and search all ask it, or the summary that
    keeps what it said at the last save.
    """
    named: set[str] = set()
    for meaning in EXCLUDING:
        answer = values.get(agreement.field_for(meaning))
        if isinstance(answer, list):
            named.update(name for name in answer if isinstance(name, str))
    return frozenset(account for name in named for account in same_person.get(name, (name,)))
