"""The sweep: everything that a moment calls for, done exactly once.

The register knows for each dossier the earliest instant at which something happens, so a sweep costs what the
dossiers that need attention cost, not what the register holds.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

from gehoor.core.decision.decide import decide
from gehoor.core.dossier.events import EventKind
from gehoor.services.dossiers.attachments import drop_waiting
from gehoor.services.dossiers.autosave import drop_old
from gehoor.services.dossiers.recording import carry_out
from gehoor.services.intake.saved_drafts import drop_expired
from gehoor.services.intake.status_sessions import drop_ended
from gehoor.services.ports.records import Summary
from gehoor.services.projection.projection import UNDECIDABLE, project_pending
from gehoor.services.projection.search_index import audiences_change, keep_words
from gehoor.services.projection.summary import summarise
from gehoor.services.register.register import Register, reading, writing
from gehoor.services.register.runtime import Runtime
from gehoor.services.register.staff import Staff

_BATCH = 100
"""How many dossiers share one transaction: large enough to share its cost, small enough not to keep others waiting."""


@dataclass(frozen=True, slots=True)
class Flag:
    """A term that was found missed: level 1 the miss itself, higher levels its escalations."""

    dossier: str
    number: str
    deadline: str
    due: str
    level: int


@dataclass
class Swept:
    """What a sweep did. ``failed`` are dossiers that could not be decided; they are tried again next time."""

    flags: list[Flag] = field(default_factory=list)
    reminders: int = 0
    failed: dict[str, str] = field(default_factory=dict)


def sweep(runtime: Runtime, now: datetime, progress: Callable[[int], None] = lambda _: None) -> Swept:
    """Do everything that is called for by ``now``. ``progress`` hears how many dossiers were done.

    Several sweeps at once do no harm: what one has done, the next no longer finds.
    """
    result = Swept()
    drop_waiting(runtime, now)
    drop_expired(runtime, now)
    drop_ended(runtime, now)
    drop_old(runtime, now)
    project_pending(runtime)
    while True:
        with reading(runtime.store) as register:
            waiting = register.attention_before(now, _BATCH + len(result.failed))
        batch = [summary.id for summary in waiting if summary.id not in result.failed]
        if not batch:
            return result
        with writing(runtime.store) as register:
            # Read again, now that nobody else can write: another sweep may have been first.
            found = register.attention_before(now, _BATCH + len(result.failed))
            still = {summary.id: summary for summary in found}
            staff = runtime.staff.of(register)
            for dossier in batch:
                if dossier in still:
                    _sweep_one(runtime, register, (still[dossier], staff), now, result)
        progress(len(batch))


def _sweep_one(
    runtime: Runtime, register: Register, known: tuple[Summary, Staff], now: datetime, result: Swept
) -> None:
    """``known``: how lists show the dossier, and everyone who may be told."""
    before, staff = known
    dossier_id = before.id
    try:
        dossier = register.dossier(dossier_id)
        agreement = runtime.library.agreement(register, dossier.agreement)
        decision = decide(agreement, dossier, now, runtime.engine)
    except UNDECIDABLE as error:
        # One dossier that cannot be decided must not keep the others from being flagged.
        result.failed[dossier_id] = f"{type(error).__name__}: {error}"
        return
    events, after = carry_out(runtime, register, staff, agreement, dossier, decision)
    # What was called for is done; the answers did not change, so all else that was decided still holds.
    settled = replace(decision, due_actions=())
    register.save_summary(summarise(agreement, after, settled, before.code_hash))
    if audiences_change(agreement):
        keep_words(register, staff.in_forms(agreement), after, settled)
    for event in events:
        if event.kind is EventKind.REMINDED:
            result.reminders += 1
        elif event.kind in (EventKind.DEADLINE_MISSED, EventKind.ESCALATED):
            data = event.data
            result.flags.append(
                Flag(dossier_id, dossier.number, data["term"], data["due"], int(data["level"]))
            )
