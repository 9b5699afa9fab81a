"""Another dossier that somebody names by its number, and what is refused about two dossiers at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from gehoor.core.agreement.actions import Action
from gehoor.core.conditions.facts import FactType
from gehoor.core.conditions.relative_dates import TODAY
from gehoor.core.dossier.dossier import Dossier
from gehoor.core.dossier.events import NewEvent
from gehoor.core.forms.fields import StoredValue
from gehoor.core.objections.objections import Objection
from gehoor.core.objections.text_room import SHORT
from gehoor.services.access.authorisation import Actor
from gehoor.services.dossiers.editing import Filling, filled_in
from gehoor.services.projection.projection import reading_projection
from gehoor.services.recording.answers import RefusedError
from gehoor.services.recording.changing import AnonymisedError, Case, Change, open_case
from gehoor.services.recording.changing_both import changing_both
from gehoor.services.register.codes_in_texts import TooLongError, fitting_without_codes
from gehoor.services.register.register import UnknownDossierError
from gehoor.services.register.runtime import Runtime


def refused(code: str, **told: Any) -> RefusedError:
    """Return a refusal that is about no field."""
    return RefusedError([Objection("", code, told)])


def reason_given(runtime: Runtime, text: str) -> str:
    """Return a reason as it is kept. Not to be asked inside a transaction. Raises ``RefusedError`` where there is
    none, or where it is too long."""
    reason = fitted(runtime, text)
    if not reason:
        raise refused("reason-needed")
    return reason


def fitted(runtime: Runtime, text: str) -> str:
    """Return a text of one line as it is kept. Raises as ``reason_given`` does where it is too long."""
    try:
        return fitting_without_codes(runtime, " ".join(text.split()), SHORT)
    except TooLongError as error:
        raise refused("text-too-long", bound=error.most, length=error.length) from error


def numbered(runtime: Runtime, dossier: str, number: str, actor: Actor, action: Action, now: datetime) -> str:
    """Return the other dossier with a number, in the organisation of a dossier that somebody may change so. That they
    may know of the other, is asked by who changes it. Raises ``RefusedError`` where there is none, or where it is the
    dossier itself, and as ``changing`` does."""
    wanted = "".join(number.split()).upper()
    with reading_projection(runtime) as register:
        organisation = open_case(runtime, register, dossier, actor, action, now).agreement.organisation
        numbers = {number.strip(), wanted}
        found = {
            one.id for each in numbers for one in register.by_number(each) if one.organisation == organisation
        }
    if found == {dossier}:
        raise refused("same-dossier")
    if len(found) != 1:
        raise refused("no-such-number")
    return found.pop()


def change_both(
    runtime: Runtime,
    dossiers: tuple[str, str],
    actor: Actor,
    action: Action,
    now: datetime,
    change: Callable[[Case, Case], tuple[Change, Change]],
) -> tuple[Dossier, Dossier]:
    """Change two dossiers at once, as ``changing_both`` does. That the second does not exist for somebody, or not any
    more, is refused in the words for a number that there is not."""
    try:
        return changing_both(runtime, dossiers, actor, action, now, change)
    except UnknownDossierError as error:
        if error.args[:1] == (dossiers[1],):
            raise refused("no-such-number") from error
        raise
    except AnonymisedError as error:
        if error.args[:1] == (dossiers[1],):
            raise refused("no-such-number") from error
        raise


def on_the_day(case: Case, fills: dict[str, StoredValue]) -> dict[str, StoredValue]:
    """Return what is filled in, with the local day of today where the files say so. The day on which a milestone was
    reached stays, if it was: it was reached then."""
    reached = {one.field for one in case.agreement.milestones.values() if one.field in case.dossier.values}
    dates = {name for name in fills if case.agreement.fact_types.get(name) is FactType.DATE}
    today = case.today.isoformat()
    return {
        name: today if value == TODAY and name in dates else value
        for name, value in fills.items()
        if name not in reached
    }


def filled_with(
    case: Case, actor: Actor, fills: Mapping[str, StoredValue], reason: str, event: NewEvent
) -> Change:
    """Return what comes of an event with the answers that were agreed to go with it. Raises as ``filled_in`` does."""
    filling = Filling(case.dossier.id, fills, case.dossier.version, actor, reason=reason, events=(event,))
    found = filled_in(case, filling)
    assert found is not None, "what happened is written"
    return found
