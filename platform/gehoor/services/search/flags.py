"""Flags in lists, as far as they may be told: not those that rest on dossiers that do not exist for who looks."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from gehoor.core.agreement.model import Agreement
from gehoor.core.decision.decide import decide
from gehoor.core.rules.effects import Flag
from gehoor.services.access.found_dossiers import as_known, others_counted, unknown_to
from gehoor.services.ports.documents import summary_of
from gehoor.services.ports.records import Summary
from gehoor.services.ports.store import DamagedError, Where
from gehoor.services.projection.projection import UNDECIDABLE
from gehoor.services.register.register import Register
from gehoor.services.register.runtime import Runtime
from gehoor.services.register.staff import Staff

_Reading = tuple[Runtime, Register, Staff]


def flags_for(reading: _Reading, account: str, summary: Summary, now: datetime) -> tuple[str, ...]:
    """Return the flags of a dossier that an account may know of."""
    runtime, register, staff = reading
    if not summary.flags:
        return ()
    try:
        agreement = runtime.library.agreement(register, summary.agreement)
    except DamagedError:
        # Nobody knows which of them rest on other dossiers.
        return ()
    resting = _resting(agreement)
    if resting.isdisjoint(summary.flags):
        return summary.flags
    try:
        dossier = register.dossier(summary.id)
        unknown = unknown_to(register, runtime.library, staff, account, others_counted(dossier))
        if not unknown:
            return summary.flags
        decision = decide(agreement, dossier, now, runtime.engine)
        known = as_known(agreement, dossier, decision, unknown, runtime.engine).decision
        told = {flag.because for flag in known.flags}
    except UNDECIDABLE:
        told = set()
    return tuple(flag for flag in summary.flags if flag in told or flag not in resting)


def flagged_untold(
    reading: _Reading, account: str, places: Collection[tuple[str, str]], flag: str, now: datetime
) -> set[str]:
    """Return the dossiers of some departments with a flag that an account may not know of."""
    runtime, register, _staff = reading
    found = set()
    for place in places:
        digests = dict.fromkeys(one.agreement for one in runtime.library.publications(register, *place))
        resting = [digest for digest in digests if _may_rest(runtime, register, digest, flag)]
        if not resting:
            continue
        organisation, department = place
        equals = {"organisation": organisation, "department": department, "agreement": resting}
        where = Where(equals, {}, (("flags", flag),), sound_only=True)
        for summary in map(summary_of, register.tables.select("dossiers", where=where)):
            if flag not in flags_for(reading, account, summary, now):
                found.add(summary.id)
    return found


def _may_rest(runtime: Runtime, register: Register, digest: str, flag: str) -> bool:
    try:
        return flag in _resting(runtime.library.agreement(register, digest))
    except DamagedError:
        return True


def _resting(agreement: Agreement) -> set[str]:
    """Return the flags that rules give because of other dossiers."""
    return {
        effect.text
        for name in agreement.register_rules
        for effect in agreement.rules[name].effects
        if isinstance(effect, Flag)
    }
