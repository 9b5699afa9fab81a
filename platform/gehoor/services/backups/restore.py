"""Restore: filling a register from a dump, whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import groupby, islice
from operator import itemgetter
from typing import Final

from gehoor.services.backups.dump_format import NOT_COPIED, BadDumpError, Contents, DumpReader
from gehoor.services.backups.shortening import Shortened
from gehoor.services.maintenance.entering import enter_all
from gehoor.services.maintenance.missing_events import missing_events
from gehoor.services.ports.belonging import EVERYWHERE
from gehoor.services.ports.records import Account
from gehoor.services.ports.store import DamagedError, DuplicateKeyError, Store, Tables
from gehoor.services.records.ledger import head
from gehoor.services.records.ledger_entries import LEDGER
from gehoor.services.records.left_out import knowing, leave_out
from gehoor.services.records.tables import SCHEMAS
from gehoor.services.register.one_moment import end_moment
from gehoor.services.register.register import reading

_BATCH: Final = 500
_ALWAYS: Final = ("settings", LEDGER)
"""A register without contents may have settings: those are made when it is first opened, and entered."""


def has_content(store: Store) -> bool:
    """Say whether there is anything in a register that restoring would remove. Raises ``StoreUnavailableError``."""
    with store.snapshot(EVERYWHERE) as tables:
        return any(tables.count(schema.name) for schema in SCHEMAS if schema.name not in _ALWAYS)


def restore(
    store: Store, lines: Iterable[bytes], progress: Callable[[int], None] = lambda _: None
) -> Contents:
    """Have a register hold what is in a dump, and nothing else: in one transaction. Returns what is in the dump.

    What the dump did without as it was damaged reads as damaged in it, and so do events that it has not and knows of:
    they stand among what was left out. Nobody is signed in in it, and nobody looks at
    their dossier. Raises ``BadDumpError`` and
    ``StoreUnavailableError``; then the register is as it was.
    """
    reader = DumpReader(lines)
    known = {schema.name for schema in SCHEMAS}
    replaced = {name for schema in SCHEMAS for name in schema.replaces}
    done, shortened = 0, Shortened()
    end_moment()
    with store.transaction(EVERYWHERE) as tables:
        for name in known:
            tables.clear(name)
        for table, found in groupby(reader, key=itemgetter(0)):
            if table in replaced or table in NOT_COPIED:
                # Of an earlier Gehoor, which had no ledger; or over.
                done += sum(1 for _ in found)
                continue
            if table not in known:
                raise BadDumpError("unfit")
            rows = shortened.of(table, ((key, document) for _, key, document in found))
            while batch := list(islice(rows, _BATCH)):
                try:
                    tables.insert_many(table, batch)
                except (DuplicateKeyError, TypeError, ValueError) as error:
                    raise BadDumpError("unfit") from error
                done += len(batch)
                progress(len(batch))
        contents = _ended(tables, reader.contents())
    shortened.enter(store)
    return contents


def _ended(tables: Tables, contents: Contents) -> Contents:
    """Have what is not in a dump, and was when it was made, read as damaged."""
    known = {schema.name for schema in SCHEMAS}
    for table, key in contents.left_out:
        if table in known - NOT_COPIED:
            leave_out(tables, table, key)
    if head(tables) is None and contents.total and LEDGER not in {table for table, _ in contents.left_out}:
        # Of an earlier Gehoor. One that is damaged whole says nothing, and none that begins now does for it.
        enter_all(tables)
    gone = missing_events(knowing(tables))
    for key in gone:
        leave_out(tables, "events", key)
    return replace(contents, left_out=(*contents.left_out, *(("events", key) for key in gone)))


@dataclass(frozen=True)
class BackAgain:
    """What there is again by restoring a dump that somebody ended since."""

    accounts: tuple[str, ...] = ()
    """Accounts that are in use again and were not any more."""
    passwords: tuple[str, ...] = ()
    """Those that have another password than just before."""
    waiting: int = 0
    """How many messages wait, that may have been sent since."""


def accounts_in(store: Store) -> dict[str, Account]:
    """Return the accounts of a register by name, as far as they can be read."""
    with reading(store) as register:
        try:
            return {one.name: one for one in register.accounts()}
        except DamagedError:
            return {}


def back_again(store: Store, before: Mapping[str, Account]) -> BackAgain:
    """Return what is there again in a restored register, that had these accounts ``before``."""
    now = accounts_in(store)
    there = [name for name in now if name in before]
    with reading(store) as register:
        waiting = len(register.waiting_messages())
    return BackAgain(
        tuple(name for name in sorted(there) if now[name].active and not before[name].active),
        tuple(name for name in sorted(there) if now[name].password_hash != before[name].password_hash),
        waiting,
    )
