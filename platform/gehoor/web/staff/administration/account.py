"""One account: its name and address, its roles, when its owner is away, whose it is, and how they sign in."""

from __future__ import annotations

from typing import TypeAlias

from flask import Blueprint, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from gehoor.core.dossier.events import instant_text
from gehoor.services.accounts.account_changes import AccountChange, change_account, roles_after
from gehoor.services.accounts.administration import seen_account
from gehoor.services.accounts.confirmation import Asked, confirm, refuse
from gehoor.services.accounts.new_accounts import give_password_once
from gehoor.services.accounts.second_factor import take_away
from gehoor.services.accounts.second_person import ChangedMeanwhileError
from gehoor.services.register.register import reading
from gehoor.web.request.session import me
from gehoor.web.request.site import now, site
from gehoor.web.security.policies import Policy, allow, managed
from gehoor.web.staff.administration.account_page import (
    account_page,
    done,
    local_day,
    password_page,
    typed_in,
)
from gehoor.web.staff.administration.last_manager import asked_first
from gehoor.web.staff.administration.overview import address_fault, full_name_fault
from gehoor.web.staff.administration.roles import typed_role

pages = Blueprint("account_page", __name__, url_prefix="/medewerker/beheer/accounts/<account>")

Answer: TypeAlias = "Response | tuple[str, int]"


@pages.get("")
@allow(Policy.MANAGES)
def show(account: str) -> str:
    """Show an account."""
    return account_page(account, {}, {})


@pages.post("/gegevens")
@allow(Policy.MANAGES)
def change(account: str) -> Answer:
    """Change name and address."""
    typed, faults = typed_in("volledig", "adres"), {}
    with reading(site().runtime.store) as register:
        before, _managed = seen_account(site().runtime, register, account, me().name, now())
    if fault := full_name_fault(typed["volledig"]):
        faults["volledig"] = fault
    if not before.client and (fault := address_fault(typed["adres"])):
        faults["adres"] = fault
    if faults:
        return account_page(account, typed, faults), 422
    # No message goes to a program.
    email = None if before.client else typed["adres"]
    wanted = AccountChange(account, full_name=typed["volledig"], email=email)
    kept = change_account(site().runtime, wanted, me().name, now())
    asked = kept.full_name != typed["volledig"] or email not in (None, kept.email)
    return done(account, "gevraagd" if asked else "gewijzigd")


@pages.post("/rollen")
@allow(Policy.MANAGES)
def give_role(account: str) -> Answer:
    """Give a role, for good or for a while."""
    typed = typed_in("rol", "rol-van", "rol-tot")
    first, last, faults = typed_role(typed, managed())
    if faults:
        return account_page(account, typed, faults), 422
    wanted = AccountChange(account, more=(typed["rol"],), first=first, last=last)
    if page := _asked_first(wanted):
        return page
    kept = change_account(site().runtime, wanted, me().name, now())
    asked = any(one.get("role") == typed["rol"] for one in kept.waiting)
    return done(account, "gevraagd" if asked else "gewijzigd", first)


@pages.post("/rollen/weg")
@allow(Policy.MANAGES)
def take_role(account: str) -> Answer:
    """Take a role away. Who has no other role there, is no longer there for who manages it."""
    wanted = AccountChange(account, fewer=(request.form.get("rol", ""),))
    if page := _asked_first(wanted):
        return page
    change_account(site().runtime, wanted, me().name, now())
    return _where(account, "gewijzigd")


@pages.post("/persoon")
@allow(Policy.MANAGES)
def same_person(account: str) -> Answer:
    """Say whose account it is."""
    wanted = AccountChange(account, same_person_as=request.form.get("persoon", ""))
    kept = change_account(site().runtime, wanted, me().name, now())
    asked = any({"person", "apart"} & set(one) for one in kept.waiting)
    return done(account, "gevraagd" if asked else "gewijzigd")


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
        counts = (confirm if agreed else refuse)(site().runtime, account, me().name, now(), keys, seen)
    except ChangedMeanwhileError:
        changed = _("Er is intussen iets veranderd. Lees opnieuw wat er nu staat, en bevestig het dan.")
        return account_page(account, {}, {"bevestigd": changed}), 409
    if not agreed:
        return _where(account, "geweigerd")
    later = [one["from_at"] for one in counts if one.get("from_at", "") > instant_text(now())]
    what = "bevestigd" if len(later) in (0, len(counts)) else "deels-later"
    return done(account, what, local_day(min(later), account) if later else None)


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
    return done(account, "gevraagd" if asked else "gewijzigd")


def _asked_first(wanted: AccountChange) -> Answer | None:
    """Return a page that asks first whether roles go all the same after which nobody is left to confirm."""
    with reading(site().runtime.store) as register:
        account, _managed = seen_account(site().runtime, register, wanted.name, me().name, now())
        after = roles_after(site().runtime, register, account, wanted, now())
    return asked_first(after, url_for(".show", account=wanted.name))


def _where(account: str, what: str) -> Answer:
    """Go on to the account; to the overview where it no longer exists for whoever changed it."""
    with reading(site().runtime.store) as register:
        kept = register.account(account)
    if kept is None or not managed().sees(kept):
        return redirect(url_for("accounts.overview"), 303)
    return done(account, what)
