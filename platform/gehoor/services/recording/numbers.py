"""The number of a dossier that is opened: the next of its series, or the one that it had elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from gehoor.core.agreement.model import Agreement
from gehoor.core.agreement.numbering import number, place_in_series, series
from gehoor.core.forms.fields import StoredValue
from gehoor.core.forms.form import facts_of
from gehoor.core.objections.objections import Objection
from gehoor.services.recording.answers import RefusedError
from gehoor.services.records.keys import event_key
from gehoor.services.records.ledger_entries import found_in
from gehoor.services.records.number_series import reserve
from gehoor.services.register.register import Register


def draw_number(
    register: Register, agreement: Agreement, values: Mapping[str, StoredValue], now: datetime
) -> str:
    """Draw the number in the same transaction as the save, so that the series has no gaps."""
    zone = ZoneInfo(agreement.time_zone)
    year = now.astimezone(zone).year
    received = facts_of(agreement.dossier_form.fields, values).get(agreement.field_for("received-on"))
    if agreement.number_year_of == "receipt" and isinstance(received, date):
        year = (received.astimezone(zone) if isinstance(received, datetime) else received).year
    drawn = number(agreement, year, register.next_number(series(agreement, year)))
    if any(one.organisation == agreement.organisation for one in register.by_number(drawn)):
        drawn = number(agreement, year, register.next_number(series(agreement, year), anew=True))
    return drawn


def number_for(
    register: Register, agreement: Agreement, values: Mapping[str, StoredValue], now: datetime, kept: str
) -> str:
    """Return the number of a dossier that is opened: the one that it had elsewhere (``kept``), or the next here. Raises
    as ``keep_number`` does, and has written nothing then."""
    return keep_number(register, agreement, kept) if kept else draw_number(register, agreement, values, now)


def is_taken(register: Register, agreement: Agreement, kept: str) -> bool:
    """Say whether a dossier of the organisation has this number, also one that no list knows yet."""
    if any(one.organisation == agreement.organisation for one in register.by_number(kept)):
        return True
    firsts = (found_in(register.tables, "events", event_key(one.dossier, 1)) for one in register.pending())
    said = (one["data"] for one in firsts if one is not None)
    return any((one["organisation"], one["number"]) == (agreement.organisation, kept) for one in said)


def keep_number(register: Register, agreement: Agreement, kept: str) -> str:
    """Keep the number that a dossier had elsewhere; where it is one of our series, that goes on after it. Raises
    ``RefusedError`` for one that is taken."""
    if is_taken(register, agreement, kept):
        raise RefusedError([Objection("", "number-taken", {"number": kept})])
    place = place_in_series(agreement, kept)
    if place is not None:
        reserve(register.tables, series(agreement, place[0]), place[1])
    return kept
