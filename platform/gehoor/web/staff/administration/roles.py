"""Roles in words, for who manages them: to choose from, and as an account has them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from gehoor.core.access.roles import EVERY_DEPARTMENT, role_text
from gehoor.services.accounts.administration import Managed
from gehoor.services.ports.records import Account
from gehoor.web.display.absences import shown_days, typed_day
from gehoor.web.request.site import now


@dataclass(frozen=True, slots=True)
class Held:
    """A role that an account has: how accounts keep it, its name and where, and its local days, if it has those."""

    role: str
    name: str
    place: str
    first: date | None = None
    last: date | None = None


def choices(managed: Managed) -> dict[str, list[tuple[str, str]]]:
    """Return the roles that can be given, by department in words; first those of a department, then those of all."""
    found = {
        one.department_name: [(role_text(*place, role.id), role.name) for role in one.roles.values()]
        for place, one in managed.agreements.items()
    }
    for organisation in sorted(managed.whole):
        names: dict[str, str] = {}
        for one in (of for place, of in managed.agreements.items() if place[0] == organisation):
            names |= {role_text(organisation, EVERY_DEPARTMENT, of.id): of.name for of in one.roles.values()}
            where = _("Elke afdeling van %(organisation)s", organisation=one.organisation_name)
        found[where] = list(names.items())
    return found


def typed_role(typed: Mapping[str, str], managed: Managed) -> tuple[date | None, date | None, dict[str, str]]:
    """Return the first and the last day of a role that was typed (None: no bound), and by field what is wrong."""
    first, last, faults = typed_day(typed["rol-van"]), typed_day(typed["rol-tot"]), {}
    if typed["rol"] not in {role for roles in choices(managed).values() for role, _name in roles}:
        faults["rol"] = _("Kies een rol.")
    if typed["rol-van"] and first is None:
        faults["rol-van"] = _("Geef de eerste dag, of laat dit leeg.")
    if typed["rol-tot"] and last is None:
        faults["rol-tot"] = _("Geef de laatste dag, of laat dit leeg.")
    elif first and last and last < first:
        faults["rol-tot"] = _("De laatste dag komt voor de eerste.")
    elif last and last < now().date():
        faults["rol-tot"] = _("Deze dag is al voorbij.")
    return first, last, faults


def held(account: Account, managed: Managed, zone: ZoneInfo) -> list[Held]:
    """Return the roles of an account that somebody manages, those for a while with their days."""
    names = {role: (name, place) for place, roles in choices(managed).items() for role, name in roles}
    return list(_held(account, managed, names, zone))


def _held(
    account: Account, managed: Managed, names: dict[str, tuple[str, str]], zone: ZoneInfo
) -> Iterator[Held]:
    for role in account.roles:
        if managed.has(role):
            yield Held(role, *names.get(role, (role, "")))
    for one in account.periods:
        role = one["role"]
        if managed.has(role):
            days = shown_days(one, zone)
            yield Held(role, *names.get(role, (role, "")), days["first"], days["last"])


def role_names(managed: Managed) -> dict[str, str]:
    """Return the roles that somebody manages, as accounts keep them, with what they are called and where."""
    return {role: f"{name}, {place}" for place, roles in choices(managed).items() for role, name in roles}
