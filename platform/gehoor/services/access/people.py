"""The people of an organisation, from its accounts: who can be named in an answer, and who can be given a dossier."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from gehoor.core.access.roles import may_open
from gehoor.core.forms.fields import Choice
from gehoor.services.ports.records import Account


def people_of(organisation: str, accounts: Iterable[Account]) -> tuple[Choice, ...]:
    """Return everyone with an account as a choice, by full name: offered while they work in the organisation."""
    known = sorted(accounts, key=lambda account: (account.full_name.casefold(), account.name))
    return tuple(
        Choice(account.name, account.full_name or account.name, retired=not _works_for(organisation, account))
        for account in known
    )


def _works_for(organisation: str, account: Account) -> bool:
    return account.active and any(role.startswith(f"{organisation}/") for role in account.roles)


def can_handle(
    place: tuple[str, str], accounts: Iterable[Account], excluded: Collection[str]
) -> list[Account]:
    """Return who can be given a dossier of a department (``place``), by full name: who works there, of their own or
    as a deputy, and has no conflict of interest."""
    found = [one for one in accounts if one.active and may_open(one.name, one.roles, place, excluded)]
    return sorted(found, key=lambda account: (account.full_name.casefold(), account.name))
