"""Programs: an account of its own for one, with a token that is shown this once and counts until a day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TypeAlias
from zoneinfo import ZoneInfo

from flask import Blueprint, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from gehoor.services.accounts.accounts import plain_name
from gehoor.services.accounts.administration import seen_account
from gehoor.services.accounts.new_accounts import SIGN_IN_NAME, NameTakenError
from gehoor.services.exchange.clients import give_token, new_client
from gehoor.services.ports.records import Account
from gehoor.services.register.register import reading
from gehoor.web.display.absences import typed_day
from gehoor.web.request.session import me
from gehoor.web.request.site import now, site
from gehoor.web.security.policies import Policy, allow, managed
from gehoor.web.security.text_room import text_room
from gehoor.web.staff.administration.account_page import account_page, typed_in, who_confirms
from gehoor.web.staff.administration.overview import full_name_fault
from gehoor.web.staff.administration.roles import choices

pages = Blueprint("clients", __name__, url_prefix="/medewerker/beheer")

Answer: TypeAlias = "str | Response | tuple[str, int]"


@pages.route("/nieuwe-koppeling", methods=["GET", "POST"])
@allow(Policy.MANAGES)
@text_room(naam=64)
def new() -> Answer:
    """Add the account of a program, and show its token, this once."""
    if request.method == "GET":
        return _form({}, {})
    typed = typed_in("naam", "volledig", "rol", "tot")
    last, faults = _last_day(typed["tot"])
    if typed["rol"] not in {role for roles in choices(managed()).values() for role, _name in roles}:
        faults["rol"] = _("Kies een rol.")
    if SIGN_IN_NAME.fullmatch(plain_name(typed["naam"])) is None:
        faults["naam"] = _("Gebruik kleine letters, cijfers, punt en streepje; minstens twee tekens.")
    if fault := full_name_fault(typed["volledig"]):
        faults["volledig"] = fault
    if last is not None and not faults:
        account = Account(plain_name(typed["naam"]), typed["volledig"], "", "", (typed["rol"],))
        try:
            return _shown_once(
                account.name, new_client(site().runtime, account, last, me().name, now()), last
            )
        except NameTakenError:
            faults["naam"] = _("Deze naam is al in gebruik. Kies een andere.")
    return _form(typed, faults), 422


@pages.post("/accounts/<account>/token")
@allow(Policy.MANAGES)
def token(account: str) -> Answer:
    """Give a program another token, and show it this once."""
    typed = typed_in("tot")
    last, faults = _last_day(typed["tot"])
    if last is None or faults:
        return account_page(account, typed, faults), 422
    return _shown_once(account, give_token(site().runtime, account, last, me().name, now()), last)


def _last_day(text: str) -> tuple[date | None, dict[str, str]]:
    last = typed_day(text)
    if last is None or last.year > _LATEST:
        return None, {"tot": _("Geef de laatste dag waarop het token geldt.")}
    return last, {"tot": _("Deze dag is al voorbij.")} if last < now().date() else {}


_LATEST = 2200


def _form(typed: Mapping[str, str], faults: Mapping[str, str]) -> str:
    in_a_year = now().astimezone(ZoneInfo("UTC")).date()
    proposed = in_a_year.replace(year=in_a_year.year + 1, day=min(in_a_year.day, 28)).isoformat()
    return render_template(
        "staff/client_new.html",
        typed={"tot": proposed, **typed},
        faults=faults,
        choices=choices(managed()),
    )


def _shown_once(name: str, made: str, last: date) -> str:
    runtime = site().runtime
    with reading(runtime.store) as register:
        account, _managed = seen_account(runtime, register, name, me().name, now())
        staff = runtime.staff.of(register, now())
    return render_template(
        "staff/client_token.html",
        whose=account,
        token=made,
        last=last,
        waits=any("password_hash" in one for one in account.waiting),
        address=f"{runtime.home}/api/v1/",
        **who_confirms(account, staff),
    )
