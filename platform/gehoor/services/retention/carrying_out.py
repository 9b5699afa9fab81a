"""Carrying out: anonymising the dossiers that were approved, one transaction for each.

Whatever interrupts it, each dossier is whole or anonymised, and the next time goes on. What was erased is also taken
out of where the store still has it; as long as that could not be done, it is tried again.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from gehoor.core.decision.decide import decide
from gehoor.core.dossier.dossier import fold
from gehoor.core.dossier.events import instant_text
from gehoor.core.retention.anonymisation import anonymised
from gehoor.services.access.authorisation import OUTSIDE
from gehoor.services.access.confidentiality import clearance_for
from gehoor.services.ports.outside import Mailer
from gehoor.services.ports.records import RetentionRecord
from gehoor.services.ports.store import DamagedError
from gehoor.services.projection.match_keeping import remember_anew
from gehoor.services.projection.projection import UNDECIDABLE
from gehoor.services.projection.search_index import keep_words
from gehoor.services.projection.summary import summarise
from gehoor.services.recording.recording import SWEEPER
from gehoor.services.register.register import Register, reading, writing
from gehoor.services.register.runtime import Runtime
from gehoor.services.retention.erasing import erase_kept, files_of
from gehoor.services.retention.policy import Judged, judge
from gehoor.services.retention.records import record_of, records_in, save_record
from gehoor.services.retention.survey import worked_out

_BATCH: Final = 100
_REMAINS: Final = "remains"
"""The setting that says that something was erased which the store may still have somewhere."""


@dataclass
class CarriedOut:
    """Which dossiers were anonymised (numbers), which were not because they changed since they were approved, and which
    could not be and why. ``remains``: what was erased may still be found in the file of the store; ``unread``: those
    that were done of which something of who opened them could not be read, and was erased as well."""

    done: list[str] = field(default_factory=list)
    lapsed: list[str] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)
    remains: bool = False
    unread: list[str] = field(default_factory=list)


def carry_out(
    runtime: Runtime,
    mailer: Mailer | None,
    now: datetime,
    progress: Callable[[int], None] = lambda _: None,
    stop: Callable[[], bool] = lambda: False,
) -> CarriedOut:
    """Anonymise what was approved, until that is done or ``stop`` says so. Doing it again does nothing more.

    ``mailer``: takes out the messages that it keeps. Raises ``StoreUnavailableError``.
    """
    result = CarriedOut()
    while not stop():
        with reading(runtime.store) as register:
            approved = records_in(register, "approved", _BATCH + len(result.failed))
        batch = [one for one in approved if one.dossier not in result.failed]
        with reading(runtime.store) as register:
            # A file that comes in later makes the approval lapse.
            files = files_of(register, [one.dossier for one in batch])
        if not batch:
            break
        for record in batch:
            if not stop():
                _one(runtime, mailer, record, files[record.dossier], now, result)
                progress(1)
    result.remains = not clear_remains(runtime)
    return result


def clear_remains(runtime: Runtime) -> bool:
    """Take out of the store what was erased and may still be found in it. False: that has to be tried again."""
    with reading(runtime.store) as register:
        try:
            if register.setting(_REMAINS) is None:
                return True
        except DamagedError:
            # Then there may be.
            pass
    if not runtime.store.scrub():
        return False
    with writing(runtime.store) as register:
        register.tables.delete("settings", _REMAINS)
    return True


def _one(
    runtime: Runtime,
    mailer: Mailer | None,
    record: RetentionRecord,
    files: Collection[str],
    now: datetime,
    result: CarriedOut,
) -> None:
    try:
        with reading(runtime.store) as register:
            told = [message.key for message in register.messages_of(record.dossier)]
        if mailer is not None:
            # First, for once the messages are gone nobody knows which mails were theirs.
            mailer.forget(told)
        with writing(runtime.store) as register:
            done = _anonymise(runtime, register, record.dossier, files, now, result)
    except UNDECIDABLE as error:
        result.failed[record.dossier] = f"{type(error).__name__}: {error}"
        return
    (result.done if done else result.lapsed).append(record.number)


def _anonymise(
    runtime: Runtime,
    register: Register,
    dossier_id: str,
    files: Collection[str],
    now: datetime,
    result: CarriedOut,
) -> bool:
    """Anonymise a dossier, if it still may be; else its approval lapses. ``files``: all that are kept of it."""
    record = record_of(register, dossier_id)
    if record is None or record.state != "approved":
        return False
    judged = judge(runtime, register, dossier_id, now)
    after = worked_out(judged, record)
    if after.state != "approved" or not judged.retention.ended(judged.today):
        save_record(register, replace(after, state="kept", by="", roles="", at=""))
        return False
    whole = erase_kept(register, judged.events, files)
    chain = _rewrite(runtime, register, judged, after, now)
    save_record(register, replace(after, state="done", done_at=instant_text(now), head=chain))
    register.save_setting(_REMAINS, instant_text(now))
    if not whole:
        result.unread.append(record.number)
    return True


def _rewrite(
    runtime: Runtime, register: Register, judged: Judged, record: RetentionRecord, now: datetime
) -> str:
    """Put the anonymised chain in the place of a dossier's events, and keep what follows from it; returns its head."""
    under = {one.agreement: runtime.library.agreement(register, one.agreement) for one in judged.events}
    under[judged.own.hash] = judged.own
    about = {
        "rule": record.rule,
        "name": record.name,
        "selection_rule": record.selection_rule,
        "kept_until": record.until,
        "approved_by": record.roles,
    }
    actors = {"self": SWEEPER, "outside": OUTSIDE}
    chain = anonymised(judged.events, under, judged.decision, about, now, actors)
    register.forget(chain[0].dossier)
    register.replace_events(chain)
    after = fold(chain)
    decision = decide(judged.own, after, now, runtime.engine)
    staff = runtime.staff.of(register, now)
    register.save_clearance(after.id, clearance_for(judged.own, after, decision, staff))
    register.save_summary(summarise(judged.own, after, decision, None, staff))
    keep_words(register, judged.own, after, decision)
    remember_anew(register, judged.own, after, now)
    return chain[-1].hash
