"""Restore of what is damaged: from a dump, and only what the ledger says was there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from gehoor.core.access.account_log import AccountEntry
from gehoor.core.dossier.access_log import Access
from gehoor.core.dossier.events import BrokenChainError
from gehoor.core.dossier.events import verify as verify_chain
from gehoor.core.dossier.log_chain import verify_entries
from gehoor.services.backups.dossier_in_dump import Dump
from gehoor.services.backups.dump_format import DumpReader
from gehoor.services.backups.ledger_mending import MendedLedger, mended_ledger
from gehoor.services.maintenance.findings import DERIVED, Finding, Kind
from gehoor.services.maintenance.ledger_reading import entries_in, read_ledger
from gehoor.services.maintenance.verify import verify
from gehoor.services.ports.documents import event_of
from gehoor.services.ports.records import from_document
from gehoor.services.ports.store import Document, Store, Tables, Where
from gehoor.services.records.account_records import ACCOUNTS
from gehoor.services.records.agreement_records import PUBLICATIONS
from gehoor.services.records.keys import key_of
from gehoor.services.records.ledger_entries import (
    ANEW,
    FILES,
    FORGOTTEN,
    HOW,
    LEDGER,
    OF_REGISTER,
    REGISTER,
    SALTS,
    How,
    Name,
    chain_value,
    content,
    digest,
    name_of,
    owner_of,
    standing,
)
from gehoor.services.records.left_out import snapshot, transaction
from gehoor.services.register.register import writing

_MADE_AGAIN: Final = DERIVED - {"dossiers", "counters", "proposals"}
"""What follows from events comes from events. Only a follow-up code is known by nothing but the summary; and a counter
as it was entered last knows also of a number whose dossier is lost."""
_LOGS: Final[dict[str, type[Any]]] = {"access_log": Access, "account_log": AccountEntry}
_MARKS: Final = (ACCOUNTS, PUBLICATIONS)
"""Settings that say whether a table of the same name changed, to whoever keeps it in memory."""


@dataclass
class RestoredDamaged:
    """What was put back (table and key), as a dump has it of an instant (UTC, text); ``dropped``: what was damaged, and
    gave way as the ledger knows of nothing else in that table; ``left``: what is damaged still."""

    made_at: str = ""
    put_back: list[tuple[str, str]] = field(default_factory=list)
    dropped: list[tuple[str, str]] = field(default_factory=list)
    left: list[tuple[str, str]] = field(default_factory=list)


@dataclass
class _Wanted:
    """What of a register is not as its ledger says: each name, with the value that was entered last."""

    values: dict[Name, str] = field(default_factory=dict)
    salts: dict[str, str] = field(default_factory=dict)
    damaged: dict[str, list[str]] = field(default_factory=dict)
    """Table -> the keys of what is damaged there."""
    tells_all: bool = True
    """Whether the ledger tells of all that was ever there: none of its rows, and no salt, is lost."""

    def salt(self, about: str) -> str:
        return self.salts.get(about, "")


def restore_damaged(store: Store, dump: Dump) -> RestoredDamaged:
    """Put back what is damaged, gone or changed, and is in a dump as the ledger says that it was last written.

    What was written since the dump stays as it is; others can go on working meanwhile. Raises ``BadDumpError`` and
    ``StoreUnavailableError``; nothing changed then.
    """
    broken = {name for one in verify(store).findings if (name := _chain_of(one))}
    with snapshot(store) as tables:
        with dump() as lines:
            ledger = mended_ledger(tables, lines)
        wanted = _wanted(tables, ledger, broken)
        found = _found(tables, wanted, dump)
    result = RestoredDamaged(ledger.made_at)
    with transaction(store) as tables:
        later, begun = _written_since(tables, ledger.last)
        _put(tables, LEDGER, ledger.rows, result)
        salts = {
            one: {"dossier": one, "salt": ledger.salts[one]} for one in ledger.salts if one in wanted.salts
        }
        _put(tables, SALTS, {one: row for one, row in salts.items() if one not in begun}, result)
        for name, (table, rows) in found.items():
            if name not in later and name[0] not in begun:
                _put(tables, table, rows, result)
                wanted.values.pop(name)
        for table, keys in wanted.damaged.items():
            if wanted.tells_all and not any(name.partition("/")[0] == table for _, name in wanted.values):
                # Nothing else was ever there: it stood beside what was put back, or was never entered.
                result.dropped += [(table, key) for key in tables.drop_damaged(table)]
            else:
                result.left += [(table, key) for key in keys if (table, key) not in result.put_back]
    with writing(store) as register:
        for mark in _MARKS:
            if any(table == mark for table, _ in result.put_back):
                register.change(mark)
    return result


def _put(tables: Tables, table: str, rows: dict[str, Document], result: RestoredDamaged) -> None:
    tables.put_many(table, rows.items())
    result.put_back += [(table, key) for key in rows]


def _chain_of(finding: Finding) -> Name | None:
    """Return the chain that something is wrong with: its last entry may be as the ledger says."""
    about = finding.key.partition("/")[0]
    if finding.table in ("events", "access_log"):
        return about, finding.table
    if finding.table == "account_log":
        account = finding.key.rpartition("/")[0] if finding.kind is Kind.DAMAGED else finding.key
        return REGISTER, f"account_log/{account}"
    return None


def _wanted(tables: Tables, ledger: MendedLedger, broken: set[Name]) -> _Wanted:
    """Hold a register against its ledger. ``broken``: the chains that something is wrong with."""
    rows = list(ledger.mended(tables.scan(LEDGER)))
    entered = read_ledger(rows)
    result = _Wanted(salts={**ledger.salts, **ledger.known})
    known: set[str] = set()
    files: dict[str, str] = {}
    for table in HOW:
        hurt: list[str] = []
        for one in standing(tables.scan(table), table, result.salt, files, hurt.append):
            about, name = one.name
            if entered.values.get(about, {}).get(name) == one.value:
                known.add(about)
                if one.name not in broken:
                    del entered.values[about][name]
        if hurt:
            result.damaged[table] = hurt
    lost = entered.values.keys() - result.salts.keys() - {REGISTER}
    result.tells_all = not (
        lost or any(row is None for _, row in rows) or any(one.detail == "chain" for one in entered.findings)
    )
    for about in ledger.salts.keys() - known:
        # Nothing says that this is its salt.
        del result.salts[about]
    for about, said in entered.values.items():
        if about == REGISTER or about in result.salts:
            result.values |= {
                (about, name): value
                for name, value in said.items()
                if value and name.partition("/")[0] not in _MADE_AGAIN
            }
    return result


def _found(tables: Tables, wanted: _Wanted, dump: Dump) -> dict[Name, tuple[str, dict[str, Document]]]:
    """Return what a dump has of what is wanted, by name: the table, and the documents in it, by key."""
    found: dict[Name, tuple[str, dict[str, Document]]] = {}
    chains: dict[Name, tuple[str, dict[str, Document]]] = {}
    files: dict[str, str] = {}
    with dump() as lines:
        for table, key, document in DumpReader(lines):
            about = owner_of(table, key, document, files) if table in HOW else None
            if about is None:
                continue
            if table == FILES:
                files[key] = about
            name = about, name_of(table, key, wanted.salt(about))
            value = wanted.values.get(name)
            if value is None:
                continue
            if HOW[table] is How.CHAIN:
                chains.setdefault(name, (table, {}))[1][key] = document
            elif digest(wanted.salt(about), content(document)) == value:
                found[name] = table, {key: document}
    for name, (table, rows) in chains.items():
        if whole := _whole_chain(tables, table, name, rows, wanted):
            found[name] = table, whole
    return found


def _whole_chain(
    tables: Tables, table: str, name: Name, copied: Mapping[str, Document], wanted: _Wanted
) -> dict[str, Document]:
    """Return the entries of a chain that make it whole again; none when the dump has not all that is missing."""
    member, about = ("account", name[1].partition("/")[2]) if table in OF_REGISTER else ("dossier", name[0])
    there = {
        key_of(table, one): one for one in tables.select(table, where=Where({member: about}, sound_only=True))
    }
    for rows in ({**copied, **there}, {**there, **copied}):
        chain = sorted(rows.values(), key=lambda one: int(one["sequence"]))
        if chain_value(wanted.salt(name[0]), chain[-1]) == wanted.values[name] and _is_sound(
            table, about, chain
        ):
            return {key: one for key, one in rows.items() if there.get(key) != one}
    return {}


def _is_sound(table: str, about: str, chain: list[Document]) -> bool:
    try:
        if table in _LOGS:
            verify_entries([from_document(_LOGS[table], one) for one in chain], about)
        else:
            verify_chain(map(event_of, chain))
    except (BrokenChainError, LookupError, TypeError, ValueError):
        return False
    return True


def _written_since(tables: Tables, last: str) -> tuple[set[Name], set[str]]:
    """Return what was entered in the ledger after a row, and of which dossiers all was."""
    rows = tables.select(LEDGER, where=Where(between={"place": (last or None, None)}, sound_only=True))
    names: set[Name] = set()
    begun: set[str] = set()
    for row in rows:
        for about, said in (entries_in(row) or {}).items() if row["place"] > last else ():
            names |= {(about, name) for name in said}
            if ANEW in said or FORGOTTEN in said:
                begun.add(about)
    return names, begun
