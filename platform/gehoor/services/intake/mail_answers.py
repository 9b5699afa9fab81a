"""What an e-mail answers of the dossier form: who wrote it, what, and when it came. Which field is which goes by its
meaning; what else holds of every e-mail is agreed at the fields."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from gehoor.core.agreement.model import Agreement
from gehoor.core.forms.fields import StoredValue
from gehoor.core.mail.model import IncomingMail


def told_by_mail(
    agreement: Agreement, mail: IncomingMail, asked: Collection[str], now: datetime
) -> dict[str, StoredValue]:
    """Return the answers that an e-mail gives to the fields that are ``asked``, by field."""
    agreed = {name: agreement.dossier_form.fields[name].by_email for name in asked}
    told: dict[str, StoredValue] = {name: value for name, value in agreed.items() if value is not None}
    for meaning, value in _told(agreement, mail, asked, now):
        name = agreement.field_for(meaning)
        if name in asked and value:
            told[name] = value
    return told


def arrived_at(mail: IncomingMail, now: datetime) -> datetime | None:
    """Return when an e-mail came in: by the server that took it, else when it was sent. A clock that is ahead is not
    believed."""
    return next((at for at in (mail.received_at, mail.sent_at) if at is not None and at <= now), None)


def _told(
    agreement: Agreement, mail: IncomingMail, asked: Collection[str], now: datetime
) -> Iterator[tuple[str, str]]:
    yield "subject", mail.subject
    yield "story", mail.text or mail.subject
    yield "complainant.email", mail.sender_address
    first, last = "", mail.sender_name
    if agreement.field_for("complainant.first-name") in asked and last.count(",") == 1:
        last, first = (part.strip() for part in last.split(","))
    yield "complainant.first-name", first
    yield "complainant.name", last
    if arrived := arrived_at(mail, now):
        local = arrived.astimezone(ZoneInfo(agreement.time_zone))
        yield "received-on", local.date().isoformat()
        yield "received-time", local.strftime("%H:%M")
