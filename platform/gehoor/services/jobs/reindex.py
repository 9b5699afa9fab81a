"""Making again what lists and search keep of dossiers: from their events, without changing any."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from gehoor.core.decision.decide import decide
from gehoor.services.ports.store import SOUND
from gehoor.services.projection.projection import UNDECIDABLE, UNWRITABLE, project_pending, reading_projection
from gehoor.services.projection.remaking import remake
from gehoor.services.register.pending import Decided
from gehoor.services.register.register import Register, reading, writing
from gehoor.services.register.runtime import Runtime

_BATCH = 100


@dataclass
class Reindexed:
    """How many dossiers were done, and which could not be: they stay as they were."""

    done: int = 0
    failed: dict[str, str] = field(default_factory=dict)


def is_behind(runtime: Runtime) -> bool:
    """Say whether there are dossiers that search does not know: they were last saved by an earlier Gehoor."""
    with reading_projection(runtime) as register:
        # Each dossier has one text at least.
        return register.tables.count("texts") < register.tables.count("dossiers")


def reindex(runtime: Runtime, now: datetime, progress: Callable[[int], None] = lambda _: None) -> Reindexed:
    """Make the summary and the words of every dossier again, and by what it is found. Others can go on working
    meanwhile; doing it twice does no harm. ``progress`` hears how many dossiers were done."""
    result = Reindexed()
    project_pending(runtime)
    with reading(runtime.store) as register:
        ids = [document["id"] for document in register.tables.select("dossiers", where=SOUND)]
    for start in range(0, len(ids), _BATCH):
        batch = ids[start : start + _BATCH]
        try:
            with writing(runtime.store) as register:
                done = [_one(runtime, register, dossier, now, result) for dossier in batch]
            result.done += sum(done)
        except UNWRITABLE:
            # One of them cannot be written, and nothing says which: each by itself.
            for dossier in batch:
                _alone(runtime, dossier, now, result)
        progress(len(batch))
    return result


def _alone(runtime: Runtime, dossier: str, now: datetime, result: Reindexed) -> None:
    try:
        with writing(runtime.store) as register:
            done = _one(runtime, register, dossier, now, result)
        result.done += done
    except UNWRITABLE as error:
        result.failed[dossier] = f"{type(error).__name__}: {error}"


def _one(runtime: Runtime, register: Register, dossier_id: str, now: datetime, result: Reindexed) -> bool:
    try:
        dossier = register.dossier(dossier_id)
        register.refuse_shortened(dossier)
        agreement = runtime.library.agreement(register, dossier.agreement)
        decision = decide(agreement, dossier, now, runtime.engine)
        before, excluded = register.summary(dossier_id), register.excluded_from(dossier_id)
    except UNDECIDABLE as error:
        result.failed[dossier_id] = f"{type(error).__name__}: {error}"
        return False
    known = before, excluded, before.code_hash if before else None
    remake(runtime, register, Decided(agreement, dossier, decision), known, now)
    return True
