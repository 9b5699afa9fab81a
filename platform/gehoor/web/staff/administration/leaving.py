"""Somebody leaves: what they have still to do, who takes it over, and an end to signing in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from gehoor.services.accounts.administration import managed_account
from gehoor.services.accounts.new_accounts import close_account
from gehoor.services.accounts.open_work import hand_over, heirs, open_work, work_for
from gehoor.services.dossiers.assignment import NotAssigned
from gehoor.services.register.register import reading
from gehoor.web.request.session import me
from gehoor.web.request.site import now, site
from gehoor.web.security.policies import Policy, allow
from gehoor.web.staff.administration.last_manager import left

pages = Blueprint("account_leaving", __name__, url_prefix="/medewerker/beheer/accounts/<account>/afsluiten")


@pages.get("")
@allow(Policy.MANAGES)
def show(account: str) -> str:
    """Show what somebody has still to do, and ask whether they leave and who takes it over."""
    return _page(account, {})


@pages.post("")
@allow(Policy.MANAGES)
def leave(account: str) -> Response | tuple[str, int]:
    """Close the account, and hand over. Being closed comes first: it must not wait for a refusal."""
    runtime, by, to = site().runtime, me().name, request.form.get("aan", "")
    with reading(runtime.store) as register:
        kept, _managed = managed_account(runtime, register, account, by, now())
    work, seen = work_for(runtime, open_work(runtime, kept, now()), by, now())
    if to and to not in {one.name for one in heirs(runtime, work, account, by, now())}:
        return _page(account, {"aan": _("Kies iemand uit de lijst.")}), 422
    if kept.active:
        close_account(runtime, account, by, now())
    if to:
        _dossiers, _fields, refused = hand_over(runtime, work, (account, to), by, now())
        if refused:
            known = {number for _dossier, number in seen.handled} | {one.number for one in seen.named}
            told = [one if one.number in known else replace(one, number="") for one in refused]
            return _page(account, {}, told), 200
    return redirect(url_for("account_page.show", account=account, gedaan="afgesloten"), 303)


def _page(account: str, faults: Mapping[str, str], refused: Sequence[NotAssigned] = ()) -> str:
    runtime, by = site().runtime, me().name
    with reading(runtime.store) as register:
        kept, _managed = managed_account(runtime, register, account, by, now())
        staff = runtime.staff.of(register, now())
    work, seen = work_for(runtime, open_work(runtime, kept, now()), by, now())
    alone, first = left(replace(kept, active=False)) if kept.active else ([], None)
    return render_template(
        "staff/account_leaving.html",
        shown=kept,
        work=work,
        seen=seen,
        unseen=len({one for one, _number in work.handled} - {one for one, _number in seen.handled}),
        heirs=staff.to_choose(heirs(runtime, work, account, by, now())),
        alone=alone,
        first=first,
        faults=faults,
        refused=refused,
    )
