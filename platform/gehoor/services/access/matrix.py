"""The access matrix: who may do what, role by role, for each level of confidentiality, as the agreement has it.

It asks the same functions as the use cases do, for somebody who has just one role while others have the others.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeAlias

from gehoor.core.access.confidentiality import roles_with_dossiers
from gehoor.core.access.field_rights import FieldRights
from gehoor.core.access.role_holders import RoleHolders
from gehoor.core.access.roles import role_text
from gehoor.core.agreement.actions import MAKING, Action
from gehoor.core.agreement.model import Agreement, Level
from gehoor.services.access.rights import rights_of

ABOUT_NO_DOSSIER: Final = (
    frozenset({Action.REGISTER, Action.READ_AGREEMENT, Action.BREAK_GLASS, Action.MANAGE_ACCOUNTS}) | MAKING
)
"""What is done in a department, whatever the level of any dossier; or just because a dossier is hidden."""
NO_LEVEL: Final = ""
"""Stands for a dossier without a level."""


class Grant(StrEnum):
    """What somebody with a role may, of one action or one field."""

    NO = "no"
    YES = "yes"
    """The action."""
    SEE = "see"
    CHANGE = "change"
    """A field: see it; see it and change it."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What a role may of one action or field, in a dossier of one level.

    ``as_handler``: only when they handle it; for whom it does not exist, may nothing.
    """

    level: str
    role: str
    action: Action | None
    field: str
    grant: Grant
    as_handler: bool = False


def matrix(agreement: Agreement) -> Iterator[Cell]:
    """Give every cell: by level, role, action, and then by field."""
    place = (agreement.organisation, agreement.department)
    holders = RoleHolders.of(
        agreement.organisation, ((role, (role_text(*place, role),)) for role in agreement.roles)
    )
    without = frozenset(agreement.roles) - roles_with_dossiers(agreement)
    for level, of in levels(agreement).items():
        hidden = without if of.everyone else frozenset(agreement.roles) - set(of.exists_for) | without
        for role in agreement.roles:
            # Where a dossier is hidden from who has a role, the deputy acts, as where nobody has it.
            kept_from = hidden - ({role} - without) if of.handler else hidden
            inside = rights_of(agreement, role, holders, {}, kept_from)
            yield from _actions(level, role, (of, kept_from, inside), rights_of(agreement, role, holders, {}))
            yield from _fields(agreement, level, role, (of, kept_from, inside))


def levels(agreement: Agreement) -> dict[str, Level]:
    """Return the levels, by the answer that gives them; without any, the one that every dossier has."""
    return dict(agreement.confidentiality) or {NO_LEVEL: Level(everyone=True)}


_Inside: TypeAlias = tuple[Level, frozenset[str], FieldRights]
"""A level, the roles that a dossier of it does not exist for, and what somebody may in one."""


def _actions(level: str, role: str, inside: _Inside, outside: FieldRights) -> Iterator[Cell]:
    of, kept_from, rights = inside
    for action in Action:
        if action in ABOUT_NO_DOSSIER:
            may, as_handler = action not in outside.barred, False
        else:
            may = role not in kept_from and action not in rights.barred
            as_handler = may and _only_as_handler(of, role)
        yield Cell(level, role, action, "", Grant.YES if may else Grant.NO, as_handler)


def _fields(agreement: Agreement, level: str, role: str, inside: _Inside) -> Iterator[Cell]:
    of, kept_from, rights = inside
    for field in agreement.dossier_form.fields:
        grant = Grant.NO if role in kept_from else _grant(rights, field)
        yield Cell(level, role, None, field, grant, grant is not Grant.NO and _only_as_handler(of, role))


def _only_as_handler(of: Level, role: str) -> bool:
    return not of.everyone and role not in of.exists_for


def _grant(rights: FieldRights, field: str) -> Grant:
    if field in rights.unseen:
        return Grant.NO
    return Grant.SEE if field in rights.unchangeable else Grant.CHANGE
