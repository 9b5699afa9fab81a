"""Handing back: a dossier that whoever handles it may no longer know of, because roles changed and not the dossier."""

from __future__ import annotations

from datetime import datetime

from gehoor.services.access.authorisation import Operator
from gehoor.services.access.confidentiality import is_cleared
from gehoor.services.ports.store import Where
from gehoor.services.projection.projection import UNDECIDABLE, reading_projection
from gehoor.services.recording.changing import Case, Change, changing
from gehoor.services.recording.recording import SWEEPER
from gehoor.services.register.runtime import Runtime


def hand_back(runtime: Runtime, now: datetime) -> int:
    """Take open dossiers from those who handle them and may not know of them because of their level; the role that is
    responsible hears it. Returns how many. A register without confidential dossiers is only read."""
    found = _unseen(runtime, now)
    for dossier in found:
        try:
            changing(runtime, dossier, Operator(SWEEPER), None, now, _back)
        except UNDECIDABLE:
            # What is wrong with one must not keep the others from being handed back.
            continue
    return len(found)


def _back(case: Case) -> Change | None:
    # What follows on any change of a dossier takes it from its handler: nothing else is to happen.
    return Change(case.outcome()) if case.dossier.handler in case.hidden_from else None


def _unseen(runtime: Runtime, now: datetime) -> list[str]:
    with reading_projection(runtime) as register:
        places = {place: list(register.clearances(place)) for place in register.published_departments()}
        staff = runtime.staff.of(register, now)
        found: list[str] = []
        for (organisation, department), keys in places.items():
            for name in staff.accounts if keys else ():
                # Of a few people, instead of every dossier that is open.
                theirs = {"organisation": organisation, "department": department, "handler": name}
                if not register.tables.count("dossiers", where={**theirs, "closed": False}):
                    continue
                kept = [key for key in keys if not is_cleared(register, runtime.library, staff, name, key)]
                asked = Where({**theirs, "clearance": kept, "closed": False}, sound_only=True)
                found += [one["id"] for one in register.tables.select("dossiers", where=asked) if kept]
        return found
