"""When a message came in, and of which kind it is, as other dossiers ask it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from gehoor.core.agreement.model import Agreement
from gehoor.core.forms.fields import KINDS, StoredValue


def received_on(agreement: Agreement, values: Mapping[str, StoredValue], now: datetime) -> date:
    """Return the local day on which a message came in; today where nothing says it."""
    name = agreement.field_for("received-on")
    zone = ZoneInfo(agreement.time_zone)
    value = values.get(name)
    if value is None:
        return now.astimezone(zone).date()
    of = agreement.dossier_form.fields[name]
    moment = KINDS[of.kind].fact(value, of)
    if not isinstance(moment, date):
        # What was published before the kind of the field was checked, says no day there.
        return now.astimezone(zone).date()
    return moment.astimezone(zone).date() if isinstance(moment, datetime) else moment


def kind_of(agreement: Agreement, values: Mapping[str, StoredValue]) -> str:
    """Return the kind of a message; empty where nothing says it."""
    return str(values.get(agreement.field_for("message-kind"), ""))


def received_hour(agreement: Agreement, values: Mapping[str, StoredValue]) -> str:
    """Return the local hour at which a message came in; empty where only the day is known."""
    field = agreement.field_for("received-on")
    value = str(values.get(field, ""))
    if "T" in value:
        return local_hour(agreement, datetime.fromisoformat(value))
    hours = [one.hour for one in agreement.milestones.values() if one.field == field and one.hour]
    return next((str(values[name]) for name in hours if name in values), "")


def local_hour(agreement: Agreement, moment: datetime) -> str:
    """Return the hour on the clock where the organisation is."""
    return f"{moment.astimezone(ZoneInfo(agreement.time_zone)):%H:%M}"
