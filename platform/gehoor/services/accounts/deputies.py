"""Deputies: to whom the roles of an account can come by absences, and which roles can come to an account so."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from gehoor.core.dossier.events import instant_text
from gehoor.services.ports.records import Account


def deputies_of(accounts: Mapping[str, Account], name: str, now: datetime) -> set[str]:
    """Return an account with all to whom its roles can come by absences: those of now, and those to come."""
    found: set[str] = set()
    at = instant_text(now)
    to_follow = [name]
    while to_follow:
        one = to_follow.pop()
        if one not in found and one in accounts:
            found.add(one)
            lasting = (
                absence
                for absence in accounts[one].absences
                if not absence["until_at"] or absence["until_at"] > at
            )
            to_follow += [absence["deputy"] for absence in lasting if absence["deputy"]]
    return found


def acting_roles(accounts: Mapping[str, Account], account: Account, now: datetime) -> tuple[str, ...]:
    """Return every role that whoever signs in with an account acts with, now or in what is to begin: its own, and those
    of everybody for whom it acts."""
    lent = (
        role
        for other in accounts.values()
        if other.name != account.name and account.name in deputies_of(accounts, other.name, now)
        for role in other.held_roles
    )
    return tuple(dict.fromkeys((*account.held_roles, *lent)))
