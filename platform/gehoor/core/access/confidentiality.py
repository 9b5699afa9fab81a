"""Confidentiality: for whom a dossier exists because of its level, as the agreement says it of each level."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from gehoor.core.access.role_holders import RoleHolders
from gehoor.core.agreement.model import Agreement, Level
from gehoor.core.decision.model import Decision
from gehoor.core.dossier.dossier import Dossier
from gehoor.core.text.canonical_json import content_hash, dump

MEANING: Final = "confidentiality"
"""The meaning of the field whose answer is the level."""


@dataclass(frozen=True, slots=True)
class Clearance:
    """What somebody needs for a dossier to exist for them: one of these roles, as they act in it, or to be its handler.

    It says all that the question asks, so that lists can ask it of a few clearances instead of each dossier.
    ``agreement``: the hash of the agreement that says who deputises; ``handler``: an account, where the level lets it
    see, ``beside`` those who handle it too; ``excluded``: the accounts with a conflict of interest, who act for nobody.
    """

    organisation: str
    department: str
    agreement: str
    roles: tuple[str, ...]
    handler: str = ""
    excluded: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Return what it is called where it is kept."""
        parts = [self.organisation, self.department, self.agreement, self.roles, self.handler, self.excluded]
        parts += [self.beside] if self.beside else []
        return content_hash(dump([list(one) if isinstance(one, tuple) else one for one in parts]))[:20]


_UNKNOWN: Final = Level(everyone=False)


def roles_with_dossiers(agreement: Agreement) -> frozenset[str]:
    """Return the roles for which dossiers exist."""
    return frozenset(role.id for role in agreement.roles.values() if role.dossiers)


def level_of(agreement: Agreement, decision: Decision) -> Level | None:
    """Return the level of a dossier; None where none was given. One that the agreement does not know is for nobody."""
    answer = decision.values.get(agreement.field_for(MEANING))
    if not agreement.confidentiality or answer is None:
        return None
    return agreement.confidentiality.get(str(answer), _UNKNOWN)


def as_strict(level: Level | None, than: Level | None) -> bool:
    """Say whether a dossier of a level exists for nobody for whom one of another level does not; None: for everyone."""
    if than is None or than.everyone:
        return True
    if level is None or level.everyone:
        return False
    return set(level.exists_for) <= set(than.exists_for) and (than.handler or not level.handler)


def clearance_of(
    agreement: Agreement, dossier: Dossier, decision: Decision, excluded: Collection[str]
) -> Clearance:
    """Return what somebody needs to see a dossier: at least a role of its own agreement. A role that this does not know
    gives nothing there, whatever a later agreement says of it.

    ``excluded``: as for ``RoleHolders``.
    """
    level = level_of(agreement, decision)
    if level is None or level.everyone:
        return _of_every_role(agreement, excluded)
    return Clearance(
        agreement.organisation,
        agreement.department,
        agreement.hash,
        tuple(sorted({decision.acting(role) for role in level.exists_for})),
        dossier.handler if level.handler else "",
        tuple(sorted(excluded)),
        dossier.beside if level.handler else (),
    )


def _of_every_role(agreement: Agreement, excluded: Collection[str]) -> Clearance:
    """Return what a dossier asks that is for everyone: a role with dossiers."""
    place = (agreement.organisation, agreement.department)
    roles = tuple(sorted(roles_with_dossiers(agreement)))
    return Clearance(*place, agreement.hash, roles, "", tuple(sorted(excluded)))


def admits(clearance: Clearance, agreement: Agreement, holders: RoleHolders, name: str) -> bool:
    """Say whether somebody has what a dossier asks: they act in such a role, as deputies where nobody has it.

    Who works in the department and acts in no role with dossiers, never has it: also when theirs is one that the
    agreement does not know. Who works elsewhere may hear that there is a dossier for everyone.
    """
    acting = holders.roles_of(agreement, name, clearance.excluded)
    if not acting.isdisjoint(roles_with_dossiers(agreement)):
        return name in (clearance.handler, *clearance.beside) or not acting.isdisjoint(clearance.roles)
    works_here = bool(acting) or name in holders.working(agreement.department)
    return not works_here and clearance == _of_every_role(agreement, clearance.excluded)


def admits_task(clearance: Clearance, agreement: Agreement, holders: RoleHolders, name: str) -> bool:
    """Say whether somebody who is named for a task of a dossier may know of it: of a dossier for everyone, whoever is
    named, as it shows them nothing but the task; of another, who has what it asks."""
    if name in clearance.excluded:
        return False
    return clearance == _of_every_role(agreement, clearance.excluded) or admits(
        clearance, agreement, holders, name
    )


def not_admitted(clearance: Clearance, agreement: Agreement, holders: RoleHolders) -> frozenset[str]:
    """Return who works in the department, and has not what the dossier asks."""
    working = holders.working(agreement.department)
    return frozenset(name for name in working if not admits(clearance, agreement, holders, name))
