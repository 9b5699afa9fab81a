"""Beheer: the accounts that somebody manages, what asks for attention, and a new account."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from zoneinfo import ZoneInfo

from flask import Blueprint, render_template, request, url_for
from flask_babel import gettext as _

from gehoor.core.text.contacts import is_email
from gehoor.core.text.normalise import undrawn
from gehoor.services.access.vacant_roles import empty_roles
from gehoor.services.accounts.absence import zone_of_work
from gehoor.services.accounts.accounts import plain_name
from gehoor.services.accounts.administration import accounts_for
from gehoor.services.accounts.new_accounts import SIGN_IN_NAME, NameTakenError, new_account_once
from gehoor.services.ports.records import Account
from gehoor.services.register.register import reading
from gehoor.web.display.absences import shown_absence
from gehoor.web.request.session import me
from gehoor.web.request.site import now, site
from gehoor.web.security.policies import Policy, allow, managed
from gehoor.web.staff.administration.account_page import password_page
from gehoor.web.staff.administration.roles import choices, held

pages = Blueprint("accounts", __name__, url_prefix="/medewerker/beheer")

_ON_A_PAGE: Final = 50


@pages.get("")
@allow(Policy.MANAGES)
def overview() -> str:
    """Show the accounts, with their roles, and the roles that nobody has."""
    runtime, asked = site().runtime, request.args.get("q", "").strip()
    mine = accounts_for(runtime, me().name, now())[0]
    found = [one for one in mine if _fits(one, asked)]
    last = max(1, -(-len(found) // _ON_A_PAGE))
    page = min(max(request.args.get("bladzijde", 1, int), 1), last)
    vacant = [
        (one.name, managed().agreements[one.organisation, one.department].department_name)
        for one in empty_roles(runtime, now())
        if (one.organisation, one.department) in managed().agreements
    ]
    return render_template(
        "staff/accounts.html",
        lines=_lines(found[(page - 1) * _ON_A_PAGE : page * _ON_A_PAGE]),
        total=len(found),
        page=page,
        last=last,
        further=lambda to: url_for(".overview", q=asked or None, bladzijde=to),
        asked=asked,
        vacant=vacant,
        unconfirmed=[one for one in mine if _waits(one)],
    )


@pages.route("/nieuw", methods=["GET", "POST"])
@allow(Policy.MANAGES)
def new() -> str | tuple[str, int]:
    """Add an account, and show the password that was made for it, this once."""
    if request.method == "GET":
        return _form({}, {})
    typed = {
        name: " ".join(request.form.get(name, "").split()) for name in ("naam", "volledig", "adres", "rol")
    }
    faults = _faults(typed)
    account = Account(plain_name(typed["naam"]), typed["volledig"], typed["adres"], "", (typed["rol"],))
    if not faults:
        try:
            password = new_account_once(site().runtime, site().hasher, account, me().name, now())
            return password_page(account.name, password)
        except NameTakenError:
            faults["naam"] = _("Deze naam is al in gebruik. Kies een andere.")
    return _form(typed, faults), 422


def address_fault(text: str) -> str:
    """Return what is wrong with an address; empty when nothing is."""
    return "" if is_email(text) else _("Geef een e-mailadres, bijvoorbeeld els@voorbeeld.be.")


def full_name_fault(text: str) -> str:
    """Return what is wrong with a full name; empty when nothing is."""
    if undrawn(text):
        return str(_("In deze naam staan tekens die niemand ziet. Typ de naam opnieuw."))
    return "" if text else str(_("Geef de volledige naam."))


def _faults(typed: Mapping[str, str]) -> dict[str, str]:
    faults = {}
    if SIGN_IN_NAME.fullmatch(plain_name(typed["naam"])) is None:
        faults["naam"] = _("Gebruik kleine letters, cijfers, punt en streepje; minstens twee tekens.")
    if fault := full_name_fault(typed["volledig"]):
        faults["volledig"] = fault
    if fault := address_fault(typed["adres"]):
        faults["adres"] = fault
    if typed["rol"] not in {role for roles in choices(managed()).values() for role, _name in roles}:
        faults["rol"] = _("Kies een rol.")
    return faults


def _form(typed: Mapping[str, str], faults: Mapping[str, str]) -> str:
    return render_template("staff/account_new.html", typed=typed, faults=faults, choices=choices(managed()))


def _waits(account: Account) -> bool:
    return any(managed().has(one["role"]) if "role" in one else True for one in account.waiting)


def _fits(account: Account, asked: str) -> bool:
    words = f"{account.name} {account.full_name} {account.email}".casefold()
    return all(word in words for word in asked.casefold().split())


def _lines(accounts: list[Account]) -> list[dict[str, Any]]:
    """Return what a line shows of each account: itself, its roles in words, its absence, and who is the same person."""
    with reading(site().runtime.store) as register:
        staff = site().runtime.staff.of(register, now())
        zones = [ZoneInfo(zone_of_work(site().runtime, register, one, now())) for one in accounts]
    return [
        {
            "account": one,
            "roles": held(one, managed(), zone),
            "elsewhere": not all(map(managed().has, one.all_roles)),
            "absence": shown_absence(one, staff.accounts, zone, now()),
            "waiting": _waits(one),
            "same": [
                staff.full_name(name) + f" ({name})"
                for name in sorted(staff.accounts_of(one.name) - {one.name})
                if managed().sees(staff.accounts[name])
            ],
        }
        for one, zone in zip(accounts, zones, strict=True)
    ]
