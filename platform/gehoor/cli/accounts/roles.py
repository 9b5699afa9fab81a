"""Roles as someone types them, checked against what is published."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from gehoor import bootstrap
from gehoor.cli.support.click_dutch import OptionProblem, did_you_mean
from gehoor.core.access.roles import EVERY_DEPARTMENT, role_text
from gehoor.services.register.register import reading
from gehoor.services.register.runtime import Runtime
from gehoor.services.register.validity import State, standings

_EXAMPLE = "schrijf organisatie/afdeling:rol, met * voor elke afdeling"


def checked_roles(runtime: Runtime, roles: Collection[str]) -> tuple[str, ...]:
    """Return roles in the way accounts keep them. Raises ``OptionProblem`` for one that nothing published knows."""
    if not roles:
        return ()
    known = _published(runtime)
    return tuple(dict.fromkeys(_checked(role, known) for role in roles))


def _published(runtime: Runtime) -> dict[str, dict[str, set[str]]]:
    """Organisation -> department -> its roles, now or once what is planned has come into force. What is damaged of one
    department keeps nobody from a role in another, and what is damaged of earlier agreements from none."""
    found: dict[str, dict[str, set[str]]] = {}
    with reading(runtime.store) as register:
        for organisation, department in register.published_departments():
            roles = found.setdefault(organisation, {}).setdefault(department, set())
            published = register.sound_publications(organisation, department)
            for one in standings(published, {}, bootstrap.now()):
                if one.state in (State.IN_FORCE, State.PLANNED):
                    agreement = runtime.library.sound_agreement(register, one.publication.agreement)
                    roles |= set(agreement.roles) if agreement is not None else set()
    return found


def _checked(text: str, known: Mapping[str, Mapping[str, set[str]]]) -> str:
    place, colon, role = text.strip().partition(":")
    organisation, slash, department = place.partition("/")
    if not (colon and slash and role and department):
        raise OptionProblem("--role", f'"{text}" kan niet; {_EXAMPLE}')
    if organisation not in known:
        raise _unknown("de organisatie", organisation, known)
    departments = known[organisation]
    if department != EVERY_DEPARTMENT and department not in departments:
        raise _unknown("de afdeling", department, departments)
    every_role = set().union(*departments.values())
    roles = every_role if department == EVERY_DEPARTMENT else departments[department]
    if not roles:
        raise OptionProblem(
            "--role",
            f"de afspraken van {organisation}/{department} zijn beschadigd: wij weten niet welke rollen er zijn",
        )
    if role not in roles:
        raise _unknown("de rol", role, roles)
    return role_text(organisation, department, role)


def _unknown(what: str, word: str, known: Iterable[str]) -> OptionProblem:
    choices = sorted(known)
    advice = did_you_mean(word, choices) or f"; kies uit {', '.join(choices)}" if choices else ""
    return OptionProblem("--role", f'{what} "{word}" is niet gepubliceerd{advice}')
