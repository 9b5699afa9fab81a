"""Withdrawing: whoever told something says, on the page of the follow-up code, that it need not go on.

What that fills in is agreed in a file. What it comes to, rules say: whether we go on by ourselves, and who decides.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from gehoor.core.access.told_outside import is_withdrawn
from gehoor.core.agreement.model import Agreement
from gehoor.core.conditions.facts import FactType
from gehoor.core.conditions.relative_dates import TODAY
from gehoor.core.dossier.events import EventKind, NewEvent
from gehoor.core.forms.fields import StoredValue
from gehoor.core.objections.milestone_objections import milestone_objections
from gehoor.services.correspondence.conversation import has_room
from gehoor.services.correspondence.texts import TextRefusedError, checked
from gehoor.services.dossiers.editing import disappeared
from gehoor.services.intake.going_on import where_it_goes_on, write_on
from gehoor.services.intake.status_page import Route, longest_reason
from gehoor.services.projection.match_keeping import remember
from gehoor.services.projection.register_lookup import looked_up
from gehoor.services.recording.changing import Case, Change, changing
from gehoor.services.recording.recording import Outcome
from gehoor.services.register.codes_in_texts import text_without_codes
from gehoor.services.register.register import Register
from gehoor.services.register.runtime import Runtime

_KEY: Final = "withdrawn"
"""By what a reason that was sent as a message is known: the same one is one message."""


def withdraw(runtime: Runtime, dossier: str, reason: str, now: datetime) -> None:
    """Withdraw a dossier for whoever has its follow-up code, in the last in which it goes on that is theirs; once. A
    milestone that still asks something is left to who works on it. What they say that has no place where reasons are
    kept, as it is long, or something else stands there, is a message to us, where they can write one: in the last that
    has a code. Where it is sent on or closed at that moment, it goes on from there. Raises ``TextRefusedError``, then
    nothing was withdrawn, also where this was not agreed or it is closed, and ``UnknownDossierError``."""
    told = checked(text_without_codes(runtime, reason)) if reason.strip() else ""
    unplaced: list[bool] = []
    where_it_goes_on(
        runtime,
        dossier,
        now,
        lambda route, still: _withdraw(runtime, (route, still), told, unplaced, now),
    )
    if any(unplaced):
        write_on(runtime, dossier, told, _KEY, now)


def _withdraw(
    runtime: Runtime,
    where: tuple[Route, Callable[[Case], None]],
    told: str,
    unplaced: list[bool],
    now: datetime,
) -> None:
    route, still = where

    def change(case: Case) -> Change | None:
        still(case)
        withdrawing = case.agreement.belonging.withdrawing
        place = withdrawing.reason_in if withdrawing else ""
        stands = case.dossier.values.get(place)
        if is_withdrawn(case.agreement, case.dossier.values):
            unplaced[:] = [bool(told) and stands != _kept(case.agreement, place, told)]
            _refuse_unwritable(case, route.writes, unplaced)
            return None
        if withdrawing is None or case.decision.closed:
            raise TextRefusedError("over")
        values = {
            name: case.today.isoformat()
            if value == TODAY and case.agreement.fact_types.get(name) is FactType.DATE
            else value
            for name, value in withdrawing.fills.items()
        }
        kept = _kept(case.agreement, place, told) if stands is None else None
        unplaced[:] = [bool(told) and kept != told]
        _refuse_unwritable(case, route.writes, unplaced)
        if kept:
            values[place] = kept
        outcome = _outcome(case, values)
        if milestone_objections(case.agreement, case.decision, outcome.decision, ""):
            closing = {one.field for one in case.agreement.milestones.values() if one.closes}
            values = {name: value for name, value in values.items() if name not in closing}
            outcome = _outcome(case, values)
        if gone := disappeared(case, outcome):
            outcome = _outcome(case, values, {**gone, "why": told})
        agreement, before, after = case.agreement, case.dossier.values, outcome.dossier

        def find_again(register: Register) -> None:
            remember(register, agreement, before, after, now)

        return Change(outcome, also=(find_again,))

    changing(runtime, route.withdraws, None, None, now, change)


def _refuse_unwritable(case: Case, writable: str, unplaced: list[bool]) -> None:
    """Refuse what has to be a message, before anything is withdrawn, where none can be written."""
    if not any(unplaced):
        return
    if not writable:
        raise TextRefusedError("no-code")
    if not has_room(case.register.dossier(writable)):
        raise TextRefusedError("many")


def _kept(agreement: Agreement, place: str, told: str) -> str | None:
    """Return what is kept of a reason in its field, read as any answer is: as much as may stand there."""
    of = agreement.dossier_form.fields.get(place)
    if of is None or not told:
        return None
    read = of.type.read(told, of, ZoneInfo(agreement.time_zone))
    return str(read)[: longest_reason(agreement)] if read else None


def _outcome(case: Case, values: dict[str, StoredValue], also: dict[str, Any] | None = None) -> Outcome:
    found = looked_up(
        case.register, case.agreement, case.dossier, {**case.dossier.values, **values}, case.now
    )
    data = {"values": values, "cleared": [], **found, **(also or {})}
    return case.outcome(NewEvent(EventKind.ANSWERED, data))
