"""The ledger: a chain through the whole register, in which each transaction enters what it wrote.

A row holds the names and digests of what a transaction added, changed or took out, and the hash of this and of the row
before it. So nothing that was kept can be gone, be changed or be put back unseen, and one hash kept elsewhere vouches
for all that was entered before it. A row is added in the transaction that it tells of. Its place follows on the last
one: of two that would follow on the same, a store that lets them write at once can keep only one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from contextlib import suppress
from typing import Final, TypeAlias

from gehoor.core.text.canonical_json import content_hash, dump
from gehoor.services.ports.store import (
    SOUND,
    DamagedError,
    Document,
    DuplicateKeyError,
    Tables,
    Where,
)
from gehoor.services.records.ledger_entries import (
    ACCEPTED,
    ANEW,
    BEGUN,
    FILES,
    FORGOTTEN,
    HOW,
    LEDGER,
    OF_DOSSIER,
    PASSING,
    REGISTER,
    REPLACED,
    SALTS,
    How,
    chain_value,
    content,
    digest,
    each_of,
    found_in,
    group,
    group_value,
    last_of,
    name_of,
    new_salt,
    organisation_of,
    owner_of,
)

Entries: TypeAlias = dict[str, dict[str, str]]
"""Dossier (or ``REGISTER``) -> name -> value; empty for what was taken out."""
_MOST_DAMAGED: Final = 1000
_AT_ONCE: Final = 500


def row_hash(previous: str, place: str, entries: str) -> str:
    """Return the hash of a row: of the one before it, its place and what it enters."""
    return content_hash(f"{previous}\n{place}\n{entries}")


def head(tables: Tables) -> Document | None:
    """Return the last row that is not damaged."""
    found = tables.select(LEDGER, where=SOUND, order_by=("-place",), limit=1)
    return found[0] if found else None


def add_row(tables: Tables, entries: Entries, known: Document | None = None) -> Document:
    """Add a row to the ledger, and return it. ``known``: a row that was the last once; to look whether it still is
    takes less time than to look for the last. Raises ``DuplicateKeyError`` when another took its place."""
    said = dump(entries)
    if known is not None and _is_there(tables, known):
        with suppress(DuplicateKeyError):
            return _added(tables, int(known["place"]) + 1, known["hash"], said)
    last = head(tables)
    previous = last["hash"] if last else ""
    first = int(last["place"]) + 1 if last else 1
    for number in range(first, first + _MOST_DAMAGED):
        try:
            return _added(tables, number, previous, said)
        except DuplicateKeyError:
            # A row that is damaged stays where it is, and keeps nobody from writing.
            if not _is_damaged(tables, _place(number)):
                raise
    raise DuplicateKeyError(LEDGER)


def _added(tables: Tables, number: int, previous: str, said: str) -> Document:
    place = _place(number)
    row: Document = {"place": place, "entries": said, "hash": row_hash(previous, place, said)}
    tables.insert(LEDGER, place, row)
    return row


def _place(number: int) -> str:
    return f"{number:012}"


def _is_there(tables: Tables, row: Document) -> bool:
    try:
        return tables.get(LEDGER, row["place"]) == row
    except DamagedError:
        return False


def _is_damaged(tables: Tables, place: str) -> bool:
    try:
        tables.get(LEDGER, place)
    except DamagedError:
        return True
    return False


class LedgerTables:
    """The documents inside a writing transaction, which notes what is written; ``enter`` enters that at the end."""

    def __init__(self, tables: Tables, last: Document | None = None) -> None:
        """``last``: the last row of the ledger, as far as is known."""
        self._tables = tables
        self.last = last
        self._salts: dict[str, str] = {}
        self._files: dict[str, str] = {}
        self._forgotten: set[str] = set()
        self._replaced: dict[str, str] = {}
        self._anew: dict[str, str] = {}
        self._documents: dict[tuple[str, str, str], Document | None] = {}
        self._groups: dict[tuple[str, str], dict[str, Document | None]] = {}
        self._whole: dict[tuple[str, str], Collection[Document]] = {}
        self._new: set[str] = set()
        """Dossiers that are opened in this transaction."""
        # What only reads costs nothing more than it did.
        self.get, self.select, self.count = tables.get, tables.select, tables.count
        self.totals, self.tally, self.search = tables.totals, tables.tally, tables.search
        self.parts = tables.parts
        self.scan, self.moment, self.go_on = tables.scan, tables.moment, tables.go_on

    def insert(self, table: str, key: str, document: Document) -> None:
        """Add a document under a new key."""
        self._tables.insert(table, key, document)
        self._note(table, key, document)

    def insert_many(self, table: str, documents: Iterable[tuple[str, Document]]) -> None:
        """Add documents under new keys, all or none."""
        given = list(documents)
        self._tables.insert_many(table, given)
        for key, document in given:
            self._note(table, key, document)

    def put(self, table: str, key: str, document: Document) -> None:
        """Add a document, or replace the one under this key."""
        self._tables.put(table, key, document)
        self._note(table, key, document)

    def put_many(self, table: str, documents: Iterable[tuple[str, Document]]) -> None:
        """Add or replace documents, all or none."""
        given = list(documents)
        self._tables.put_many(table, given)
        for key, document in given:
            self._note(table, key, document)

    def replace_many(self, table: str, changes: Iterable[tuple[str, Document, Document]]) -> None:
        """Put documents in the place of others, all or none."""
        given = list(changes)
        self._tables.replace_many(table, given)
        for key, _, document in given:
            self._note(table, key, document)

    def delete(self, table: str, key: str) -> None:
        """Remove the document under this key, if there is one."""
        if table == FILES and key not in self._files:
            self._files[key] = _dossier_of(self._tables, key)
        self._tables.delete(table, key)
        self._note(table, key, None)

    def clear(self, table: str) -> None:
        """Remove all documents of a table: not one by one, so what is entered has to pass."""
        if table not in PASSING:
            raise ValueError(f"{table} is entered in the ledger")
        self._tables.clear(table)

    def drop_damaged(self, table: str) -> list[str]:
        """Remove the documents of a table that are damaged; return their keys."""
        dropped = self._tables.drop_damaged(table)
        for key in dropped:
            self._note(table, key, None)
        return dropped

    def forget(self, dossier: str) -> None:
        """Let all that was entered of a dossier count no more, and nobody find out what it was of: it is anonymised."""
        self._forgotten.add(dossier)
        self._salts[dossier] = new_salt()
        self._tables.put(SALTS, dossier, {"dossier": dossier, "salt": self._salts[dossier]})

    def replaced(self, dossier: str, by: str) -> None:
        """Say that the events of a dossier make place for those of a copy, which may be fewer. ``by``: which copy."""
        self._replaced[dossier] = by

    def anew(self, dossier: str, salt: str = "", *, accepted: bool = False) -> None:
        """Enter all that stands of a dossier anew, under a salt (none: a new one), as the one it was known by is lost.
        ``accepted``: somebody said that what was entered before is not to be had any more."""
        self._salts[dossier] = salt or new_salt()
        self._tables.put(SALTS, dossier, {"dossier": dossier, "salt": self._salts[dossier]})
        self._anew[dossier] = ACCEPTED if accepted else ""

    def whole(self, table: str, dossier: str, documents: Collection[Document]) -> None:
        """Hear which documents are all that a table of groups has of a dossier, so that nobody need look."""
        self._whole[table, dossier] = documents

    def enter(self) -> None:
        """Enter what was written since the last time: a row for each organisation whose dossiers it was of, so that an
        organisation that takes its register along has its rows whole. Nothing when that is nothing."""
        if not (self._documents or self._groups or self._forgotten or self._anew):
            return
        if self.last is None and head(self._tables) is None:
            self._begin()
        entries: Entries = {dossier: {FORGOTTEN: ""} for dossier in self._forgotten}
        for dossier in self._forgotten:
            self._note_all(dossier)
        for dossier, by in self._replaced.items():
            entries.setdefault(dossier, {})[REPLACED] = by
        self._read_salts({about for _, about, _ in self._documents} | {about for _, about in self._groups})
        for dossier, said in self._anew.items():
            entries.setdefault(dossier, {})[ANEW] = said
            self._note_all(dossier)
        for (table, about, key), document in self._documents.items():
            salt = self._salt(about)
            name = name_of(table, key, salt)
            entries.setdefault(about, {})[name] = self._value(table, salt, key, document)
        for table, about in self._groups:
            value = group_value(self._salt(about), self._group(table, about))
            entries.setdefault(about, {})[table] = value
        for row in self._rows(entries):
            self.last = add_row(self._tables, row, self.last)
        self._documents, self._groups, self._whole = {}, {}, {}
        self._forgotten, self._new, self._replaced, self._anew = set(), set(), {}, {}

    def _rows(self, entries: Entries) -> Collection[Entries]:
        """Return what is entered of each organisation: together, where no dossiers of another are among it."""
        of = self._organisations(entries.keys() - {REGISTER})
        if len({*of.values()}) < 2:
            return [entries]
        rows: dict[str, Entries] = {}
        for about, said in entries.items():
            rows.setdefault(of.get(about, REGISTER), {})[about] = said
        return rows.values()

    def _organisations(self, dossiers: Collection[str]) -> dict[str, str]:
        """Return whose dossiers these are, where there are several and that is known."""
        if len(dossiers) < 2:
            return {}
        found = {
            about: str(document["organisation"])
            for (table, about, _), document in self._documents.items()
            if table == "dossiers" and document is not None
        }
        wanted = sorted(dossiers - found.keys())
        for start in range(0, len(wanted), _AT_ONCE):
            where = Where({"id": wanted[start : start + _AT_ONCE]}, sound_only=True)
            found |= {one["id"]: one["organisation"] for one in self._tables.select("dossiers", where=where)}
        for dossier in dossiers - found.keys():
            found[dossier] = organisation_of(self._tables, dossier)
        return found

    def _begin(self) -> None:
        """Say that a ledger begins with its register: not in one of before there were ledgers."""
        if self._tables.count("events", where={"sequence": 1}) == len(self._new):
            self.put("settings", BEGUN, {"value": "start"})

    def _note(self, table: str, key: str, document: Document | None) -> None:
        if table in PASSING:
            return
        about = owner_of(table, key, document, self._files)
        if about is None:
            return
        if table == FILES and document is not None:
            self._files[key] = about
        how = HOW[table]
        if how is How.GROUP:
            self._groups.setdefault((table, about), {})[key] = document
            self._whole.pop((table, about), None)
            return
        if how is How.CHAIN:
            if table == "events" and document is not None and document["sequence"] == 1:
                self._new.add(about)
            # One for each chain: the last that is written counts.
            key = f"{key.rpartition('/')[0]}/" if about == REGISTER else about
        self._documents[table, about, key] = document

    def _note_all(self, dossier: str) -> None:
        """Note what is left of a dossier in every table."""
        for table, how in OF_DOSSIER.items():
            if how is How.GROUP:
                self._groups.setdefault((table, dossier), {})
                self._new.discard(dossier)
            elif how is How.CHAIN:
                self._documents[table, dossier, dossier] = last_of(self._tables, table, dossier)
            elif how is How.ONE:
                self._documents[table, dossier, dossier] = found_in(self._tables, table, dossier)
            elif dossier in self._anew:
                files = self._files_of(dossier)
                for key, document in each_of(self._tables, table, dossier, files).items():
                    self._documents[table, dossier, key] = document

    def _files_of(self, dossier: str) -> dict[str, str]:
        """Return the dossier of each of its files, by id."""
        found = each_of(self._tables, FILES, dossier, {})
        self._files |= dict.fromkeys(found, dossier)
        return dict.fromkeys(found, dossier)

    def _value(self, table: str, salt: str, key: str, document: Document | None) -> str:
        if HOW[table] is not How.CHAIN:
            return digest(salt, content(document)) if document is not None else ""
        # Something was taken out: what is left says how far it goes.
        last = document or last_of(self._tables, table, key.removesuffix("/"))
        return chain_value(salt, last) if last else ""

    def _group(self, table: str, about: str) -> Collection[Document]:
        if (table, about) in self._whole:
            return self._whole[table, about]
        if about in self._new and about not in self._replaced:
            return [one for one in self._groups[table, about].values() if one is not None]
        return group(self._tables, table, about)

    def _read_salts(self, dossiers: set[str]) -> None:
        """Have the salt of each dossier at hand: a new one where there is none. Was it there once, then it is lost, and
        what it was of is entered anew: under another salt, nothing would be what was entered."""
        unknown = dossiers - self._salts.keys() - {REGISTER}
        for dossier in unknown & self._new:
            made: Document = {"dossier": dossier, "salt": new_salt()}
            with suppress(DuplicateKeyError):
                self._tables.insert(SALTS, dossier, made)
                self._salts[dossier] = made["salt"]
        wanted = sorted(unknown - self._salts.keys())
        if len(wanted) == 1 and (found := found_in(self._tables, SALTS, wanted[0])):
            self._salts[wanted[0]] = found["salt"]
        for start in range(0, len(wanted) if len(wanted) > 1 else 0, _AT_ONCE):
            where = Where({"dossier": wanted[start : start + _AT_ONCE]}, sound_only=True)
            self._salts |= {one["dossier"]: one["salt"] for one in self._tables.select(SALTS, where=where)}
        for dossier in unknown - self._salts.keys():
            self.anew(dossier)

    def _salt(self, about: str) -> str:
        return "" if about == REGISTER else self._salts[about]


def _dossier_of(tables: Tables, file: str) -> str:
    found = found_in(tables, FILES, file)
    return str(found.get("dossier", "")) if found else ""
