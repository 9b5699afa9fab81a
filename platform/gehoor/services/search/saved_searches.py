"""Saved searches: a work list that someone gave a name, to open it again."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from gehoor.services.ports.store import Where
from gehoor.services.register.codes_in_texts import fitting
from gehoor.services.register.register import Register, reading, writing
from gehoor.services.register.runtime import Runtime

MOST = 30
"""How many one account may keep."""
LONGEST_NAME = 60
LONGEST_QUERY = 2000
_TABLE = "searches"


class TooManySearchesError(Exception):
    """The account keeps as many as it may."""


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A list with a name, of one account. ``query`` is the part of its address after the question mark."""

    id: str
    account: str
    name: str
    query: str


def saved_searches(runtime: Runtime, account: str) -> list[SavedSearch]:
    """Return the searches of an account, by name."""
    with reading(runtime.store) as register:
        found = _of(register, account)
    return sorted(found, key=lambda one: (one.name.casefold(), one.id))


def save_search(runtime: Runtime, account: str, name: str, query: str) -> None:
    """Keep a search; one with the same name is replaced, without a name nothing is kept. Raises
    ``TooManySearchesError`` and ``TooLongError``."""
    called, query = fitting(" ".join(name.split()), LONGEST_NAME), fitting(query, LONGEST_QUERY)
    if not called:
        return
    search = SavedSearch(_id(account, called), account, called, query)
    with writing(runtime.store) as register:
        others = [one for one in _of(register, account) if one.id != search.id]
        if len(others) >= MOST:
            raise TooManySearchesError
        register.tables.put(
            _TABLE, search.id, {"id": search.id, "account": account, "name": called, "query": query}
        )


def remove_search(runtime: Runtime, account: str, search: str) -> None:
    """Forget a search; one of somebody else stays."""
    with writing(runtime.store) as register:
        if any(one.id == search for one in _of(register, account)):
            register.tables.delete(_TABLE, search)


def _of(register: Register, account: str) -> list[SavedSearch]:
    found = register.tables.select(_TABLE, where=Where({"account": account}, sound_only=True))
    return [SavedSearch(one["id"], one["account"], one["name"], one["query"]) for one in found]


def _id(account: str, name: str) -> str:
    return hashlib.sha256(f"{account}/{name.casefold()}".encode()).hexdigest()[:20]
