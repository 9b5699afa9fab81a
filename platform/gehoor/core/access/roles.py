"""Who may do what, from the roles that someone holds. Nothing is allowed that is not said here."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from gehoor.core.agreement.model import Agreement

EVERY_DEPARTMENT = "*"

EVERYBODY = "*"
"""Instead of an account."""


def role_text(organisation: str, department: str, role: str) -> str:
    """Write that someone holds a role: ``de-linde/beukenhof:onthaal``, or ``de-linde/*:...`` for every department."""
    return f"{organisation}/{department}:{role}"


def holds_role(roles: Iterable[str], organisation: str, department: str, role: str) -> bool:
    """Say whether among these roles is this one, in this department or in all of them."""
    wanted = {role_text(organisation, department, role), role_text(organisation, EVERY_DEPARTMENT, role)}
    return not wanted.isdisjoint(roles)


def works_in(roles: Iterable[str], organisation: str, department: str) -> bool:
    """Say whether someone works in a department: any role there, or one in all departments."""
    places = {held.partition(":")[0] for held in roles}
    return f"{organisation}/{department}" in places or f"{organisation}/{EVERY_DEPARTMENT}" in places


def may_open(name: str, roles: Iterable[str], place: tuple[str, str], excluded: Collection[str]) -> bool:
    """Say whether a dossier exists for someone: they work in its department (``place``), and are none of those who
    have a conflict of interest (``excluded``, see ``core/dossier/conflict_of_interest.py``)."""
    return name not in excluded and works_in(roles, *place)


def departments_of(roles: Iterable[str], published: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the departments, of those that are published, that someone works in."""
    held = list(roles)
    return [
        (organisation, department)
        for organisation, department in published
        if works_in(held, organisation, department)
    ]


def works_as(roles: Iterable[str], agreement: Agreement) -> str:
    """Return as what somebody works, by the names of their roles: those in the department of an agreement; where they
    have none there, those in others of its organisation, each with the place. Empty where they have none at all."""
    here, elsewhere = list[str](), list[str]()
    for held in roles:
        place, _, role = held.partition(":")
        organisation, _, department = place.partition("/")
        if organisation != agreement.organisation:
            continue
        name = agreement.roles[role].name if role in agreement.roles else role
        if department in (EVERY_DEPARTMENT, agreement.department):
            here.append(name)
        else:
            elsewhere.append(f"{name} ({department.replace('-', ' ').capitalize()})")
    return ", ".join(dict.fromkeys(here or elsewhere))
