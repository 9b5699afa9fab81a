"""Mending of the ledger: its rows and the salts of dossiers that are damaged or gone, as a dump has them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from gehoor.services.backups.dump_format import DumpReader
from gehoor.services.ports.store import Document, Tables
from gehoor.services.records.ledger import row_hash
from gehoor.services.records.ledger_entries import LEDGER, SALTS


@dataclass
class MendedLedger:
    """What a dump has of what is damaged or gone in the ledger of a register.

    ``rows``: the rows that belong there, by place; ``salts``: of each dossier that has none, the one in the dump;
    ``known``: the salts that are there; ``made_at``: the instant (UTC, text) of the dump; ``last``: the place of the
    last row that is not damaged.
    """

    rows: dict[str, Document] = field(default_factory=dict)
    salts: dict[str, str] = field(default_factory=dict)
    known: dict[str, str] = field(default_factory=dict)
    made_at: str = ""
    last: str = ""

    def mended(self, rows: Iterable[tuple[str, Document | None]]) -> Iterator[tuple[str, Document | None]]:
        """Give the rows of the ledger as ``scan`` does, with those that belong there in their place."""
        left = dict(sorted(self.rows.items()))
        for place, row in rows:
            while left and (first := next(iter(left))) < place:
                yield first, left.pop(first)
            yield place, left.pop(place, None) if row is None else row
        yield from left.items()


@dataclass
class _Hole:
    """Where rows are damaged or gone: the hash of the row before it, and the row after it."""

    before: str
    places: set[str]
    after: Document


def mended_ledger(tables: Tables, dump: Iterable[bytes]) -> MendedLedger:
    """Return what a dump has of the ledger that is damaged or gone here. A row belongs there when it follows on the one
    before it and the next one here follows on it: a row at the end, which nothing follows on, anybody can make. Raises
    ``BadDumpError``."""
    result = MendedLedger(known={key: row["salt"] for key, row in tables.scan(SALTS) if row is not None})
    holes, result.last = _holes(tables.scan(LEDGER))
    damaged = {place for hole in holes for place in hole.places}
    reader = DumpReader(dump)
    copied: dict[str, Document] = {}
    for table, key, document in reader:
        if table == LEDGER and key in damaged:
            copied[key] = document
        elif table == SALTS and key not in result.known:
            result.salts[key] = str(document["salt"])
    result.made_at = reader.contents().made_at
    for hole in holes:
        result.rows |= _filling(hole, copied)
    return result


def _holes(rows: Iterable[tuple[str, Document | None]]) -> tuple[list[_Hole], str]:
    """Return where rows are damaged or gone, and the place of the last that is not."""
    holes: list[_Hole] = []
    before, last = "", 0
    for place, row in rows:
        if row is None or not place.isdecimal():
            continue
        number = int(place)
        if number > last + 1:
            holes.append(_Hole(before, {_place(one) for one in range(last + 1, number)}, row))
        before, last = row["hash"], number
    return holes, _place(last)


def _place(number: int) -> str:
    return f"{number:012}"


def _filling(hole: _Hole, copied: Mapping[str, Document]) -> dict[str, Document]:
    found: dict[str, Document] = {}
    last = hole.before
    for place in sorted(hole.places):
        row = copied.get(place)
        if row is None or not _follows(last, row):
            return {}
        found[place], last = row, row["hash"]
    return found if _follows(last, hole.after) else {}


def _follows(previous: str, row: Document) -> bool:
    return bool(row["hash"] == row_hash(previous, row["place"], row["entries"]))
