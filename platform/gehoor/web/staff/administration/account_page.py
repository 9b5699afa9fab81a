"""The page of one account: what it is, and the forms that change it, with what was typed and what was wrong."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from flask import render_template, request

from gehoor.services.accounts.absence import can_deputise, zone_of_work
from gehoor.services.accounts.administration import account_history, accounts_for, seen_account
from gehoor.services.accounts.confirmed_state import state_stamp
from gehoor.services.accounts.second_person import confirmers
from gehoor.services.register.register import reading
from gehoor.web.display.absences import shown_absence
from gehoor.web.display.actors import who
from gehoor.web.request.session import me
from gehoor.web.request.site import now, site
from gehoor.web.security.policies import managed
from gehoor.web.staff.administration.roles import choices, held
from gehoor.web.staff.administration.waiting import waiting_lines


def password_page(name: str, password: str) -> str:
    """Return the page that shows a password that was made for an account, this once, and who can confirm it."""
    runtime = site().runtime
    with reading(runtime.store) as register:
        account, _managed = seen_account(runtime, register, name, me().name, now())
        staff = runtime.staff.of(register, now())
    return render_template(
        "staff/account_password.html",
        whose=account,
        password=password,
        confirmers=confirmers(managed(), account, staff, now()),
        full_name=staff.full_name,
    )


def account_page(name: str, typed: Mapping[str, str], faults: Mapping[str, Any]) -> str:
    """Return the page of an account. ``faults``: the name of a field -> the sentence that says what is wrong with what
    was typed there."""
    runtime = site().runtime
    with reading(runtime.store) as register:
        account, _managed = seen_account(runtime, register, name, me().name, now())
        staff = runtime.staff.of(register, now())
        zone_name = zone_of_work(runtime, register, account, now())
        step = register.second_step(name)
    zone, own = ZoneInfo(zone_name), staff.accounts_of(name)
    others = [one for one in accounts_for(runtime, me().name, now())[0] if one.name not in own]
    return render_template(
        "staff/account.html",
        shown=account,
        limit=managed().limit(account),
        roles=held(account, managed(), zone),
        elsewhere=not all(map(managed().has, account.all_roles)),
        choices=choices(managed()),
        absence=shown_absence(account, staff.accounts, zone, now()),
        deputies=staff.to_choose(
            one
            for one in others
            if one.active and can_deputise(account, one) and one.name not in managed().own
        ),
        same=[one for one in sorted(own - {name}) if managed().sees(staff.accounts[one])],
        persons=[one for one in others if managed().limit(one) is None],
        second_step=step is not None and step.confirmed,
        history=account_history(runtime, name, me().name, now()),
        full_name=staff.full_name,
        who=lambda actor: who(actor, {one: staff.full_name(one) for one in staff.accounts}),
        role_names={
            role: f"{of}, {place}" for place, all_of in choices(managed()).items() for role, of in all_of
        },
        zone=zone_name,
        typed={
            "volledig": account.full_name,
            "adres": account.email,
            "weg-van": now().astimezone(zone).date().isoformat(),
            **typed,
        },
        faults=faults,
        done=request.args.get("gedaan", ""),
        waiting=waiting_lines(account, staff, zone),
        stamp=state_stamp(account, staff, now()),
        confirmers=confirmers(managed(), account, staff, now()),
    )
