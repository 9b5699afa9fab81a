"""Handing back: a dossier that whoever handles it may no longer know of, because roles changed and not the dossier."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Final

from gehoor.services.access.authorisation import Operator
from gehoor.services.access.confidentiality import is_cleared
from gehoor.services.ports.store import Equals, Where
from gehoor.services.projection.projection import UNDECIDABLE, reading_projection
from gehoor.services.recording.changing import Case, Change, changing
from gehoor.services.recording.recording import SWEEPER
from gehoor.services.register.register import Register
from gehoor.services.register.runtime import Runtime
from gehoor.services.register.staff import Staff

_FEW_PEOPLE: Final = 200
_MANY_DOSSIERS: Final = 5000


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
    return None if case.hidden_from.isdisjoint(case.dossier.handlers) else Change(case.outcome())


def _handling(register: Register, staff: Staff, confidential: Where) -> list[str]:
    """Return who may handle one of some dossiers: who does, or of very many dossiers and not many people, everybody.
    Counting by whom each is handled would take the longer the more there are."""
    if len(staff.accounts) <= _FEW_PEOPLE:
        there = register.tables.count("dossiers", where=confidential, most=_MANY_DOSSIERS)
        if there >= _MANY_DOSSIERS:
            return sorted(staff.accounts)
    handling = {
        str(name)
        for by in ("handler", "beside")
        for name in register.tables.tally("dossiers", by, where=confidential)
        if name
    }
    return sorted(handling & set(staff.accounts))


def _unseen(runtime: Runtime, now: datetime) -> list[str]:
    with reading_projection(runtime) as register:
        places = register.clearances_by_place()
        if not places:
            return []
        staff = runtime.staff.of(register, now)
        found: list[str] = []
        for (organisation, department), keys in sorted(places.items()):
            there: Equals = {"organisation": organisation, "department": department, "closed": False}
            confidential = {**there, "clearance": keys}
            for name in _handling(register, staff, Where(confidential)):
                # Of a few people, instead of every dossier that is open.
                kept = [key for key in keys if not is_cleared(register, runtime.library, staff, name, key)]
                theirs = (Where({**there, "handler": name}), Where(there, holding=(("beside", name),)))
                for one in theirs if kept else ():
                    asked = replace(one, equals={**one.equals, "clearance": kept}, sound_only=True)
                    found += [each["id"] for each in register.tables.select("dossiers", where=asked)]
        return found
