"""Repair: making again from events what is damaged or missing of what follows from them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from gehoor.core.decision.decide import decide
from gehoor.core.dossier.dossier import fold
from gehoor.core.dossier.events import verify as verify_chain
from gehoor.services.maintenance.entering import enter_repaired, mend_beginning
from gehoor.services.maintenance.findings import DERIVED, Kind
from gehoor.services.maintenance.missing_events import missing_events
from gehoor.services.maintenance.verify import verify
from gehoor.services.messages.hook_records import mend_hooks
from gehoor.services.ports.store import DamagedError, Document
from gehoor.services.projection.projection import UNDECIDABLE, UNWRITABLE
from gehoor.services.projection.remaking import remake
from gehoor.services.records.account_records import ACCOUNTS
from gehoor.services.records.agreement_records import PUBLICATIONS
from gehoor.services.records.keys import out_of_place
from gehoor.services.records.ledger_entries import HOW, LEDGER, PASSING, SALTS
from gehoor.services.records.left_out import leave_out
from gehoor.services.records.number_series import COUNTERS, last_given
from gehoor.services.records.tables import LEFT_OUT
from gehoor.services.register.pending import Decided
from gehoor.services.register.register import Register, reading, writing
from gehoor.services.register.runtime import Runtime
from gehoor.services.register.secrets import SIGNING

_BATCH: Final = 100
_MARKS: Final = (ACCOUNTS, PUBLICATIONS)
"""Settings that say only that nothing changed: another text says that something did."""
_LEFT: Final = (
    *("exclusions", "tasks", "confidential", "clearances", "match_keys", "dossiers"),
    *sorted(PASSING - {LEDGER, SALTS, LEFT_OUT}),
)
"""What stands under another key than what was made again in its place, and what passes: nobody can read it any more."""

_CLOSING: Final = ("exclusions", "confidential", "dossiers")
"""What keeps somebody from a dossier."""


@dataclass
class Repaired:
    """How many dossiers were done, what damaged documents gave way (table and key), which dossiers could not be done
    and why, and the numbers of those whose follow-up code is lost: nothing but what was damaged knew it."""

    done: int = 0
    replaced: list[tuple[str, str]] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)
    codes_lost: list[str] = field(default_factory=list)


def repair(runtime: Runtime, now: datetime, progress: Callable[[int], None] = lambda _: None) -> Repaired:
    """Make the summary, the words, the exclusions and the keys of every dossier again, and enter them in the ledger.

    Of a dossier of which events are gone nothing is made: what is made then would not know whom those shut out. Those
    events read as damaged from now on, until they are put back or given up.

    Others can go on working meanwhile; doing it twice does no harm. Events are never changed.
    """
    result = Repaired(replaced=_damaged(runtime))
    misplaced = _misplaced(runtime)
    found = verify(runtime.store).findings
    # What follows from events and is another than was written.
    wrong = {(one.table, one.key) for one in found if one.kind in (Kind.CHANGED, Kind.UNKNOWN)}
    # What lists showed of these is gone: a code that waits is not the one that was given.
    listed = {one.key for one in found if (one.kind, one.table) == (Kind.MISSING, "dossiers")}
    series = [one.key for one in found if one.table == COUNTERS]
    _mark_missing(runtime, {key for table, key in wrong if table == "dossiers"})
    with writing(runtime.store) as register:
        # Before they are made again: a damaged text cannot be taken out of the index of words.
        register.tables.drop_damaged("texts")
        for table, key in misplaced:
            register.tables.delete(table, key)
        for table, key in wrong:
            if table == "clearances":
                # Without it a dossier is hidden, until it is made again.
                register.tables.delete(table, key)
        mend_beginning(register.tables)
        for mark in _MARKS:
            try:
                register.setting(mark)
            except DamagedError:
                register.change(mark)
        register.mend_numbers()
        _count_anew(register, series)
        result.replaced += [
            (table, key) for table, _, key in (one.partition("/") for one in register.mend_proposals())
        ]
        gone = [one.key for one in found if one.table == "settings"]
        result.replaced += [("settings", one) for one in mend_hooks(register, gone)]
        if register.renew_lost(SIGNING):
            result.replaced.append(("settings", SIGNING))
    for batch in _batches(_dossiers(runtime)):
        _some(runtime, batch, now, result, (wrong, listed))
        progress(len(batch))
    with writing(runtime.store) as register:
        # Last: until now, whoever must not see a dossier was kept from it by what is there.
        for table in _LEFT:
            _keep_closed(register, table, register.tables.drop_damaged(table), result)
        _mend_marks(register)
    enter_repaired(runtime.store, [name for name in HOW if name in DERIVED])
    return result


def _some(
    runtime: Runtime,
    dossiers: Collection[str],
    now: datetime,
    result: Repaired,
    known: tuple[Collection[tuple[str, str]], Collection[str]],
) -> None:
    """Do some dossiers, together; where one of them cannot be written, and nothing says which, each by itself.
    ``known``: what is another than was written, and what lists showed that is gone."""
    wrong, listed = known
    done, failed, lost = result.done, dict(result.failed), list(result.codes_lost)
    try:
        with writing(runtime.store) as register:
            for dossier in dossiers:
                trusted = ("dossiers", dossier) not in wrong
                _one(runtime, register, dossier, now, result, is_trusted=trusted, waits=dossier not in listed)
    except UNWRITABLE as error:
        result.done, result.failed, result.codes_lost = done, failed, lost
        if len(dossiers) == 1:
            result.failed.update(dict.fromkeys(dossiers, f"{type(error).__name__}: {error}"))
            return
        for dossier in dossiers:
            _some(runtime, [dossier], now, result, known)


def _mark_missing(runtime: Runtime, untrusted: Collection[str]) -> None:
    """Have events that are gone read as damaged, while something still knows of them."""
    with reading(runtime.store) as register:
        if not missing_events(register.tables, untrusted):
            return
    with writing(runtime.store) as register:
        for key in missing_events(register.tables, untrusted):
            leave_out(register.tables, "events", key)


def _keep_closed(register: Register, table: str, dropped: Iterable[str], result: Repaired) -> None:
    """Let what kept a dossier closed go on reading as damaged, where that dossier could not be done."""
    for key in dropped if table in _CLOSING else ():
        if key.partition("/")[0] in result.failed:
            leave_out(register.tables, table, key)
            result.replaced.remove((table, key))


def _mend_marks(register: Register) -> None:
    """Make again what says that something was left out of a copy: its key says it too."""
    for table, _slash, key in (one.partition("/") for one in register.tables.drop_damaged(LEFT_OUT)):
        if key and table in HOW:
            leave_out(register.tables, table, key)


def _damaged(runtime: Runtime) -> list[tuple[str, str]]:
    with reading(runtime.store) as register:
        return [
            (table, key)
            for table in ("texts", COUNTERS, *_LEFT)
            for key, document in register.tables.scan(table)
            if document is None
        ]


def _misplaced(runtime: Runtime) -> list[tuple[str, str]]:
    """Return what is made again from events and stands where it does not belong: nobody would take it out."""
    with reading(runtime.store) as register:
        return [
            (table, key)
            for table in ("texts", "exclusions", "tasks")
            for key, document in register.tables.scan(table)
            if document is not None and out_of_place(table, key, document)
        ]


def _count_anew(register: Register, series: Iterable[str]) -> None:
    """Make the counters of series again, by the numbers that dossiers have. What one says beyond those is not told
    from a number of which the dossier is lost: no number is given twice."""
    given = last_given(register.tables, series)
    for name, known in given.items():
        counter = _found(register, COUNTERS, name)
        last = max(known, int(counter["last"])) if counter else known
        register.tables.put(COUNTERS, name, {"series": name, "last": last})


def _dossiers(runtime: Runtime) -> list[str]:
    """Return the dossiers that have an event in its place; of what was put between, nothing is made."""
    with reading(runtime.store) as register:
        names = (
            key.partition("/")[0]
            for key, document in register.tables.scan("events")
            if document is None or not out_of_place("events", key, document)
        )
        return list(dict.fromkeys(names))


def _batches(dossiers: list[str]) -> list[list[str]]:
    return [dossiers[start : start + _BATCH] for start in range(0, len(dossiers), _BATCH)]


def _one(
    runtime: Runtime,
    register: Register,
    dossier_id: str,
    now: datetime,
    result: Repaired,
    *,
    is_trusted: bool,
    waits: bool,
) -> None:
    """``is_trusted``: what lists show of it until now is what was written; ``waits``: it was never listed, so that its
    code stands with what waits."""
    try:
        events = register.events(dossier_id)
        verify_chain(events)
        dossier = fold(events)
        agreement = runtime.library.agreement(register, dossier.agreement)
        decision = decide(agreement, dossier, now, runtime.engine)
    except UNDECIDABLE as error:
        result.failed[dossier_id] = f"{type(error).__name__}: {error}"
        return
    before = register.sound_summary(dossier_id) if is_trusted else None
    code = before.code_hash if before else _code(register, dossier_id) if waits else None
    if before is None and code is None and dossier.has_first_code:
        result.codes_lost.append(dossier.number)
    if dossier.frozen is None and ("recounts", dossier_id) in result.replaced:
        register.note_recounts([dossier_id], now)
    # What is there of other accounts stays: it is never less strict to leave it.
    remake(runtime, register, Decided(agreement, dossier, decision), (before, (), code), now)
    result.done += 1


def _code(register: Register, dossier_id: str) -> str | None:
    pending = _found(register, "pending", dossier_id)
    return (pending["code_hash"] or None) if pending else None


def _found(register: Register, table: str, key: str) -> Document | None:
    try:
        return register.tables.get(table, key)
    except DamagedError:
        return None
