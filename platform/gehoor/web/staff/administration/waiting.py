"""What waits for a second person who manages accounts, in words, for who manages them too."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from gehoor.services.accounts.confirmation import Asked, waiting_key, with_role
from gehoor.services.accounts.second_person import may_confirm
from gehoor.services.ports.records import Account
from gehoor.services.register.staff import Staff
from gehoor.web.display.absences import shown_days
from gehoor.web.request.site import now
from gehoor.web.security.policies import managed
from gehoor.web.staff.administration.roles import role_names


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that waits: what it is called, its kind, the role, the name, the address or the people, its local days,
    who gave it and when (UTC text), whether it is for whoever looks to confirm, and who else has such a full name."""

    key: str
    what: str
    name: str
    by: str
    at: str
    mine: bool
    first: date | None = None
    last: date | None = None
    alike: str = ""


def _of_what(one: Mapping[str, str], staff: Staff) -> str:
    people = (one.get("deputy", ""), one.get("person", ""), *one.get("apart", "").split())
    return (
        one.get("full_name", "")
        or one.get("email", "")
        or ", ".join(staff.full_name(name) for name in people if name)
    )


def _alike(account: Account, one: Mapping[str, str], staff: Staff) -> str:
    """Return who else has a full name that looks like that of a new account, or like one that is asked for."""
    if one["what"] not in (Asked.ACCOUNT, Asked.NAME):
        return ""
    found = staff.namesakes(account.name, one.get("full_name", ""))
    return ", ".join(
        f"{staff.full_name(name)} ({name})"
        if managed().sees(staff.accounts[name])
        else _("iemand die u niet beheert")
        for name in found
    )


def waiting_lines(account: Account, staff: Staff, zone: ZoneInfo) -> list[Waiting]:
    """Return what waits for an account, of what whoever looks manages."""
    names = role_names(managed())
    found = []
    for one in account.waiting:
        role = one.get("role") or one.get("vacant", "")
        if role and not managed().has(role):
            continue
        days = shown_days(one, zone) if one["what"] == Asked.ROLE else {}
        found.append(
            Waiting(
                waiting_key(one),
                one["what"],
                names.get(role, role) or _of_what(one, staff),
                staff.full_name(one["by"]),
                one["at"],
                may_confirm(account, one, managed(), staff, now()),
                days.get("first"),
                days.get("last"),
                _alike(account, one, staff),
            )
        )
    return found


def once_confirmed(account: Account) -> Account:
    """Return an account with the roles that it has once all that waits counts."""
    for one in account.waiting:
        if one["what"] == Asked.ROLE:
            account = with_role(account, one)
    return account
