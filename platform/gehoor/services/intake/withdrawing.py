"""Withdrawing: whoever told something says, on the page of the follow-up code, that it need not go on.

What that fills in is agreed in a file. What it comes to, rules say: whether we go on by ourselves, and who decides.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from gehoor.core.conditions.facts import FactType
from gehoor.core.conditions.relative_dates import TODAY
from gehoor.core.dossier.events import EventKind, NewEvent
from gehoor.core.forms.fields import StoredValue
from gehoor.core.objections.milestone_objections import milestone_objections
from gehoor.services.dossiers.editing import disappeared
from gehoor.services.intake.status_page import is_withdrawn
from gehoor.services.projection.register_lookup import looked_up, remember
from gehoor.services.recording.changing import Case, Change, changing
from gehoor.services.recording.recording import Outcome
from gehoor.services.register.register import Register, UnknownDossierError
from gehoor.services.register.runtime import Runtime

LONGEST: Final = 2000
"""How many signs a reason may have."""


def withdraw(runtime: Runtime, dossier: str, reason: str, now: datetime) -> None:
    """Withdraw a dossier for whoever has its follow-up code; once. A milestone that still asks something is left to who
    works on it. Raises ``UnknownDossierError``, also where this was not agreed or it is closed."""

    def change(case: Case) -> Change | None:
        if is_withdrawn(case.agreement, case.dossier.values):
            return None
        if case.agreement.belonging.withdrawing is None or case.decision.closed:
            raise UnknownDossierError(dossier)
        values = _filled_in(case, reason)
        outcome = _outcome(case, values)
        if milestone_objections(case.agreement, case.decision, outcome.decision, ""):
            closing = {one.field for one in case.agreement.milestones.values() if one.closes}
            values = {name: value for name, value in values.items() if name not in closing}
            outcome = _outcome(case, values)
        if gone := disappeared(case, outcome):
            outcome = _outcome(case, values, {**gone, "why": reason})
        agreement, before, after = case.agreement, case.dossier.values, outcome.dossier

        def find_again(register: Register) -> None:
            remember(register, agreement, before, after, now)

        return Change(outcome, also=(find_again,))

    changing(runtime, dossier, None, None, now, change)


def _filled_in(case: Case, reason: str) -> dict[str, StoredValue]:
    withdrawing, fields = case.agreement.belonging.withdrawing, case.agreement.dossier_form.fields
    assert withdrawing is not None
    values = {
        name: case.today.isoformat()
        if value == TODAY and case.agreement.fact_types.get(name) is FactType.DATE
        else value
        for name, value in withdrawing.fills.items()
    }
    told = reason.strip()
    if withdrawing.reason_in and told:
        most = int(fields[withdrawing.reason_in].schema.get("maxLength", LONGEST))
        values[withdrawing.reason_in] = told[:most]
    return values


def _outcome(case: Case, values: dict[str, StoredValue], also: dict[str, Any] | None = None) -> Outcome:
    found = looked_up(
        case.register, case.agreement, case.dossier, {**case.dossier.values, **values}, case.now
    )
    data = {"values": values, "cleared": [], **found, **(also or {})}
    return case.outcome(NewEvent(EventKind.ANSWERED, data))
