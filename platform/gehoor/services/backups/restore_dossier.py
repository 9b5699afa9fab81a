"""Restore of one dossier: from a dump into a register that goes on, whole or not at all."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final

from gehoor.core.decision.decide import decide
from gehoor.core.dossier.dossier import fold
from gehoor.core.dossier.events import BrokenChainError, Event, EventKind, NewEvent, seal
from gehoor.core.dossier.events import verify as verify_chain
from gehoor.services.access.authorisation import OPERATOR
from gehoor.services.backups.dossier_in_dump import Dump, FoundInDump, is_of, read_dossier
from gehoor.services.backups.dump_format import DumpReader
from gehoor.services.backups.other_halves import in_line_with_others, others_of
from gehoor.services.backups.what_stays import let_go
from gehoor.services.ports.documents import event_of
from gehoor.services.ports.store import DamagedError
from gehoor.services.projection.projection import project_pending
from gehoor.services.projection.remaking import remake
from gehoor.services.records.ledger_entries import SALTS, chain_value, found_in
from gehoor.services.records.ledger_lookup import chain_entered, was_forgotten
from gehoor.services.records.left_out import leave_out
from gehoor.services.register.pending import Decided
from gehoor.services.register.register import Register, writing
from gehoor.services.register.runtime import Runtime
from gehoor.services.retention.erasing import file_ids

_ADDED: Final = ("submissions", "messages", "retention", "attachments", "attachment_contents")
"""What comes back where it is not there any more; what is there since is later, and stays."""
_READ: Final = ("access_log",)
_FILES: Final = ("attachments", "attachment_contents")
_OPENED: Final = EventKind.OPENED.value


class Refusal(StrEnum):
    """Why a dossier is not put back."""

    MISSING = "missing"
    """It is not in the dump, or not as it was written."""
    INCOMPLETE = "incomplete"
    """Events of it were damaged or gone when the dump was made: perhaps those that shut somebody out."""
    SEVERAL = "several"
    """Several dossiers in the dump have this number."""
    DIFFERS = "differs"
    """The register has it with other events, and nobody said that they may go."""
    NUMBER_TAKEN = "number-taken"
    """Another dossier of the organisation has its number by now."""
    ANONYMISED = "anonymised"
    """It was anonymised since: what is about people does not come back."""


class DossierRefusedError(Exception):
    """A dossier is not put back; nothing changed. ``details``: the ids of several, how many events there are (now,
    and in the dump), or the keys of those that are not there; ``related``: the numbers of the other dossiers
    that say something of it."""

    def __init__(
        self, refusal: Refusal, details: tuple[str, ...] = (), related: tuple[str, ...] = ()
    ) -> None:
        super().__init__(refusal.value)
        self.refusal, self.details, self.related = refusal, details, related


@dataclass
class RestoredDossier:
    """A dossier that was put back, as the dump has it of an instant (UTC, text); ``events``: how many it has there,
    ``added``: how many documents of each table came beside those, ``changed`` whether the register had others."""

    id: str
    number: str
    made_at: str
    events: int
    changed: bool
    added: dict[str, int] = field(default_factory=dict)
    code_lost: bool = False
    """Whether somebody has a follow-up code that neither the dump nor the register knows."""
    code_stays: bool = False
    """Whether a follow-up code that was given since the dump goes on to count, and the one of the dump does not."""
    in_line: list[str] = field(default_factory=list)
    """The numbers of the dossiers that belong with it, and of which it says again what those say."""


def restore_dossier(
    runtime: Runtime, dump: Dump, which: str, now: datetime, *, replace: bool = False
) -> RestoredDossier:
    """Put one dossier (its number or id) back as a dump has it. Who works with others goes on meanwhile.

    Who read it since stays known, and so does what was told. ``replace``: also when the register has it with other
    events; those are gone then, and an event says so: no version that anybody saw is given again, so nothing that was
    read, typed, approved or worked out before is taken for what stands there now. What other dossiers say of it stands,
    and it says so again. Raises ``DossierRefusedError``, ``BadDumpError`` and ``StoreUnavailableError``.
    """
    called = _named(dump, which)
    found = read_dossier(dump, called)
    if missing := found.missing(called):
        raise DossierRefusedError(Refusal.INCOMPLETE, missing)
    events = sorted(map(event_of, found.of("events").values()), key=lambda one: one.sequence)
    try:
        verify_chain(events)
    except BrokenChainError as error:
        raise DossierRefusedError(Refusal.MISSING) from error
    number = str(events[0].data["number"])
    # So that lists know every dossier by its number.
    project_pending(runtime)
    with writing(runtime.store) as register:
        changed = _refuse(register, events, number, replace=replace)
        restored = RestoredDossier(events[0].dossier, number, found.made_at, len(events), changed)
        for digest, document in found.of("agreements").items():
            if register.tables.get("agreements", digest) is None:
                register.tables.insert("agreements", digest, document)
        lost = _lost_salt(register, found, restored.id)
        if lost:
            register.enter_anew(restored.id, lost, found.made_at)
            restored.added[SALTS] = 1
        given = _given_since(register, found, events) if changed else None
        stands = (
            [*events, *_put_back(register, found, events, now, given)]
            if changed
            else register.events(restored.id)
        )
        restored.code_stays = given is not None
        written, restored.in_line = in_line_with_others(runtime, register, stands, now)
        stands += written
        if changed or written:
            for key in list(_keys(register, restored.id)):
                register.tables.delete("events", key)
            register.put_back(stands, found.made_at)
        if changed:
            hurt = (key for table, key in found.left_out if table == "submissions")
            sent = frozenset([*found.of("submissions"), *hurt])
            let_go(register, stands, sent, found.of("retention").get(restored.id))
        # Who read it is one chain: that of now, or that of then.
        read = () if _is_read(register, restored.id) else _READ
        restored.added |= _add(register, found, (*_ADDED, *read))
        _leave_out(register, found, stands, (*_ADDED, *read))
        _count_on(register, found)
        restored.code_lost = _remake(runtime, register, stands, found, now)
    return restored


def _named(dump: Dump, which: str) -> str:
    """Return the id of the dossier that is called so. Raises ``DossierRefusedError``."""
    with dump() as lines:
        called = {
            str(document["dossier"])
            for table, _, document in DumpReader(lines)
            if table == "events"
            and document.get("kind") == _OPENED
            # An id names one dossier, and a number sometimes several.
            and which in (document["dossier"], document["data"].get("number"))
        }
    if not called:
        raise DossierRefusedError(Refusal.MISSING)
    if len(called) > 1:
        raise DossierRefusedError(Refusal.SEVERAL, tuple(sorted(called)))
    return called.pop()


def _refuse(register: Register, events: list[Event], number: str, *, replace: bool) -> bool:
    """Say whether the events have to be put back. Raises ``DossierRefusedError``."""
    dossier, organisation = events[0].dossier, events[0].data["organisation"]
    if any(one.id != dossier and one.organisation == organisation for one in register.by_number(number)):
        raise DossierRefusedError(Refusal.NUMBER_TAKEN)
    record = found_in(register.tables, "retention", dossier)
    if (record is not None and record["state"] == "done") or was_forgotten(register.tables, dossier):
        raise DossierRefusedError(Refusal.ANONYMISED)
    there = list(_keys(register, dossier))
    try:
        known = register.events(dossier)
    except DamagedError:
        known = []
    if known[: len(events)] == events and all(one.kind is EventKind.PUT_BACK for one in known[len(events) :]):
        return False
    if there and not replace:
        related = tuple(one.number for one in others_of(register, dossier) if one.frozen is None)
        raise DossierRefusedError(Refusal.DIFFERS, (str(len(there)), str(len(events))), related)
    return True


def _lost_salt(register: Register, found: FoundInDump, dossier: str) -> str:
    """Return the salt that a dossier was known by in the ledger when the dump was made; empty when it still is, or
    never was."""
    kept = found.of(SALTS).get(dossier)
    there = found_in(register.tables, SALTS, dossier)
    if kept is None or (there is not None and there["salt"] == kept["salt"]):
        return ""
    return str(kept["salt"])


def _keys(register: Register, dossier: str) -> Iterator[str]:
    """Give the keys of the events of a dossier, also of those that are damaged."""
    return (key for key, _ in register.tables.scan("events") if key.startswith(f"{dossier}/"))


def _given_since(register: Register, found: FoundInDump, events: list[Event]) -> NewEvent | None:
    """Return an event that says once more that a follow-up code was given, where that was after the dump: the one of
    the dump was taken back, and opens nothing by the dossier being put back."""
    dossier, now_known = events[0].dossier, register.code_hash_of(events[0].dossier)
    kept = (found.of(table).get(dossier, {}).get("code_hash") for table in ("dossiers", "pending"))
    before = fold(events).code_hash or next(filter(None, kept), None)
    try:
        given = [one for one in register.events(dossier) if one.kind is EventKind.CODE_GIVEN]
    except DamagedError:
        given = []
    code = given[-1].data["code"] if given else now_known
    if not code or code == before or (not given and before is None):
        return None
    said = given[-1].data if given else {"way": "", "reason": ""}
    return NewEvent(EventKind.CODE_GIVEN, {**said, "code": code})


def _put_back(
    register: Register, found: FoundInDump, events: list[Event], now: datetime, given: NewEvent | None
) -> list[Event]:
    """Return the events that say that a dossier was put back: as many as keep every number of an event that anybody may
    have seen, and what was ``given`` since. None when it is what was there last, or was never here."""
    dossier, last = events[0].dossier, events[-1]
    entered, most = chain_entered(register.tables, dossier, "events")
    salts = [found.of(SALTS).get(dossier), found_in(register.tables, SALTS, dossier)]
    value = {"sequence": last.sequence, "hash": last.hash}
    if entered in (chain_value(one["salt"], value) for one in salts if one):
        return []
    there = [int(key.rpartition("/")[2]) for key in _keys(register, dossier) if key[-6:].isdecimal()]
    listed = [found_in(register.tables, table, dossier) for table in ("dossiers", "pending", "retention")]
    seen = max([most, *there, *(int(one["version"]) for one in listed if one)])
    if not seen:
        return []
    spares = [
        NewEvent(EventKind.PUT_BACK, {"copy": found.made_at, "spare": True})
        for _ in range(last.sequence, seen)
    ]
    said = NewEvent(EventKind.PUT_BACK, {"copy": found.made_at, "spare": False})
    return seal(
        [*spares, said, *([given] if given else [])],
        dossier=dossier,
        after=(last.sequence, last.hash),
        at=now,
        actor=OPERATOR,
        agreement=fold(events).agreement,
    )


def _add(register: Register, found: FoundInDump, tables: Iterable[str]) -> dict[str, int]:
    added: dict[str, int] = {}
    for table in tables:
        for key, document in found.of(table).items():
            if not _is_there(register, table, key):
                register.tables.put(table, key, document)
                added[table] = added.get(table, 0) + 1
    return added


def _is_read(register: Register, dossier: str) -> bool:
    """Say whether something is kept of who read a dossier, also where that is damaged."""
    try:
        return bool(register.access_log(dossier))
    except DamagedError:
        return True


def _leave_out(register: Register, found: FoundInDump, events: list[Event], tables: Collection[str]) -> None:
    """Have what the dump did without of a dossier read as damaged, where the register has it not either."""
    dossier = events[0].dossier
    files = {file for event in events for file in file_ids(event.data.get("values", {}))}
    for table, key in found.left_out:
        mine = key in files if table in _FILES else is_of(table, key, dossier)
        if table in tables and mine and found_in(register.tables, table, key) is None:
            leave_out(register.tables, table, key)


def _is_there(register: Register, table: str, key: str) -> bool:
    document = found_in(register.tables, table, key)
    return document is not None and (table != "submissions" or register.submission(key) is not None)


def _count_on(register: Register, found: FoundInDump) -> None:
    """Let no series give a number again that the dump knows of."""
    for series, counter in found.of("counters").items():
        known = register.tables.get("counters", series)
        if known is None or known["last"] < counter["last"]:
            register.tables.put("counters", series, counter)


def _remake(
    runtime: Runtime, register: Register, events: list[Event], found: FoundInDump, now: datetime
) -> bool:
    """Make again what lists and search show of it, with the follow-up code that it had. Says whether that is lost: in a
    dump, a dossier that nobody listed yet has it with what waits."""
    dossier = fold(events)
    agreement = runtime.library.agreement(register, dossier.agreement)
    decision = decide(agreement, dossier, now, runtime.engine)
    kept = (found.of(table).get(dossier.id, {}).get("code_hash") for table in ("dossiers", "pending"))
    code = dossier.code_hash or next(filter(None, kept), None) or register.code_hash_of(dossier.id)
    register.drop_pending(dossier.id)
    # What it counted is of then.
    register.note_recounts([dossier.id] if dossier.frozen is None else [], now)
    before = (None, register.excluded_from(dossier.id), code)
    remake(runtime, register, Decided(agreement, dossier, decision), before, now)
    return dossier.has_first_code and code is None
