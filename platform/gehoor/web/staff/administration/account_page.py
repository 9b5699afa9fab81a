"""The page of one account: what it is, and the forms that change it, with what was typed and what was wrong."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from gehoor.core.dossier.events import parse_instant
from gehoor.services.accounts.absence import can_deputise, zone_of_work
from gehoor.services.accounts.account_changes import roles_that_wait
from gehoor.services.accounts.account_history import account_history
from gehoor.services.accounts.administration import accounts_for, seen_account
from gehoor.services.accounts.confirmation import beyond, signing_in_waits
from gehoor.services.accounts.deputies import acting_roles
from gehoor.services.accounts.second_factor import asks_code
from gehoor.services.accounts.second_person import confirmers, state_stamp
from gehoor.services.exchange.clients import until_of
from gehoor.services.ports.records import Account
from gehoor.services.register.register import reading
from gehoor.services.register.staff import Staff
from gehoor.web.display.absences import shown_absence, typed_day
from gehoor.web.display.actors import who
from gehoor.web.request.session import me
from gehoor.web.request.site import now, site
from gehoor.web.security.policies import managed
from gehoor.web.staff.administration.roles import choices, held, role_names
from gehoor.web.staff.administration.waiting import once_confirmed, waiting_lines


def typed_in(*names: str) -> dict[str, str]:
    """Return what was typed in fields, without spaces that mean nothing."""
    return {name: " ".join(request.form.get(name, "").split()) for name in names}


def done(account: str, what: str, first: date | None = None) -> Response:
    """Go on to the page of an account, which says what was done, and that it holds from a local day on (``first``)."""
    begins = first.isoformat() if first else None
    return redirect(url_for("account_page.show", account=account, gedaan=what, vanaf=begins), 303)


def local_day(instant: str, name: str) -> date:
    """Return the local day of an instant (UTC text), where somebody (an account) works."""
    return parse_instant(instant).astimezone(_zone(name)).date()


def _zone(name: str) -> ZoneInfo:
    runtime = site().runtime
    with reading(runtime.store) as register:
        account, _managed = seen_account(runtime, register, name, me().name, now())
        return ZoneInfo(zone_of_work(runtime, register, account, now()))


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
        waits=any("password_hash" in one for one in account.waiting),
        **who_confirms(account, staff),
    )


def account_page(name: str, typed: Mapping[str, str], faults: Mapping[str, Any]) -> str:
    """Return the page of an account. ``faults``: the name of a field -> the sentence that says what is wrong with what
    was typed there."""
    runtime = site().runtime
    with reading(runtime.store) as register:
        account, _managed = seen_account(runtime, register, name, me().name, now())
        staff = runtime.staff.of(register, now())
        zone_name = zone_of_work(runtime, register, account, now())
        second_step = asks_code(register, name)
    zone, own = ZoneInfo(zone_name), staff.accounts_of(name)
    today = now().astimezone(zone).date()
    begins = typed_day(request.args.get("vanaf", ""))
    others = [one for one in accounts_for(runtime, me().name, now())[0] if one.name not in own]
    absence = shown_absence(account, staff.accounts, zone, now())
    return render_template(
        "staff/account.html",
        shown=account,
        limit=managed().limit(account),
        roles=held(account, managed(), zone),
        elsewhere=not all(map(managed().has, account.all_roles)),
        choices=choices(managed()),
        absence=absence,
        deputies=staff.to_choose(
            one
            for one in others
            if one.active and can_deputise(account, one) and one.name not in managed().own
        ),
        same=[one for one in sorted(own - {name}) if managed().sees(staff.accounts[one])],
        persons=[one for one in others if managed().limit(one) is None and not one.client],
        second_step=second_step,
        history=account_history(runtime, name, me().name, now()),
        who=lambda actor: who(actor, {one: staff.full_name(one) for one in staff.accounts}),
        role_names=role_names(managed()),
        zone=zone_name,
        typed={
            "volledig": account.full_name,
            "adres": account.email,
            **_days_of(absence, today),
            **typed,
        },
        faults=faults,
        done=request.args.get("gedaan", ""),
        begins=begins if begins and begins > today else None,
        waiting=waiting_lines(account, staff, zone),
        after=held(once_confirmed(account), managed(), zone),
        counts_until=_last_day(account, zone),
        stamp=state_stamp(account, staff, now()),
        waits=_will_wait(account, staff),
        **who_confirms(account, staff),
    )


def _last_day(account: Account, zone: ZoneInfo) -> date | None:
    """Return the last local day on which the token of a program counts; None of an account of a person."""
    until = until_of(account)
    return (until.astimezone(zone) - timedelta(microseconds=1)).date() if until else None


def _days_of(absence: Mapping[str, Any] | None, today: date) -> dict[str, str]:
    """Return what stands in the form about being away: what holds now, to change it."""
    if absence is None:
        return {"weg-van": today.isoformat()}
    first, last = absence["first"], absence["last"]
    return {
        "weg-van": (first or today).isoformat(),
        "weg-tot": last.isoformat() if last else "",
        "vervanger": absence["deputy_name"],
    }


def who_confirms(account: Account, staff: Staff) -> dict[str, Any]:
    """Return who can confirm what waits for an account: those who are there, and those who are away."""
    found = sorted(confirmers(managed(), account, staff, now()))
    away = staff.presence.away
    return {
        "confirmers": [name for name in found if name not in away],
        "away_confirmers": [name for name in found if name in away],
        "full_name": staff.full_name,
    }


def _will_wait(account: Account, staff: Staff) -> dict[str, Any]:
    """Return what whoever looks would give that waits for a second person: roles, a way to sign in, a deputy."""
    offered = [role for roles in choices(managed()).values() for role, _name in roles]
    mine = me().name
    return {
        "roles": roles_that_wait(managed(), staff, mine, account, offered, now()),
        "signing_in": signing_in_waits(managed(), staff, mine, account, now()),
        "deputy": bool(beyond(managed(), staff, mine, acting_roles(staff.accounts, account, now()))),
    }
