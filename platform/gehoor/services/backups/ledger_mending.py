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

    ``rows``: the rows that belong there, by place; ``beside``: rows that were written while the one before them was
    damaged, so that they follow on an earlier one, and their hashes; ``salts``: of each dossier that has none, the one
    in the dump; ``known``: the salts that are there; ``made_at``: the instant (UTC, text) of the dump; ``last``: the
    place of the last row that is not damaged.
    """

    rows: dict[str, Document] = field(default_factory=dict)
    beside: dict[str, str] = field(default_factory=dict)
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
    """Where rows are damaged or gone: the hash of the row before it, and the row after it, if there is one."""

    before: str
    places: set[str] = field(default_factory=set)
    after: Document | None = None


def mended_ledger(tables: Tables, dump: Iterable[bytes]) -> MendedLedger:
    """Return what a dump has of the ledger that is damaged or gone here. A row belongs there when it follows on the one
    before it, and the next on it or on the same. Raises ``BadDumpError``."""
    result = MendedLedger(known={key: row["salt"] for key, row in tables.scan(SALTS) if row is not None})
    *holes, end = _holes(tables.scan(LEDGER))
    result.last = _place(int(min(end.places)) - 1)
    damaged = {place for hole in holes for place in hole.places}
    reader = DumpReader(dump)
    copied: dict[str, Document] = {}
    for table, key, document in reader:
        if table == LEDGER and (key in damaged or key > result.last):
            copied[key] = document
        elif table == SALTS and key not in result.known:
            result.salts[key] = str(document["salt"])
    result.made_at = reader.contents().made_at
    end.places = {place for place in copied if place > result.last}
    for hole in [*holes, end]:
        _fill(result, hole, copied)
    return result


def _holes(rows: Iterable[tuple[str, Document | None]]) -> list[_Hole]:
    """Return where rows are damaged or gone; the last is the room after all rows that are not, with its first place."""
    holes, last = [_Hole("")], 0
    for place, row in rows:
        if row is None or not place.isdecimal():
            continue
        number = int(place)
        if number > last + 1:
            holes[-1].places = {_place(one) for one in range(last + 1, number)}
            holes[-1].after = row
            holes.append(_Hole(""))
        holes[-1].before, last = row["hash"], number
    holes[-1].places = {_place(last + 1)}
    return holes


def _place(number: int) -> str:
    return f"{number:012}"


def _fill(result: MendedLedger, hole: _Hole, copied: Mapping[str, Document]) -> None:
    found: dict[str, Document] = {}
    last = hole.before
    for place in sorted(hole.places & copied.keys()):
        if _follows(last, copied[place]):
            found[place], last = copied[place], copied[place]["hash"]
    if found and hole.after and not _follows(last, hole.after):
        if not _follows(hole.before, hole.after):
            return
        # While the last row was damaged, the ledger went on after the one before it.
        result.beside[hole.after["place"]] = hole.after["hash"]
    result.rows |= found


def _follows(previous: str, row: Document) -> bool:
    return bool(row["hash"] == row_hash(previous, row["place"], row["entries"]))
