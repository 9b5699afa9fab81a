"""Beheer: the accounts that somebody manages, what asks for attention, and a new account."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from zoneinfo import ZoneInfo

from flask import Blueprint, render_template, request, url_for
from flask_babel import gettext as _

from gehoor.core.access.roles import EVERY_DEPARTMENT
from gehoor.core.text.contacts import is_email
from gehoor.core.text.normalise import undrawn
from gehoor.services.access.vacant_roles import empty_roles
from gehoor.services.accounts.absence import zone_of_work
from gehoor.services.accounts.account_changes import AccountChange, roles_after
from gehoor.services.accounts.accounts import plain_name
from gehoor.services.accounts.administration import accounts_for
from gehoor.services.accounts.new_accounts import SIGN_IN_NAME, NameTakenError, new_account_once
from gehoor.services.ports.records import Account
from gehoor.services.register.register import reading
from gehoor.web.display.absences import shown_absence
from gehoor.web.request.session import me
from gehoor.web.request.site import now, site
from gehoor.web.security.policies import Policy, allow, managed, to_confirm
from gehoor.web.security.text_room import text_room
from gehoor.web.staff.administration.account_page import password_page, typed_in
from gehoor.web.staff.administration.last_manager import standing
from gehoor.web.staff.administration.roles import choices, held, typed_role
from gehoor.web.staff.administration.waiting import once_confirmed

pages = Blueprint("accounts", __name__, url_prefix="/medewerker/beheer")

_ON_A_PAGE: Final = 50


@pages.get("")
@allow(Policy.MANAGES)
def overview() -> str:
    """Show the accounts, with their roles, and the roles that nobody has."""
    runtime = site().runtime
    asked = {name: request.args.get(name, "").strip() for name in ("q", "afdeling", "rol")}
    mine = accounts_for(runtime, me().name, now())[0]
    found = [one for one in mine if _fits(one, asked["q"]) and _works(one, asked["afdeling"], asked["rol"])]
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
        further=lambda to: url_for(".overview", bladzijde=to, **_said(asked)),
        asked=asked,
        places=_places(),
        role_choices=_role_choices(),
        alone=standing(),
        vacant=vacant,
        unconfirmed=[one for one in mine if _waits(one) and one not in to_confirm()],
    )


@pages.route("/nieuw", methods=["GET", "POST"])
@allow(Policy.MANAGES)
@text_room(naam=64)
def new() -> str | tuple[str, int]:
    """Add an account, and show the password that was made for it, this once."""
    if request.method == "GET":
        return _form({}, {})
    typed = typed_in("naam", "volledig", "adres", "rol", "rol-van", "rol-tot")
    first, last, faults = typed_role(typed, managed())
    faults = {**_faults(typed), **faults}
    account = Account(plain_name(typed["naam"]), typed["volledig"], typed["adres"], "", (typed["rol"],))
    if not faults:
        try:
            if first or last:
                with reading(site().runtime.store) as register:
                    wanted = AccountChange(account.name, more=account.roles, first=first, last=last)
                    account = roles_after(site().runtime, register, account, wanted, now())
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
    return faults


def _form(typed: Mapping[str, str], faults: Mapping[str, str]) -> str:
    return render_template("staff/account_new.html", typed=typed, faults=faults, choices=choices(managed()))


def _waits(account: Account) -> bool:
    return any(managed().has(one["role"]) if "role" in one else True for one in account.waiting)


def _fits(account: Account, asked: str) -> bool:
    words = f"{account.name} {account.full_name} {account.email}".casefold()
    return all(word in words for word in asked.casefold().split())


def _said(asked: dict[str, str]) -> dict[str, Any]:
    return {name: text for name, text in asked.items() if text}


def _places() -> dict[str, str]:
    """Return the departments that can be asked for, with what they are called."""
    return {"/".join(place): one.department_name for place, one in managed().agreements.items()}


def _role_choices() -> dict[str, str]:
    names = {role.id: role.name for one in managed().agreements.values() for role in one.roles.values()}
    return dict(sorted(names.items(), key=lambda one: one[1].casefold()))


def _works(account: Account, place: str, role: str) -> bool:
    """Say whether an account has a role, now, later or before or once it is confirmed, in a department; empty: any, of
    what whoever looks manages."""
    places = (place, f"{place.partition('/')[0]}/{EVERY_DEPARTMENT}") if place else None
    return not (place or role) or any(
        managed().has(one)
        and (places is None or one.partition(":")[0] in places)
        and (not role or one.partition(":")[2] == role)
        for one in account.all_roles
    )


def _lines(accounts: list[Account]) -> list[dict[str, Any]]:
    """Return what a line shows of each account: itself, its roles in words, its absence, and who is the same person."""
    with reading(site().runtime.store) as register:
        staff = site().runtime.staff.of(register, now())
        zones = [ZoneInfo(zone_of_work(site().runtime, register, one, now())) for one in accounts]
    return [
        {
            "account": one,
            "roles": held(once_confirmed(one) if one.is_new else one, managed(), zone),
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
