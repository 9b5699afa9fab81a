"""Dossiers of which the line for the lists is gone: they are in no list, and nobody misses their terms."""

from __future__ import annotations

from typing import Final

from gehoor.services.ports.store import Where
from gehoor.services.register.register import Register

NOT_LISTED: Final = "het staat in geen lijst, zodat niemand een termijn mist. Doe: gehoor repair"
NOT_MADE: Final = "wat lijsten ervan tonen, kan niet bewaard worden; het wordt telkens opnieuw geprobeerd"
_OPENED: Final = {"sequence": 1}


def unlisted(register: Register) -> list[str]:
    """Return the dossiers that were opened, are in no list, and do not wait to be in one. To look costs no more than
    counting, as long as there are as many of the ones as of the others."""
    tables = register.tables
    if tables.count("events", where=_OPENED) <= tables.count("dossiers") + tables.count("pending"):
        return []
    opened = {one["dossier"] for one in tables.select("events", where=Where(_OPENED, sound_only=True))}
    known = {key for table in ("dossiers", "pending") for key, _ in tables.scan(table)}
    return sorted(opened - known)
