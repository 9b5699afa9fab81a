"""Giving up one thing that is damaged and in no copy any more: whoever runs the server says so, and why. Where
something can be said in its place, nothing opens by that: a department is ended, a proposal is thrown away, a dossier
is held back. Of events nothing can: a dossier goes on as if those had never been, and who gives them up hears that."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final

from gehoor.core.dossier.events import instant_text
from gehoor.core.proposals.proposal import Deed, Entry
from gehoor.core.text.canonical_json import dump
from gehoor.services.access.authorisation import OPERATOR
from gehoor.services.maintenance.accepting import hold
from gehoor.services.maintenance.findings import DERIVED
from gehoor.services.ports.records import Publication, from_document, to_document
from gehoor.services.ports.store import DamagedError, Document, Tables, Where
from gehoor.services.records.account_records import ACCOUNTS
from gehoor.services.records.agreement_records import PUBLICATIONS
from gehoor.services.records.ledger import LedgerTables, add_row
from gehoor.services.records.ledger_entries import (
    GIVEN_UP,
    LEDGER,
    OF_REGISTER,
    PASSING,
    REGISTER,
    SALTS,
    found_in,
    name_of,
)
from gehoor.services.records.left_out import members_of, transaction
from gehoor.services.register.codes_in_texts import fitting_without_codes
from gehoor.services.register.register import Register
from gehoor.services.register.runtime import Runtime

_MOST: Final = 1000
_LAST_OF: Final = {"events": "dossier", "proposal_log": "proposal"}
"""Of these only the last can be given up: what follows on it rests on it. On who looked, or what was done with an
account, nothing rests: any entry of a log can be, and its place stays empty."""
_TAKEN_OUT: Final = frozenset(
    {"events", "accounts", "submissions", "messages", "retention", "settings", "access_log", "account_log"}
)
_log = logging.getLogger(__name__)


class Refused(StrEnum):
    """Why something is not given up."""

    SOUND = "sound"
    """It is not damaged."""
    ACCEPTED = "accepted"
    """It is of the ledger: there, all that is lost is accepted together."""
    MADE_AGAIN = "made-again"
    """A repair makes it again."""
    NOT_LAST = "not-last"
    """More follows on it, or nothing is before it: without it, that is worth nothing."""
    NEEDED = "needed"
    """Nothing can be said in its place, and nothing but what it is of is closed by it."""


class NotGivenUpError(Exception):
    """Something is not given up; nothing changed."""

    def __init__(self, refused: Refused) -> None:
        super().__init__(refused.value)
        self.refused = refused


@dataclass(frozen=True, slots=True)
class GivenUp:
    """What was given up: as it is told ever after."""

    name: str
    reason: str


def give_up(runtime: Runtime, table: str, key: str, reason: str, now: datetime) -> GivenUp:
    """Give up one document that is damaged, or was left out of a copy. The reason stays, and ``verify`` tells of it for
    ever. Raises ``NotGivenUpError``, ``TooLongError`` and ``StoreUnavailableError``."""
    said = reason_of(runtime, reason)
    with transaction(runtime.store) as tables:
        if not _is_damaged(tables, table, key):
            raise NotGivenUpError(Refused.SOUND)
        if table in (LEDGER, SALTS):
            raise NotGivenUpError(Refused.ACCEPTED)
        if table in DERIVED or table in PASSING:
            raise NotGivenUpError(Refused.MADE_AGAIN)
        if table in _LAST_OF and not _is_last(tables, table, key):
            raise NotGivenUpError(Refused.NOT_LAST)
        instead = _instead(tables, table, key, now)
        if instead is None and table not in _TAKEN_OUT:
            raise NotGivenUpError(Refused.NEEDED)
        # Without the names of people that a key may hold.
        name = name_of(table, key, "") if table in OF_REGISTER else f"{table}/{key.partition('/')[0]}"
        add_row(tables, {REGISTER: {f"{LEDGER}/{name}": ""}})
        written = LedgerTables(tables)
        register = Register(written)
        _take_out(register, table, key, instead)
        register.save_setting(f"{GIVEN_UP}{name}", dump({"at": instant_text(now), "reason": said}))
        for mark in (ACCOUNTS, PUBLICATIONS):
            if table == mark:
                register.change(mark)
        written.enter()
        if table == "retention":
            hold(tables, [key])
    _log.warning("Opgegeven, want beschadigd en in geen kopie meer: %s", name)
    return GivenUp(name, said)


def _take_out(register: Register, table: str, key: str, instead: Document | None) -> None:
    if instead is not None:
        register.tables.put(table, key, instead)
        return
    register.tables.delete(table, key)
    if table != "events":
        return
    # Lists, and what waits, know of no event past those that are left: else it would count as gone.
    known = members_of("events", key)
    dossier, left = str(known["dossier"]), int(known["sequence"]) - 1
    for other in ("dossiers", "pending"):
        document = found_in(register.tables, other, dossier)
        if document is not None and int(document["version"]) > left:
            register.tables.put(other, dossier, {**document, "version": left})


def reason_of(runtime: Runtime, reason: str) -> str:
    """Return a reason as it is kept. Raises ``TooLongError``."""
    return fitting_without_codes(runtime, reason, _MOST)


def _is_damaged(tables: Tables, table: str, key: str) -> bool:
    try:
        tables.get(table, key)
    except DamagedError:
        return True
    except KeyError:
        return False
    return False


def _is_last(tables: Tables, table: str, key: str) -> bool:
    known = members_of(table, key)
    member = _LAST_OF[table]
    if member not in known:
        return False
    sound = tables.select(
        table, where=Where({member: known[member]}, sound_only=True), order_by=("sequence",)
    )
    there = [one["sequence"] for one in sound]
    if table == "events":
        return bool(there) and there[-1] < known["sequence"]
    # In its place stands that the proposal is thrown away.
    return bool(there) and there == list(range(1, known["sequence"]))


def _instead(tables: Tables, table: str, key: str, now: datetime) -> Document | None:
    """Return what is said in the place of what is lost, so that nothing opens by it."""
    known = members_of(table, key)
    if table == PUBLICATIONS and "sequence" in known:
        return _ended(tables, known, now)
    if table == "proposal_log":
        entry = Entry(known["proposal"], known["sequence"], instant_text(now), OPERATOR, Deed.DISCARDED)
        return {**to_document(entry), "data": {}}
    return None


def _ended(tables: Tables, known: Document, now: datetime) -> Document:
    """Return that the department ended: whoever makes its agreements publishes them anew."""
    place = {"organisation": known["organisation"], "department": known["department"]}
    sound = [
        from_document(Publication, one)
        for one in tables.select(PUBLICATIONS, where=Where(place, sound_only=True), order_by=("sequence",))
    ]
    before = [one for one in sound if one.sequence < known["sequence"]]
    ended = Publication(
        **place,
        agreement="",
        published_at=instant_text(now),
        sequence=known["sequence"],
        by=OPERATOR,
        ended=True,
    )
    for one in (before[-1:] or sound)[:1]:
        ended = replace(ended, agreement=one.agreement, time_zone=one.time_zone)
        if len(before) < len(sound):
            # What came after it holds on.
            ended = replace(ended, published_at=one.published_at)
    return to_document(ended)
