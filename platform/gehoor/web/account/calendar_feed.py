"""Mijn account: one's own deadlines in a calendar elsewhere, by an address that is a secret."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from flask import Blueprint, Response, abort, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Answer

from gehoor.services.exchange.calendar_feed import (
    Deadline,
    forget_address,
    new_address,
    own_deadlines,
    whose_calendar,
)
from gehoor.web.request.session import me
from gehoor.web.request.site import now, site
from gehoor.web.security.policies import Policy, allow
from gehoor.web.security.rate_limits import each_quarter, hit, visitor
from gehoor.web.security.within import see_as

pages = Blueprint("calendar_feed", __name__)

_IN_VAIN: Final = each_quarter(100)
"""Addresses of nobody, from one place."""
_OF_ONE: Final = each_quarter(60)
"""How often one calendar is asked for: programs do so each hour, or each minute."""


@pages.post("/medewerker/mijn-account/agenda")
@allow(Policy.STAFF)
def make() -> str:
    """Make an address, and show it this once. It shows dossiers: who still has to settle something of their own account
    before they see those, makes none."""
    secret = new_address(site().runtime, me().name)
    address = f"{site().runtime.home}{url_for('.feed', secret=secret)}"
    return render_template("staff/calendar_address.html", address=address)


@pages.post("/medewerker/mijn-account/agenda/weg")
@allow(Policy.OWN)
def forget() -> Answer:
    """Let the address count no more."""
    forget_address(site().runtime, me().name)
    return redirect(url_for("my_account.show", gedaan="agenda-weg"), 303)


@pages.get("/agenda/<secret>.ics")
@allow(Policy.PUBLIC)
def feed(secret: str) -> Response:
    """Give the deadlines of whose address it is; nothing that tells whether another one is of anybody."""
    account = whose_calendar(site().runtime, secret, now())
    if account is None:
        hit(_IN_VAIN, "calendar", visitor())
        abort(404)
    hit(_OF_ONE, "calendar", account.name)
    see_as(account)
    found = own_deadlines(site().runtime, account, now())
    answer = Response(_calendar(found), content_type="text/calendar; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="gehoor.ics"'
    return answer


def _calendar(deadlines: list[Deadline]) -> bytes:
    # Only here: the library takes longer to load than most pages to make.
    from icalendar import Calendar, Event  # noqa: PLC0415

    home = site().runtime.home
    calendar = Calendar()
    calendar.add("prodid", "-//Gehoor//Termijnen//NL")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _("Mijn termijnen"))
    for one in deadlines:
        event = Event()
        event.add("uid", f"{one.id}@{urlsplit(home).hostname or 'gehoor'}")
        event.add("dtstamp", now())
        event.add("dtstart", one.day)
        event.add("summary", f"{one.number}: {one.name}" if one.number else one.name)
        event.add("url", f"{home}{_page_of(one)}")
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    found: bytes = calendar.to_ical()
    return found


def _page_of(one: Deadline) -> str:
    if one.task:
        return url_for("tasks.show", dossier_id=one.dossier, task=one.task, row=one.row or None)
    return url_for("dossiers.show", dossier_id=one.dossier)
