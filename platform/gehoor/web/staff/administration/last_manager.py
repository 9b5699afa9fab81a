"""Where no two people are left who manage accounts: said before it comes so, and as long as it is so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from flask import render_template, request

from gehoor.core.agreement.actions import Action
from gehoor.services.accounts.absence import zone_of_work
from gehoor.services.accounts.managers import Alone, alone, left_alone
from gehoor.services.ports.records import Account
from gehoor.services.register.register import reading
from gehoor.services.register.staff import Staff
from gehoor.web.request.site import now, site
from gehoor.web.security.policies import managed


@dataclass(frozen=True, slots=True)
class Line:
    """Departments where it is so, who is there, and the roles that manage accounts there, all in words."""

    places: tuple[str, ...]
    people: tuple[str, ...]
    roles: tuple[str, ...]


def asked_first(after: Account, back: str) -> tuple[str, int] | None:
    """Return a page that says so before an account becomes as ``after``, and asks whether it goes on all the same.
    None: it makes no difference, or they said so. ``back``: the address of the page before."""
    if request.form.get("toch") == "ja":
        return None
    lines, first = left(after)
    if not lines:
        return None
    typed = [(name, one) for name, one in request.form.items(multi=True) if name != "csrf_token"]
    return render_template("staff/account_sure.html", lines=lines, first=first, back=back, typed=typed), 422


def left(after: Account) -> tuple[list[Line], date | None]:
    """Return where no two people would be left once an account is as ``after``, and the local day from which it would
    be so, if that is not today."""
    with reading(site().runtime.store) as register:
        accounts = register.accounts()
        staff = site().runtime.staff.of(register, now())
        zone = ZoneInfo(zone_of_work(site().runtime, register, after, now()))
    found = left_alone(managed().agreements.values(), accounts, after, now())
    if found is None:
        return [], None
    moment, where = found
    day = moment.astimezone(zone).date()
    return _lines(where, staff), day if day > now().astimezone(zone).date() else None


def standing() -> list[Line]:
    """Return where no two people are there now."""
    with reading(site().runtime.store) as register:
        staff = site().runtime.staff.of(register, now())
    return _lines(alone(managed().agreements.values(), staff), staff)


def _lines(found: Iterable[Alone], staff: Staff) -> list[Line]:
    """Return what is said of the same people and roles at once, of all departments where it is so."""
    places: dict[tuple[tuple[str, ...], tuple[str, ...]], list[str]] = defaultdict(list)
    for one in found:
        agreement = managed().agreements[one.organisation, one.department]
        rights = agreement.rights.get(Action.MANAGE_ACCOUNTS, ())
        roles = tuple(agreement.roles[role].name for role in rights if role in agreement.roles)
        people = dict.fromkeys(staff.chosen_name(name) for name in one.people)
        places[tuple(people), roles].append(agreement.department_name)
    return [Line(tuple(where), people, roles) for (people, roles), where in places.items()]
