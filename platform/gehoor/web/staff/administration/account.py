"""One account: its name and address, its roles, when its owner is away, whose it is, and how they sign in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, TypeAlias

from flask import Blueprint, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from werkzeug.wrappers import Response

from gehoor.services.accounts.absence import AbsenceRefusedError, Away, DeputyRefusal, be_away, be_back
from gehoor.services.accounts.account_changes import AccountChange, change_account
from gehoor.services.accounts.administration import seen_account
from gehoor.services.accounts.confirmation import Asked, confirm, refuse
from gehoor.services.accounts.confirmed_state import ChangedMeanwhileError
from gehoor.services.accounts.new_accounts import give_password_once
from gehoor.services.accounts.second_factor import take_away
from gehoor.services.register.register import reading
from gehoor.web.display.absences import typed_day
from gehoor.web.request.session import me
from gehoor.web.request.site import now, site
from gehoor.web.security.policies import Policy, allow, managed
from gehoor.web.staff.administration.account_page import account_page, password_page
from gehoor.web.staff.administration.overview import address_fault, full_name_fault
from gehoor.web.staff.administration.roles import choices

pages = Blueprint("account_page", __name__, url_prefix="/medewerker/beheer/accounts/<account>")

Answer: TypeAlias = "Response | tuple[str, int]"

_REFUSED: Final[Mapping[DeputyRefusal, tuple[str, Any]]] = {
    DeputyRefusal.THEMSELVES: ("vervanger", lazy_gettext("Kies iemand anders.")),
    DeputyRefusal.LEFT: (
        "vervanger",
        lazy_gettext("Deze persoon meldt zich niet meer aan. Kies iemand anders."),
    ),
    DeputyRefusal.ELSEWHERE: (
        "vervanger",
        lazy_gettext("Deze persoon werkt niet overal waar wie weg is werkt. Kies iemand anders."),
    ),
    DeputyRefusal.YOURSELF: ("vervanger", lazy_gettext("Kies iemand anders dan uzelf.")),
    DeputyRefusal.NOT_IN_USE: (
        "weg-van",
        lazy_gettext("Met dit account meldt zich nog niemand aan. Zeg dit nadat het bevestigd is."),
    ),
    DeputyRefusal.ENDED: ("weg-tot", lazy_gettext("Deze dag is al voorbij, of komt voor de eerste dag.")),
}


@pages.get("")
@allow(Policy.MANAGES)
def show(account: str) -> str:
    """Show an account."""
    return account_page(account, {}, {})


@pages.post("/gegevens")
@allow(Policy.MANAGES)
def change(account: str) -> Answer:
    """Change name and address."""
    typed, faults = _typed("volledig", "adres"), {}
    if fault := full_name_fault(typed["volledig"]):
        faults["volledig"] = fault
    if fault := address_fault(typed["adres"]):
        faults["adres"] = fault
    if faults:
        return account_page(account, typed, faults), 422
    wanted = AccountChange(account, full_name=typed["volledig"], email=typed["adres"])
    kept = change_account(site().runtime, wanted, me().name, now())
    asked = (kept.full_name, kept.email) != (typed["volledig"], typed["adres"])
    return _done(account, "gevraagd" if asked else "gewijzigd")


@pages.post("/rollen")
@allow(Policy.MANAGES)
def give_role(account: str) -> Answer:
    """Give a role, for good or for a while."""
    typed, faults = _typed("rol", "rol-van", "rol-tot"), {}
    first, last = typed_day(typed["rol-van"]), typed_day(typed["rol-tot"])
    if typed["rol"] not in {role for roles in choices(managed()).values() for role, _name in roles}:
        faults["rol"] = _("Kies een rol.")
    if typed["rol-van"] and first is None:
        faults["rol-van"] = _("Geef de eerste dag, of laat dit leeg.")
    if typed["rol-tot"] and last is None:
        faults["rol-tot"] = _("Geef de laatste dag, of laat dit leeg.")
    elif first and last and last < first:
        faults["rol-tot"] = _("De laatste dag komt voor de eerste.")
    if faults:
        return account_page(account, typed, faults), 422
    wanted = AccountChange(account, more=(typed["rol"],), first=first, last=last)
    kept = change_account(site().runtime, wanted, me().name, now())
    asked = any(one.get("role") == typed["rol"] for one in kept.waiting)
    return _done(account, "gevraagd" if asked else "gewijzigd")


@pages.post("/rollen/weg")
@allow(Policy.MANAGES)
def take_role(account: str) -> Answer:
    """Take a role away. Who has no other role there, is no longer there for who manages it."""
    wanted = AccountChange(account, fewer=(request.form.get("rol", ""),))
    kept = change_account(site().runtime, wanted, me().name, now())
    if not managed().sees(kept):
        return redirect(url_for("accounts.overview"), 303)
    return _done(account, "gewijzigd")


@pages.post("/persoon")
@allow(Policy.MANAGES)
def same_person(account: str) -> Answer:
    """Say whose account it is."""
    wanted = AccountChange(account, same_person_as=request.form.get("persoon", ""))
    kept = change_account(site().runtime, wanted, me().name, now())
    asked = any({"person", "apart"} & set(one) for one in kept.waiting)
    return _done(account, "gevraagd" if asked else "gewijzigd")


@pages.post("/afwezig")
@allow(Policy.MANAGES)
def away(account: str) -> Answer:
    """Keep that somebody is away, and who acts meanwhile."""
    typed, faults = _typed("weg-van", "weg-tot", "vervanger"), {}
    first, last = typed_day(typed["weg-van"]), typed_day(typed["weg-tot"])
    if first is None:
        faults["weg-van"] = _("Geef de eerste dag.")
    if typed["weg-tot"] and last is None:
        faults["weg-tot"] = _("Geef de laatste dag, of laat dit leeg.")
    if faults or first is None:
        return account_page(account, typed, faults), 422
    try:
        kept = be_away(site().runtime, Away(account, first, last, typed["vervanger"]), me().name, now())
    except AbsenceRefusedError as refused:
        field, sentence = _REFUSED[refused.refusal]
        return account_page(account, typed, {field: sentence}), 422
    return _done(account, "gevraagd" if any("deputy" in one for one in kept.waiting) else "gewijzigd")


@pages.post("/terug")
@allow(Policy.MANAGES)
def back(account: str) -> Answer:
    """Keep that somebody is there again."""
    be_back(site().runtime, account, me().name, now())
    return _done(account, "gewijzigd")


@pages.post("/wachtwoord")
@allow(Policy.MANAGES)
def password(account: str) -> str:
    """Give a password that is made now, and show it this once."""
    given = give_password_once(site().runtime, site().hasher, account, me().name, now())
    return password_page(account, given)


@pages.post("/bevestigen")
@allow(Policy.MANAGES)
def confirmed(account: str) -> Answer:
    """Let what waits count, of what stood on the page: what was asked in between, nobody saw."""
    keys, seen, agreed = request.form.getlist("wat"), request.form.get("gezien", ""), True
    if request.form.get("antwoord") == "nee":
        agreed = False
    elif request.form.get("zeker") != "ja":
        return account_page(account, {}, {"bevestigd": _("Ga dit eerst na, en vink het aan.")}), 422
    try:
        (confirm if agreed else refuse)(site().runtime, account, me().name, now(), keys, seen)
    except ChangedMeanwhileError:
        changed = _("Er is intussen iets veranderd. Lees opnieuw wat er nu staat, en bevestig het dan.")
        return account_page(account, {}, {"bevestigd": changed}), 409
    return _done(account, "bevestigd" if agreed else "geweigerd")


@pages.post("/tweede-stap-af")
@allow(Policy.MANAGES)
def second_step_off(account: str) -> Answer:
    """Take the second step away, after it was asked whether it is they who ask."""
    if request.form.get("zeker") != "ja":
        return account_page(account, {}, {"zeker": _("Ga dit eerst na, en vink het aan.")}), 422
    take_away(site().runtime, account, me().name, now())
    with reading(site().runtime.store) as register:
        kept, _managed = seen_account(site().runtime, register, account, me().name, now())
    asked = any(one["what"] == Asked.SECOND_STEP for one in kept.waiting)
    return _done(account, "gevraagd" if asked else "gewijzigd")


def _typed(*names: str) -> dict[str, str]:
    return {name: " ".join(request.form.get(name, "").split()) for name in names}


def _done(account: str, what: str) -> Response:
    return redirect(url_for(".show", account=account, gedaan=what), 303)
