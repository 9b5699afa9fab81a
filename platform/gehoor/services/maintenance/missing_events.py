"""Which events are gone, as something else knows of them: the ledger, the line of a dossier in lists, or what waits."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final

from gehoor.services.maintenance.ledger_reading import read_ledger
from gehoor.services.ports.store import Tables
from gehoor.services.records.keys import event_key, members_in, out_of_place
from gehoor.services.records.ledger_entries import LEDGER, REGISTER, count_in

_LISTED: Final = ("dossiers", "pending")
_MOST: Final = 1000
"""So many are named past the last that is there: one is enough to keep a dossier closed."""


def missing_events(tables: Tables, untrusted: Collection[str] = ()) -> list[str]:
    """Return the keys of events that are gone of dossiers that have others; what is damaged under its key is there.
    ``untrusted``: dossiers of which the line is another than was written."""
    known = {
        about: count_in(said.get("events"))
        for about, said in read_ledger(tables.scan(LEDGER)).values.items()
        if about != REGISTER
    }
    for table in _LISTED:
        for key, document in tables.scan(table):
            if document is not None and key not in untrusted:
                known[key] = max(known.get(key, 0), int(document["version"]))
    there: dict[str, tuple[int, int]] = {}
    for dossier, sequence in _places(tables):
        count, last = there.get(dossier, (0, 0))
        there[dossier] = count + 1, max(last, sequence)
    short = {
        dossier: range(1, min(max(last, known.get(dossier, 0)), last + _MOST) + 1)
        for dossier, (count, last) in there.items()
        if count < max(last, known.get(dossier, 0))
    }
    if not short:
        return []
    found = {one for one in _places(tables) if one[0] in short}
    return [
        event_key(dossier, number)
        for dossier, numbers in short.items()
        for number in numbers
        if (dossier, number) not in found
    ]


def _places(tables: Tables) -> Iterator[tuple[str, int]]:
    """Give of each event its dossier and its number, as its key says them."""
    for key, document in tables.scan("events"):
        if document is not None and out_of_place("events", key, document):
            continue
        said = members_in("events", key)
        if said and event_key(str(said["dossier"]), int(said["sequence"])) == key:
            yield str(said["dossier"]), int(said["sequence"])
