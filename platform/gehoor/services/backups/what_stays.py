"""What becomes of what a register keeps of a dossier beside its events, when those are put back from a copy."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from gehoor.core.dossier.dossier import fold
from gehoor.core.dossier.events import Event
from gehoor.services.ports.store import Document, Where
from gehoor.services.records.ledger_entries import SALTS, content, digest, found_in
from gehoor.services.records.ledger_lookup import last_entered
from gehoor.services.register.register import Register
from gehoor.services.retention.erasing import file_ids, files_of
from gehoor.services.retention.records import held_unknown, lost_records, save_record


class Then(StrEnum):
    """What becomes of the documents of a table."""

    MADE_AGAIN = "made-again"
    """They follow from events, and are made again from those that were put back."""
    GOES = "goes"
    """What the events that were put back, or the copy, do not know goes: what it was of is gone."""
    STAYS = "stays"
    """What was told or looked at was, and what somebody decided or typed was about a version that there is no more: it
    is judged anew by that."""


THEN: Final[Mapping[str, Then]] = {
    "dossiers": Then.MADE_AGAIN,
    "pending": Then.MADE_AGAIN,
    "match_keys": Then.MADE_AGAIN,
    "texts": Then.MADE_AGAIN,
    "exclusions": Then.MADE_AGAIN,
    "tasks": Then.MADE_AGAIN,
    "confidential": Then.MADE_AGAIN,
    "attachments": Then.GOES,
    "attachment_contents": Then.GOES,
    "submissions": Then.GOES,
    "repeats": Then.GOES,
    "access_log": Then.STAYS,
    "messages": Then.STAYS,
    "retention": Then.STAYS,
    "recounts": Then.STAYS,
    "unsaved": Then.STAYS,
    "visits": Then.STAYS,
    "salts": Then.STAYS,
}
"""Every table whose documents belong to a dossier, but for its events."""


def let_go(register: Register, events: list[Event], sent: frozenset[str], retention: Document | None) -> None:
    """Take out what goes. ``sent``: the forms that the copy knows; who sends any other once more, sends it for the
    first time. ``retention``: what the copy knows of keeping it."""
    dossier = events[0].dossier
    named = {file for event in events for file in file_ids(event.data.get("values", {}))}
    for file in files_of(register, [dossier])[dossier]:
        if file not in named:
            register.tables.delete("attachments", file)
            register.tables.delete("attachment_contents", file)
    if found_in(register.tables, "retention", dossier) is None:
        if _is_lost(register, dossier, retention) and (whole := fold(events)).frozen is None:
            # Perhaps somebody held it back.
            save_record(register, held_unknown(whole))
        else:
            # What was decided of it was about what is gone; the copy may know something else.
            register.tables.delete("retention", dossier)
    known = {key for key, one in register.tables.scan("submissions") if one and one.get("dossier") == dossier}
    for key in sorted(known - sent):
        register.forget_submission(key)
    for done in register.tables.select("repeats", where=Where({"dossier": dossier}, sound_only=True)):
        register.tables.delete("repeats", done["id"])


def _is_lost(register: Register, dossier: str, copied: Document | None) -> bool:
    """Say whether what was decided last about keeping a dossier is lost: damaged or gone, and not what the copy has."""
    if dossier not in lost_records(register, [dossier]):
        return False
    salt = found_in(register.tables, SALTS, dossier)
    entered = last_entered(register.tables, dossier, "retention")
    return copied is None or salt is None or digest(salt["salt"], content(copied)) != entered
