"""Recounting: dossiers that count others look again, once somebody changed an answer of one that came in before."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final

from gehoor.core.dossier.events import EventKind, NewEvent
from gehoor.services.access.authorisation import Operator
from gehoor.services.projection.projection import UNDECIDABLE
from gehoor.services.projection.register_lookup import looked_up
from gehoor.services.recording.changing import AnonymisedError, Case, Change, changing
from gehoor.services.recording.recording import SWEEPER
from gehoor.services.register.register import (
    MovedError,
    UnknownDossierError,
    VersionConflictError,
    reading,
    writing,
)
from gehoor.services.register.runtime import Runtime

_BATCH: Final = 100
"""How many notes are read at once; each dossier is recounted in a transaction of its own."""


def recount(runtime: Runtime, now: datetime, stop: Callable[[], bool] = lambda: False) -> dict[str, str]:
    """Look up again what the register gives for each dossier that was noted, until that is done or ``stop`` says so;
    returns those for which it could not be done and why: they stay noted, and keep no other waiting.

    Several at once do no harm: each looks at what is there then, and says nothing when that was said.
    """
    failed: dict[str, str] = {}
    while not stop():
        with reading(runtime.store) as register:
            noted = register.recounts(_BATCH, failed)
        if not noted:
            break
        for dossier in noted:
            try:
                changing(runtime, dossier, Operator(SWEEPER), None, now, _recounted, at_once=True)
            except (AnonymisedError, UnknownDossierError):
                # Nothing changes in it any more, or it is gone.
                with writing(runtime.store) as register:
                    register.drop_recount(dossier)
            except (*UNDECIDABLE, MovedError, VersionConflictError) as error:
                failed[dossier] = f"{type(error).__name__}: {error}"
            if stop():
                break
    return failed


def _recounted(case: Case) -> Change | None:
    # Nobody else writes now: what was noted until here is done with.
    case.register.drop_recount(case.dossier.id)
    found = looked_up(case.register, case.agreement, case.dossier, case.dossier.values, case.now)
    return Change(case.outcome(NewEvent(EventKind.RECOUNTED, found))) if found else None
