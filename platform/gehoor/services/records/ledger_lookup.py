"""Lookup in the ledger: what was entered of some things, by reading all of it."""

from __future__ import annotations

from collections.abc import Collection

from gehoor.core.text.canonical_json import load
from gehoor.services.ports.store import Document, Tables
from gehoor.services.records.ledger_entries import ANEW, FORGOTTEN, LEDGER, REGISTER, count_in


def is_entered(tables: Tables, name: str) -> bool:
    """Say whether something of the register as a whole was entered and never as taken out."""
    found = ""
    for _, row in tables.scan(LEDGER):
        if row is not None and f'"{name}"' in row["entries"]:
            found = load(row["entries"]).get(REGISTER, {}).get(name, found)
    return bool(found)


def was_forgotten(tables: Tables, dossier: str) -> bool:
    """Say whether a dossier was entered as anonymised."""
    return any(
        FORGOTTEN in load(row["entries"]).get(dossier, {})
        for _, row in tables.scan(LEDGER)
        if row is not None and f'"{dossier}"' in row["entries"]
    )


def still_entered(tables: Tables, dossiers: Collection[str], name: str) -> set[str]:
    """Return the dossiers of which something was entered under this name, and not as taken out since."""
    found: dict[str, str] = {}
    telling = [f'"{one}"' for one in (name, FORGOTTEN, ANEW)]
    for _, row in tables.scan(LEDGER) if dossiers else ():
        if row is None or not any(one in row["entries"] for one in telling):
            continue
        entries = load(row["entries"])
        for dossier in entries.keys() & set(dossiers):
            said = entries[dossier]
            anew = FORGOTTEN in said or ANEW in said
            found[dossier] = said.get(name, "" if anew else found.get(dossier, ""))
    return {dossier for dossier, value in found.items() if value}


def entered_in(row: Document, dossier: str, name: str, before: str) -> str:
    """Return what is entered of a dossier under a name after this row; ``before``: what was until then."""
    said = load(row["entries"]).get(dossier, {})
    return str(said.get(name, "" if FORGOTTEN in said or ANEW in said else before))


def last_entered(tables: Tables, dossier: str, name: str) -> str:
    """Return what was entered last of a dossier under a name; empty for what was taken out."""
    last = ""
    for _, row in tables.scan(LEDGER):
        if row is not None and f'"{dossier}"' in row["entries"]:
            last = entered_in(row, dossier, name, last)
    return last


def chain_entered(tables: Tables, dossier: str, name: str) -> tuple[str, int]:
    """Return the last value of a chain of a dossier, and how many there were at most."""
    last, most = "", 0
    for _, row in tables.scan(LEDGER):
        if row is not None and f'"{dossier}"' in row["entries"]:
            last = load(row["entries"]).get(dossier, {}).get(name, "") or last
            most = max(most, count_in(last))
    return last, most
