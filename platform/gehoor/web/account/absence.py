"""Mijn account: saying that one is away for a while, who acts meanwhile, and that one is back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final
from zoneinfo import ZoneInfo

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _
from werkzeug.wrappers import Response

from gehoor.services.accounts.absence import (
    AbsenceRefusedError,
    Away,
    DeputyRefusal,
    be_away,
    be_back,
    can_deputise,
    kept_days,
    zone_of_work,
)
from gehoor.services.register.register import reading
from gehoor.web.display.absences import shown_absence, typed_day
from gehoor.web.request.session import me
from gehoor.web.request.site import now, site
from gehoor.web.security.policies import Policy, allow
from gehoor.web.staff.administration.last_manager import asked_first

pages = Blueprint("absence", __name__, url_prefix="/medewerker/mijn-account/afwezig")

_REFUSED: Final[Mapping[DeputyRefusal, tuple[str, Any]]] = {
    DeputyRefusal.THEMSELVES: ("vervanger", _("Kies iemand anders.")),
    DeputyRefusal.LEFT: ("vervanger", _("Deze persoon meldt zich niet meer aan. Kies iemand anders.")),
    DeputyRefusal.ELSEWHERE: (
        "vervanger",
        _("Deze persoon werkt niet overal waar u werkt. Kies iemand anders."),
    ),
    DeputyRefusal.YOURSELF: ("vervanger", _("Kies iemand anders dan uzelf.")),
    DeputyRefusal.NOT_IN_USE: ("van", _("Uw account is afgesloten.")),
    DeputyRefusal.ENDED: ("tot", _("Deze dag is al voorbij, of komt voor uw eerste dag.")),
}


@pages.get("")
@allow(Policy.OWN)
def show() -> str:
    """Show when one is away, or ask it."""
    return _page({}, {})


@pages.post("")
@allow(Policy.OWN)
def go() -> Response | tuple[str, int]:
    """Keep that one is away."""
    typed = {name: request.form.get(name, "").strip() for name in ("van", "tot", "vervanger")}
    first, last = typed_day(typed["van"]), typed_day(typed["tot"])
    faults: dict[str, Any] = {}
    if first is None:
        faults["van"] = _("Geef uw eerste dag, bijvoorbeeld 24/12/2026.")
    if typed["tot"] and last is None:
        faults["tot"] = _("Geef uw laatste dag, of laat dit leeg.")
    if faults or first is None:
        return _page(typed, faults), 422
    wanted = Away(me().name, first, last, typed["vervanger"])
    with reading(site().runtime.store) as register:
        kept = register.account(me().name) or me()
        after = replace(kept, absences=(kept_days(site().runtime, register, kept, wanted, now()),))
    if page := asked_first(after, url_for(".show")):
        return page
    try:
        be_away(site().runtime, wanted, me().name, now())
    except AbsenceRefusedError as refused:
        field, sentence = _REFUSED[refused.refusal]
        return _page(typed, {field: sentence}), 422
    return redirect(url_for(".show"), 303)


@pages.post("/terug")
@allow(Policy.OWN)
def back() -> Response:
    """Keep that one is there again."""
    be_back(site().runtime, me().name, me().name, now())
    return redirect(url_for("my_account.show", gedaan="terug"), 303)


def _page(typed: Mapping[str, str], faults: Mapping[str, Any]) -> str:
    runtime = site().runtime
    with reading(runtime.store) as register:
        account = register.account(me().name) or me()
        staff = runtime.staff.of(register, now())
        zone = ZoneInfo(zone_of_work(runtime, register, account, now()))
        others = [one for one in register.accounts() if one.active]
    own, today = staff.accounts_of(account.name), now().astimezone(zone).date()
    absence = shown_absence(account, staff.accounts, zone, now())
    return render_template(
        "staff/absence.html",
        absence=absence,
        begun=absence is not None and (absence["first"] is None or absence["first"] <= today),
        candidates=staff.to_choose(
            one for one in others if one.name not in own and can_deputise(account, one)
        ),
        asked=", ".join(
            staff.full_name(one["deputy"])
            for one in account.waiting
            if "deputy" in one and one["by"] == account.name
        ),
        typed={**_days_of(absence, today), **typed},
        faults=faults,
    )


def _days_of(absence: Mapping[str, Any] | None, today: date) -> dict[str, str]:
    """Return what stands in the form: what holds now, to change it."""
    if absence is None:
        return {"van": today.isoformat()}
    first, last = absence["first"], absence["last"]
    return {
        "van": (first or today).isoformat(),
        "tot": last.isoformat() if last else "",
        "vervanger": absence["deputy_name"],
    }
