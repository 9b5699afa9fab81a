"""Entering what stands in a register into its ledger: all of it when a ledger begins, and after a repair what was made
again."""

from __future__ import annotations

from collections.abc import Collection
from itertools import islice
from typing import Final

from gehoor.services.maintenance.ledger_reading import Entered, read_ledger
from gehoor.services.ports.store import Store, Tables
from gehoor.services.records.ledger import Entries, add_row
from gehoor.services.records.ledger_entries import (
    BEGUN,
    HOW,
    LEDGER,
    REGISTER,
    SALTS,
    Name,
    content,
    digest,
    found_in,
    new_salt,
    standing,
)
from gehoor.services.records.left_out import transaction

_BEGINNINGS: Final = ("start", "taken-over")
_BATCH: Final = 1000
"""So many are entered in one row."""


def begin_ledger(store: Store) -> bool:
    """Enter all that stands in a register of before there were ledgers, as it stands. False: it has a ledger, and stays
    as it is. Raises ``StoreUnavailableError``."""
    with transaction(store) as tables:
        if tables.get("settings", BEGUN) is not None:
            return False
        enter_all(tables)
    return True


def enter_all(tables: Tables) -> None:
    """Enter all that stands in a register, and that its ledger has begun."""
    tables.put("settings", BEGUN, {"value": "taken-over"})
    salts = _salts(tables)
    known = set(salts)
    files: dict[str, str] = {}
    for table in HOW:
        # A store is not written to while it is gone through.
        found = {
            one.name: one.value
            for one in standing(tables.scan(table), table, lambda about: _salt(salts, about), files)
        }
        add_entries(tables, found)
    tables.put_many(SALTS, ((one, {"dossier": one, "salt": salts[one]}) for one in salts if one not in known))


def enter_repaired(store: Store, names: Collection[str]) -> None:
    """Enter what stands in tables that were made again, where it is otherwise than was entered. Not where there is no
    ledger."""
    with transaction(store) as tables:
        entered = read_ledger(tables.scan(LEDGER))
        if entered.rows and has_begun(entered):
            salts = _salts(tables)
            found: dict[Name, str] = {}
            for table in names:
                found |= otherwise(tables, table, entered, salts, {})
            add_entries(tables, found)


def mend_beginning(tables: Tables) -> None:
    """Make the setting again that says that a ledger has begun, where it is damaged or gone: its ledger knows which of
    two it was."""
    if found_in(tables, "settings", BEGUN) is not None:
        return
    said = read_ledger(tables.scan(LEDGER)).values.get(REGISTER, {}).get(f"settings/{BEGUN}")
    for value in _BEGINNINGS:
        if digest("", content({"value": value})) == said:
            tables.put("settings", BEGUN, {"value": value})


def has_begun(entered: Entered) -> bool:
    """Say whether a ledger tells of all that stands in its register."""
    return bool(entered.values.get(REGISTER, {}).get(f"settings/{BEGUN}"))


def otherwise(
    tables: Tables, table: str, entered: Entered, salts: dict[str, str], files: dict[str, str]
) -> dict[Name, str]:
    """Return what stands in a table otherwise than was entered, by name; empty for what is gone. ``files`` learns the
    dossiers of files: ask for those before their contents."""
    before = {
        (about, name): value
        for about, said in entered.values.items()
        for name, value in said.items()
        if name.partition("/")[0] == table and value and (about == REGISTER or about in salts)
    }
    there = {
        one.name: one.value
        for one in standing(tables.scan(table), table, lambda about: salts.get(about, ""), files)
        if one.name[0] == REGISTER or one.name[0] in salts
    }
    gone = dict.fromkeys(before.keys() - there.keys(), "")
    return gone | {name: value for name, value in there.items() if before.get(name) != value}


def add_entries(tables: Tables, found: dict[Name, str]) -> None:
    """Enter values by their names."""
    left = iter(found.items())
    while batch := list(islice(left, _BATCH)):
        entries: Entries = {}
        for (about, name), value in batch:
            entries.setdefault(about, {})[name] = value
        add_row(tables, entries)


def _salts(tables: Tables) -> dict[str, str]:
    return {key: row["salt"] for key, row in tables.scan(SALTS) if row is not None}


def _salt(salts: dict[str, str], about: str) -> str:
    return salts.setdefault(about, new_salt()) if about else ""
