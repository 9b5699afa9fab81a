"""What was changed about accounts: all that whoever looks manages, newest first."""

from __future__ import annotations

from typing import Any, Final

from flask import Blueprint, render_template, request, url_for

from gehoor.services.accounts.absence import first_instant, instant_after, zone_of_work
from gehoor.services.accounts.account_history import Narrowed, all_changes
from gehoor.services.register.register import reading
from gehoor.web.display.absences import typed_day
from gehoor.web.display.actors import who
from gehoor.web.request.session import me
from gehoor.web.request.site import now, site
from gehoor.web.security.policies import Policy, allow, managed
from gehoor.web.staff.administration.roles import role_names

pages = Blueprint("account_changes", __name__, url_prefix="/medewerker/beheer/wijzigingen")

_ON_A_PAGE: Final = 50


@pages.get("")
@allow(Policy.MANAGES)
def show() -> str:
    """Show what was changed, by whom and when, narrowed to a period and to people."""
    runtime = site().runtime
    asked = {name: request.args.get(name, "").strip() for name in ("wie", "van", "tot")}
    with reading(runtime.store) as register:
        staff = runtime.staff.of(register, now())
        zone = zone_of_work(runtime, register, me(), now())
    first, last = typed_day(asked["van"]), typed_day(asked["tot"])
    wanted = Narrowed(
        asked["wie"],
        first_instant(first, zone) if first else "",
        instant_after(last, zone) if last else "",
    )
    page = max(1, request.args.get("bladzijde", 1, int))
    found, total = all_changes(runtime, me().name, now(), wanted, ((page - 1) * _ON_A_PAGE, _ON_A_PAGE))
    return render_template(
        "staff/account_changes.html",
        found=found,
        total=total,
        page=page,
        last=max(1, -(-total // _ON_A_PAGE)),
        further=lambda to: url_for(".show", bladzijde=to, **_said(asked)),
        asked=asked,
        zone=zone,
        full_name=staff.full_name,
        sees=lambda name: name in staff.accounts and managed().sees(staff.accounts[name]),
        who=lambda actor: who(actor, {one: staff.full_name(one) for one in staff.accounts}),
        role_names=role_names(managed()),
    )


def _said(asked: dict[str, str]) -> dict[str, Any]:
    return {name: text for name, text in asked.items() if text}
