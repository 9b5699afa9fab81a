"""The access matrix: who may do what, role by role, for each level of confidentiality, as the agreement has it.

It asks the same functions as the use cases do, for somebody who has just one role while others have the others.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from gehoor.core.access.field_rights import FieldRights
from gehoor.core.access.role_holders import RoleHolders
from gehoor.core.access.roles import role_text
from gehoor.core.agreement.actions import Action
from gehoor.core.agreement.model import Agreement, Level
from gehoor.services.access.rights import rights_of

ABOUT_NO_DOSSIER: Final = frozenset(
    {Action.REGISTER, Action.READ_AGREEMENT, Action.BREAK_GLASS, Action.MANAGE_ACCOUNTS}
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
    for level, of in levels(agreement).items():
        for role in agreement.roles:
            yield from _cells(agreement, (level, of), role, rights_of(agreement, role, holders, {}))


def levels(agreement: Agreement) -> dict[str, Level]:
    """Return the levels, by the answer that gives them; without any, the one that every dossier has."""
    return dict(agreement.confidentiality) or {NO_LEVEL: Level(everyone=True)}


def _cells(agreement: Agreement, level: tuple[str, Level], role: str, rights: FieldRights) -> Iterator[Cell]:
    name, of = level
    seen = of.everyone or role in of.exists_for
    exists, as_handler = seen or of.handler, not seen and of.handler
    for action in Action:
        reached = exists or action in ABOUT_NO_DOSSIER
        may = reached and action not in rights.barred
        yield Cell(
            name,
            role,
            action,
            "",
            Grant.YES if may else Grant.NO,
            may and as_handler and action not in ABOUT_NO_DOSSIER,
        )
    for field in agreement.dossier_form.fields:
        grant = Grant.NO if not exists or field in rights.unseen else _grant(rights, field)
        yield Cell(name, role, None, field, grant, grant is not Grant.NO and as_handler)


def _grant(rights: FieldRights, field: str) -> Grant:
    return Grant.SEE if field in rights.unchangeable else Grant.CHANGE
