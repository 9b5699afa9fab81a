"""Verify: reading all of a register, and saying what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from gehoor.core.dossier.events import BrokenChainError, Event, EventKind
from gehoor.core.dossier.events import verify as verify_chain
from gehoor.core.dossier.log_chain import Chained, verify_entries
from gehoor.services.maintenance.backup import STEP
from gehoor.services.maintenance.findings import Finding, Kind
from gehoor.services.maintenance.references import OWNERS
from gehoor.services.ports.store import DamagedError, Document, Store, StoreUnavailableError, Tables
from gehoor.services.register.register import ANCHORED, Register
from gehoor.services.register.tables import SCHEMAS

_LOGS: Final[Mapping[Kind, tuple[str, str]]] = {
    Kind.ACCESS_LOG: ("access_log", "access_anchors"),
    Kind.ACCOUNT_LOG: ("account_log", "account_anchors"),
}
"""The table of a log, and that which says how far it goes."""


@dataclass
class Verified:
    """What was read, and what is wrong."""

    documents: int = 0
    dossiers: int = 0
    findings: list[Finding] = field(default_factory=list)


@dataclass
class _Seen:
    """What the tables hold: keys (also of what is damaged), and what documents say they belong to."""

    keys: dict[str, set[str]] = field(default_factory=dict)
    dossiers: dict[str, bool] = field(default_factory=dict)
    """Dossiers with an event -> whether all of them can be read."""
    claims: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    """Owner (table and key) -> the first document that says it belongs to it."""


def verify(store: Store, progress: Callable[[int], None] = lambda _: None) -> Verified:
    """Read a register whole, at one moment, while others go on working with it. Raises ``StoreUnavailableError`` when
    it cannot be read at all."""
    result = Verified(findings=[Finding(Kind.STRUCTURE, "", detail=line) for line in store.structure()])
    with store.snapshot() as tables:
        seen = _Seen()
        for schema in SCHEMAS:
            _read(tables, schema.name, seen, result, progress)
        register = Register(tables)
        for dossier, whole in seen.dossiers.items():
            if whole:
                result.findings += _chain(register, dossier)
            result.findings += _summary(register, dossier)
        for kind, (_, anchors) in _LOGS.items():
            for about in sorted(seen.keys[anchors]):
                result.findings += _log(register, kind, about)
        result.findings += _orphans(seen)
    result.dossiers = len(seen.dossiers)
    return result


def _read(tables: Tables, table: str, seen: _Seen, result: Verified, progress: Callable[[int], None]) -> None:
    keys = seen.keys.setdefault(table, set())
    try:
        for key, document in tables.scan(table):
            result.documents += 1
            if result.documents % STEP == 0:
                progress(STEP)
            keys.add(key)
            if document is None:
                result.findings.append(Finding(Kind.DAMAGED, table, key))
            _note(table, key, document, seen)
    except StoreUnavailableError as error:
        result.findings.append(Finding(Kind.UNREADABLE, table, detail=str(error)))


def _note(table: str, key: str, document: Document | None, seen: _Seen) -> None:
    if table == "events":
        dossier = document["dossier"] if document is not None else key.partition("/")[0]
        seen.dossiers[dossier] = seen.dossiers.get(dossier, True) and document is not None
    elif document is not None:
        for owner in OWNERS.get(table, ()):
            name = owner.of(key, document)
            if name:
                seen.claims.setdefault((owner.table, name), (table, key))


def _chain(register: Register, dossier: str) -> Iterator[Finding]:
    try:
        events = register.events(dossier)
        verify_chain(events)
    except (BrokenChainError, StoreUnavailableError) as error:
        yield Finding(Kind.CHAIN, "events", dossier, str(error))
        return
    except (LookupError, TypeError, ValueError) as error:
        # Of a kind that nobody wrote.
        yield Finding(Kind.CHAIN, "events", dossier, f"{type(error).__name__}: {error}")
        return
    anchor = _found(register.tables, "anchors", dossier)
    if anchor is None:
        if register.setting(ANCHORED) is not None:
            yield Finding(Kind.NO_ANCHOR, "anchors", dossier)
    elif (anchor["count"], anchor["head"]) != (len(events), events[-1].hash if events else ""):
        yield Finding(Kind.EVENTS_LOST, "events", dossier, f"{len(events)}/{anchor['count']}")
    if events and not _is_proven(register, events[-1]):
        yield Finding(Kind.CHAIN, "retention", dossier, "anonymised")


def _is_proven(register: Register, last: Event) -> bool:
    """Say whether a dossier that was anonymised is what was left of it then, and any other was not anonymised."""
    record = _found(register.tables, "retention", last.dossier)
    proof = record.get("head") if record is not None and record.get("state") == "done" else None
    return proof == (last.hash if last.kind is EventKind.ANONYMISED else None)


def _log(register: Register, kind: Kind, about: str) -> Iterator[Finding]:
    table, anchors = _LOGS[kind]
    anchor = _found(register.tables, anchors, about)
    try:
        entries: Sequence[Chained] = (
            register.access_log(about) if kind is Kind.ACCESS_LOG else register.account_log(about)
        )
        verify_entries(entries, about)
    except (BrokenChainError, DamagedError, TypeError) as error:
        yield Finding(kind, table, about, str(error))
        return
    if anchor and (anchor["count"], anchor["head"]) != (len(entries), entries[-1].hash if entries else ""):
        yield Finding(kind, table, about, f"{len(entries)}/{anchor['count']}")


def _summary(register: Register, dossier: str) -> Iterator[Finding]:
    summary, pending = (_found(register.tables, table, dossier) for table in ("dossiers", "pending"))
    if pending is not None:
        return
    anchor = _found(register.tables, "anchors", dossier)
    if summary is None or (anchor is not None and summary.get("version") != anchor["count"]):
        yield Finding(Kind.SUMMARY, "dossiers", dossier)


def _orphans(seen: _Seen) -> Iterator[Finding]:
    there: Mapping[str, object] = {**seen.keys, "events": seen.dossiers}
    for (owner, name), (table, key) in seen.claims.items():
        known = there.get(owner)
        if not isinstance(known, set | dict) or name in known:
            continue
        if owner == "events" and name in seen.keys["anchors"]:
            yield Finding(Kind.EVENTS_LOST, "events", name, "0/?")
        else:
            yield Finding(Kind.ORPHAN, table, key, f"{owner} {name}")


def _found(tables: Tables, table: str, key: str) -> Document | None:
    """Return a document; None also for one that is damaged, which is told of where the table is read."""
    try:
        return tables.get(table, key)
    except DamagedError:
        return None
