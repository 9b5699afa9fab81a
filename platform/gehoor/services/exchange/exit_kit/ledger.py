"""The ledger of a register in the exit kit of one organisation.

Each row of which nothing is about anybody else goes along whole, so that its hash can be reckoned again. Of another
row its place and hash go along, and what it enters of this organisation's dossiers: the rows around it hold it there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

from gehoor.services.exchange.exit_kit.sink import Sink, add_line
from gehoor.services.maintenance.ledger_reading import entries_in
from gehoor.services.ports.store import Document
from gehoor.services.records.ledger_entries import GIVEN_UP, LEDGER, OF_DOSSIER, REGISTER, found_in
from gehoor.services.register.register import Register

FILE: Final = "grootboek/grootboek.jsonl"
_BY_DIGEST: Final = frozenset({"agreements", "submissions", "sources", "source_trees"})
_BY_PLACE: Final = frozenset({"publications", "counters"})
_OF_ACCOUNTS: Final = frozenset({"accounts", "account_log", "second_steps"})
_WITH_ORGANISATION: Final = {
    "proposals": "proposals",
    "proposal_log": "proposals",
    "reports": "reports",
    "clearances": "clearances",
}
_AT_HAND: Final = 50_000


@dataclass
class LedgerFile:
    """Writes the ledger for an organisation with these accounts. ``last``: the last row; ``withheld``: how many rows
    only go along by their hash."""

    register: Register
    organisation: str
    accounts: frozenset[str]
    sink: Sink
    rows: int = 0
    withheld: int = 0
    last: Mapping[str, Any] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._owner = lru_cache(_AT_HAND)(self.register.organisation_of)

    def write(self) -> None:
        """Write it, row by row."""
        self.sink.add(FILE, b"")
        for place, row in self.register.tables.scan(LEDGER):
            self.rows += 1
            if row is None:
                self.left_out.append(f"rij {place} van het grootboek")
                continue
            self.last = {"place": row["place"], "hash": row["hash"]}
            entries = entries_in(row)
            if entries is None:
                add_line(self.sink, FILE, row)
                continue
            own = {about: said for about, said in entries.items() if about and self._is_own(about)}
            others = entries.keys() - own.keys() - {REGISTER}
            if others or not all(map(self._is_open, entries.get(REGISTER, ()))):
                self.withheld += 1
                add_line(self.sink, FILE, {**self.last, **({"own": own} if own else {})})
            else:
                add_line(self.sink, FILE, _whole(row))

    def _is_own(self, dossier: str) -> bool:
        """Say whether a dossier is of this organisation. Of one that is gone whole, nothing says whose it was: it is
        missed here as it is by all."""
        return self._owner(dossier) in ("", self.organisation)

    def _is_open(self, name: str) -> bool:
        """Say whether a name in the ledger says nothing of anybody else."""
        table, _, key = name.partition("/")
        if table in _BY_PLACE:
            return key.partition("/")[0] == self.organisation
        if table in _WITH_ORGANISATION:
            found = found_in(self.register.tables, _WITH_ORGANISATION[table], key)
            return found is not None and found.get("organisation") == self.organisation
        if table == LEDGER:
            return self._is_open_given_up(key)
        if table == "settings":
            return self._is_open_setting(key)
        return table in _BY_DIGEST or (table in _OF_ACCOUNTS and key in self.accounts)

    def _is_open_setting(self, key: str) -> bool:
        if key.startswith(GIVEN_UP):
            return self._is_open_given_up(key[len(GIVEN_UP) :])
        # What is of somebody, or of one organisation, says so behind a slash.
        return "/" not in key or key in {
            f"{one}/{self.organisation}" for one in ("sources", "exports", "hooks")
        }

    def _is_open_given_up(self, name: str) -> bool:
        """Say so of what something was called that was given up, or accepted as lost: also a place of the ledger."""
        of, _, about = name.partition("/")
        return name.isdecimal() or (self._is_own(about) if of in OF_DOSSIER else self._is_open(name))


def _whole(row: Document) -> Document:
    return {name: row[name] for name in ("place", "hash", "entries")}
