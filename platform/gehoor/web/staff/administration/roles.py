"""Roles in words, for who manages them: to choose from, and as an account has them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from gehoor.core.access.roles import EVERY_DEPARTMENT, role_text
from gehoor.services.accounts.administration import Managed
from gehoor.services.ports.records import Account
from gehoor.web.display.absences import shown_days


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
