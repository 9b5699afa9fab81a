"""Vacancies: what somebody takes from somebody else comes to nobody by an agreed deputy, until a second person confirms
it, where it opens more than they have themselves; to them it never comes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from gehoor.core.access.roles import EVERY_DEPARTMENT
from gehoor.core.dossier.events import instant_text
from gehoor.services.access.authorisation import Actor, Operator
from gehoor.services.accounts.administration import Managed
from gehoor.services.accounts.confirmation import Asked, beyond, waiting
from gehoor.services.accounts.deputies import acting_roles
from gehoor.services.ports.records import Account
from gehoor.services.register.staff import Staff


def left_to_deputies(managed: Managed, staff: Staff, actor: Actor, roles: Iterable[str]) -> bool:
    """Say whether a deputy of the agreement would get more by some roles than an actor has, once nobody has them."""
    return any(_has_deputy(managed, role) for role in beyond(managed, staff, actor, roles))


def closed(account: Account, managed: Managed, staff: Staff, actor: Actor, now: datetime) -> Account:
    """Return an account of somebody who leaves: nothing else waits for it any more, and it is kept who closed it."""
    after = replace(account, active=False, waiting=_of_vacancies(account))
    if isinstance(actor, Operator):
        return after
    roles = acting_roles(staff.accounts, account, now)
    waits = left_to_deputies(managed, staff, actor, roles)
    absence = {
        "from_at": instant_text(now),
        "until_at": "",
        "deputy": "",
        "by": actor,
        "counts": "" if beyond(managed, staff, actor, roles) else actor,
    }
    asked = (waiting(Asked.DEPUTY, actor, now, deputy=""),) if waits else ()
    return replace(after, absences=(absence,), waiting=(*after.waiting, *asked))


def with_vacancies(
    before: Account, after: Account, managed: Managed, staff: Staff, actor: Actor, now: datetime
) -> Account:
    """Return an account as it is after a change, with the roles that the change took from it or ends some day; not
    those that it has for good again. What whoever runs the server takes, counts at once."""
    back = {*after.roles}
    if isinstance(actor, Operator):
        gone: list[str] = []
        back |= {role for role in before.held_roles if role not in after.held_roles}
    else:
        gone = [role for role in dict.fromkeys(before.held_roles) if _ends_earlier(role, before, after)]
    away = {*gone, *back}
    lent = set(acting_roles(staff.accounts, before, now)).difference(before.held_roles)
    vacancies = [one for one in after.vacancies if one["role"] not in away]
    asked = [one for one in after.waiting if one.get("vacant", "") not in away]
    for role in gone:
        more = beyond(managed, staff, actor, (role, *lent))
        vacancies.append({"role": role, "by": str(actor), "counts": "" if more else str(actor)})
        if left_to_deputies(managed, staff, actor, (role, *lent)):
            asked.append(waiting(Asked.VACANCY, actor, now, vacant=role))
    return replace(after, vacancies=tuple(vacancies), waiting=tuple(asked))


def _ends_earlier(role: str, before: Account, after: Account) -> bool:
    """Say whether somebody has a role no more, or no more for as long as they had."""
    return role not in after.roles and (
        role in before.roles or _periods(role, before) != _periods(role, after)
    )


def _periods(role: str, account: Account) -> list[Mapping[str, str]]:
    return [dict(one) for one in account.periods if one["role"] == role]


def _of_vacancies(account: Account) -> tuple[Mapping[str, str], ...]:
    return tuple(one for one in account.waiting if "vacant" in one)


def _has_deputy(managed: Managed, role: str) -> bool:
    place, _, name = role.partition(":")
    organisation, _, department = place.partition("/")
    agreements = [
        one
        for (of, where), one in managed.agreements.items()
        if of == organisation and department in (where, EVERY_DEPARTMENT)
    ]
    return not agreements or any(one.roles[name].deputy for one in agreements if name in one.roles)
