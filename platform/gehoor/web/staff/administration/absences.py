"""Somebody is away for a while, as who manages their account says it, and is back."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeAlias

from flask import Blueprint, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from gehoor.services.accounts.absence import (
    AbsenceRefusedError,
    Away,
    DeputyRefusal,
    be_away,
    be_back,
    kept_days,
)
from gehoor.services.accounts.administration import managed_account
from gehoor.services.register.register import reading
from gehoor.web.display.absences import typed_day
from gehoor.web.request.session import me
from gehoor.web.request.site import now, site
from gehoor.web.security.policies import Policy, allow
from gehoor.web.staff.administration.account_page import account_page, done, typed_in
from gehoor.web.staff.administration.last_manager import asked_first

pages = Blueprint("account_absence", __name__, url_prefix="/medewerker/beheer/accounts/<account>")

Answer: TypeAlias = "Response | tuple[str, int]"


@pages.post("/afwezig")
@allow(Policy.MANAGES)
def away(account: str) -> Answer:
    """Keep that somebody is away, and who acts meanwhile."""
    typed, faults = typed_in("weg-van", "weg-tot", "vervanger"), {}
    first, last = typed_day(typed["weg-van"]), typed_day(typed["weg-tot"])
    if first is None:
        faults["weg-van"] = _("Geef de eerste dag.")
    if typed["weg-tot"] and last is None:
        faults["weg-tot"] = _("Geef de laatste dag, of laat dit leeg.")
    if faults or first is None:
        return account_page(account, typed, faults), 422
    wanted = Away(account, first, last, typed["vervanger"])
    with reading(site().runtime.store) as register:
        kept, _managed = managed_account(site().runtime, register, account, me().name, now())
        after = replace(kept, absences=(kept_days(site().runtime, register, kept, wanted, now()),))
    if page := asked_first(after, url_for("account_page.show", account=account)):
        return page
    try:
        kept = be_away(site().runtime, wanted, me().name, now())
    except AbsenceRefusedError as refused:
        field, sentence = _refused(refused.refusal)
        return account_page(account, typed, {field: sentence}), 422
    asked = any("deputy" in one for one in kept.waiting)
    return done(account, "gevraagd" if asked else "gewijzigd", first)


@pages.post("/terug")
@allow(Policy.MANAGES)
def back(account: str) -> Answer:
    """Keep that somebody is there again."""
    be_back(site().runtime, account, me().name, now())
    return done(account, "gewijzigd")


def _refused(refusal: DeputyRefusal) -> tuple[str, str]:
    """Return which field was refused, and the sentence that says why."""
    return {
        DeputyRefusal.THEMSELVES: ("vervanger", _("Kies iemand anders.")),
        DeputyRefusal.LEFT: (
            "vervanger",
            _("Deze persoon meldt zich niet meer aan. Kies iemand anders."),
        ),
        DeputyRefusal.ELSEWHERE: (
            "vervanger",
            _("Deze persoon werkt niet overal waar wie weg is werkt. Kies iemand anders."),
        ),
        DeputyRefusal.YOURSELF: ("vervanger", _("Kies iemand anders dan uzelf.")),
        DeputyRefusal.NOT_IN_USE: (
            "weg-van",
            _("Met dit account meldt zich nog niemand aan. Zeg dit nadat het bevestigd is."),
        ),
        DeputyRefusal.ENDED: ("weg-tot", _("Deze dag is al voorbij, of komt voor de eerste dag.")),
    }[refusal]
