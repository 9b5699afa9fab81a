"""Dossiers of which the line for the lists is gone: they are in no list, and nobody misses their terms."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from gehoor.services.ports.store import Where
from gehoor.services.records.keys import event_key
from gehoor.services.records.ledger_entries import found_in
from gehoor.services.register.pending import PendingDossiers
from gehoor.services.register.register import Register

NOT_LISTED: Final = "het staat in geen lijst, zodat niemand een termijn mist. Doe: gehoor repair"
NOT_MADE: Final = "wat lijsten ervan tonen, kan niet bewaard worden; het wordt telkens opnieuw geprobeerd"
_OPENED: Final = {"sequence": 1}
_MANY: Final = 20_000
"""Among so many dossiers, looking each time would cost more than all else that a sweep does when nothing is due."""
_AGAIN: Final = timedelta(hours=1)


def unlisted(register: Register) -> list[str]:
    """Return the dossiers that were opened, are in no list, and do not wait to be in one. To look costs no more than
    counting, as long as there are as many of the ones as of the others."""
    tables = register.tables
    # What waits after a change is in a list already.
    waiting = sum(
        1 for key, _ in tables.scan("pending") if not tables.count("dossiers", where={"id": key}, most=1)
    )
    if tables.count("events", where=_OPENED) <= tables.count("dossiers") + waiting:
        return []
    opened = {one["dossier"] for one in tables.select("events", where=Where(_OPENED, sound_only=True))}
    known = {key for table in ("dossiers", "pending") for key, _ in tables.scan(table)}
    return sorted(opened - known)


def without_line(register: Register) -> dict[str, tuple[str, str]]:
    """Return the dossiers of which no list can read the line, as it is damaged, gone or still to be made; each with its
    organisation and department, empty where nobody knows. For who says what is left to be done: not for each page."""
    tables = register.tables
    lines = dict.fromkeys(key for key, document in tables.scan("dossiers") if document is not None)
    found = {key for key, _ in tables.scan("dossiers") if key not in lines}
    if tables.count("events", where=_OPENED) > len(lines):
        opened = tables.select("events", where=Where(_OPENED, sound_only=True))
        found |= {one["dossier"] for one in opened} - lines.keys()
    return {one: _place(register, one) for one in sorted(found)}


def _place(register: Register, dossier: str) -> tuple[str, str]:
    first = found_in(register.tables, "events", event_key(dossier, 1))
    at = first["data"] if first is not None else found_in(register.tables, "retention", dossier)
    return (str(at["organisation"]), str(at["department"])) if at is not None else ("", "")


def newly_unlisted(register: Register, pending: PendingDossiers, now: datetime) -> list[str]:
    """Return the same for who looks again and again: among very many dossiers what was found last is told, as far as it
    still holds, and looked for anew once an hour (by each process for itself)."""
    tables = register.tables
    if tables.count("dossiers", most=_MANY) < _MANY:
        return unlisted(register)
    looked, found = pending.looked
    if looked is None or not looked <= now < looked + _AGAIN:
        found = tuple(unlisted(register))
        pending.looked = now, found
    return [one for one in found if not any(tables.get(table, one) for table in ("dossiers", "pending"))]
