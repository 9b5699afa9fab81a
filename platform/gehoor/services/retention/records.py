"""The retention records of a register: one for each closed dossier, and the proof of what was anonymised."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from gehoor.core.dossier.dossier import Dossier
from gehoor.services.access.authorisation import OPERATOR
from gehoor.services.ports.records import RetentionRecord, from_document, to_document
from gehoor.services.ports.store import DamagedError, Where
from gehoor.services.records.ledger_entries import found_in
from gehoor.services.records.ledger_lookup import still_entered
from gehoor.services.register.register import Register

_TABLE: Final = "retention"
_UNKNOWN: Final = "Wat hierover gezegd was, is verloren. Kijk na of het langer bewaard moet worden."
"""Why a dossier is held back of which the record was lost: it is kept with it, as any reason is."""


def record_of(register: Register, dossier: str) -> RetentionRecord | None:
    """Return what is kept about the retention of a dossier."""
    document = register.tables.get(_TABLE, dossier)
    return from_document(RetentionRecord, document) if document else None


def sound_record(register: Register, dossier: str) -> RetentionRecord | None:
    """Return what is kept about the retention of a dossier; None also where that is damaged."""
    document = found_in(register.tables, _TABLE, dossier)
    return from_document(RetentionRecord, document) if document else None


def is_anonymised(register: Register, dossier: str) -> bool:
    """Say whether a dossier was anonymised, as far as can be read."""
    record = sound_record(register, dossier)
    return record is not None and record.state == "done"


def lost_records(register: Register, dossiers: Collection[str]) -> set[str]:
    """Return the dossiers of which the record is gone or damaged, as the ledger knows that there was one. Somebody may
    have said there that a dossier is held back."""
    damaged, gone = set(), set()
    for one in dossiers:
        try:
            if register.tables.get(_TABLE, one) is None:
                gone.add(one)
        except DamagedError:
            damaged.add(one)
    return damaged | still_entered(register.tables, gone, _TABLE)


def held_unknown(dossier: Dossier) -> RetentionRecord:
    """Return the record of a dossier of which nobody knows any more whether somebody held it back."""
    return RetentionRecord(
        dossier=dossier.id,
        organisation=dossier.organisation,
        department=dossier.department,
        number=dossier.number,
        kind="",
        received="",
        closed_at="",
        version=0,
        agreement="",
        state="held",
        by=OPERATOR,
        reason=_UNKNOWN,
    )


def save_record(register: Register, record: RetentionRecord) -> None:
    """Keep what was worked out or decided about the retention of a dossier."""
    register.tables.put(_TABLE, record.dossier, to_document(record))


def drop_record(register: Register, dossier: str) -> None:
    """Forget what was worked out: the dossier is no longer closed."""
    register.tables.delete(_TABLE, dossier)


def records_in(register: Register, state: str, limit: int | None = None) -> list[RetentionRecord]:
    """Return the records in a state, those that end first in front."""
    found = register.tables.select(
        _TABLE, where=Where({"state": state}, sound_only=True), order_by=("until",), limit=limit
    )
    return [from_document(RetentionRecord, document) for document in found]


def ended_records(register: Register, before: str) -> list[RetentionRecord]:
    """Return the records of dossiers that need not be kept any more on a local day, and are not anonymised yet."""
    where = Where({"state": ["kept", "held", "approved"]}, between={"until": ("0", before)}, sound_only=True)
    found = register.tables.select(_TABLE, where=where, order_by=("until",))
    return [one for document in found if (one := from_document(RetentionRecord, document)).until < before]
