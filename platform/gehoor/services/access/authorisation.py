"""Authorisation: who may do what with a dossier. Asked inside each use case, whoever calls it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final, TypeAlias

from gehoor.core.access.field_rights import EVERYTHING, FieldRights
from gehoor.core.access.roles import may_open, works_in
from gehoor.core.agreement.actions import Action
from gehoor.core.agreement.model import Agreement
from gehoor.core.decision.model import Decision
from gehoor.core.dossier.conflict_of_interest import excluded_from
from gehoor.core.dossier.dossier import Dossier
from gehoor.services.access.rights import barred_in, opening_rights, rights_of
from gehoor.services.register.library import NothingPublishedError
from gehoor.services.register.register import UnknownDossierError
from gehoor.services.register.staff import Staff

OUTSIDE: Final = "melder"
"""The actor of everything that someone from outside does: no name, no address, no trace."""


OPERATOR: Final = "beheerder"
"""How whoever runs the server stands in what happened."""
COMMAND_LINE: Final = "opdrachtregel"
"""The same, where a command filled something in."""
_FOR: Final = f"{OPERATOR}: "
"""What stands before the name of who decided what the operator did: no account has such a name."""


@dataclass(frozen=True, slots=True)
class Operator:
    """Whoever runs the server, at its command line: no account, and every right. ``name`` stands in the events."""

    name: str

    @classmethod
    def on_behalf_of(cls, whom: str) -> Operator:
        """Return the operator who does what somebody else decided, as they say: that is told, and who did it stays
        plain, whatever name they give."""
        return cls(f"{_FOR}{' '.join(whom.split())}")


def by_operator(actor: str) -> str | None:
    """Return, of a name in the events, for whom the operator did it (empty: nobody is named); None: another did it."""
    if actor in (OPERATOR, COMMAND_LINE):
        return ""
    return actor.removeprefix(_FOR) if actor.startswith(_FOR) else None


Actor: TypeAlias = str | Operator
"""Who does something: an account by its sign-in name, or whoever runs the server."""


class NotAllowedError(Exception):
    """The agreement keeps an action for other roles; ``roles`` are their names."""

    def __init__(self, agreement: Agreement, action: Action) -> None:
        super().__init__(action.value)
        self.action = action
        kept_for = agreement.rights.get(action, ())
        self.roles = tuple(agreement.roles[role].name for role in kept_for if role in agreement.roles)


def name_of(actor: Actor) -> str:
    """Return how an actor stands in the events."""
    return actor.name if isinstance(actor, Operator) else actor


def refuse_strangers(agreement: Agreement, dossier: Dossier, actor: Actor, staff: Staff) -> frozenset[str]:
    """Return for whom a dossier does not exist because of a conflict of interest (sign-in names).

    Raises ``UnknownDossierError`` when the actor is one of those, works elsewhere, or has no account that is in use:
    for them there is no such dossier.
    """
    excluded = excluded_from(agreement, dossier.values, staff.same_person)
    if isinstance(actor, Operator):
        if actor.name in excluded:
            raise UnknownDossierError(dossier.id)
        return excluded
    account = staff.active(actor)
    place = (dossier.organisation, dossier.department)
    if account is None or not may_open(account.name, account.roles, place, excluded):
        raise UnknownDossierError(dossier.id)
    return excluded


def rights_in(
    agreement: Agreement,
    actor: Actor,
    staff: Staff,
    decision: Decision,
    excluded: frozenset[str],
    handlers: Collection[str] = (),
) -> FieldRights:
    """Return what an actor may see, change and do in a dossier that exists for them. ``handlers``: who handles it."""
    if isinstance(actor, Operator):
        return EVERYTHING
    holders = staff.holders(agreement.organisation)
    return rights_of(agreement, actor, holders, decision.stand_ins, excluded, handlers)


def refuse_barred(agreement: Agreement, rights: FieldRights, action: Action | None) -> None:
    """Raise ``NotAllowedError`` for an action that the agreement keeps for others."""
    if action is not None and action in rights.barred:
        raise NotAllowedError(agreement, action)


def registration_rights(agreement: Agreement, actor: Actor, staff: Staff) -> FieldRights:
    """Return which fields an actor fills in when registering. Raises ``NothingPublishedError`` for who does not work
    in the department, and ``NotAllowedError`` where registering is kept for others."""
    if isinstance(actor, Operator):
        return EVERYTHING
    account = staff.active(actor)
    if account is None or not works_in(account.roles, agreement.organisation, agreement.department):
        raise NothingPublishedError(agreement.organisation, agreement.department)
    holders = staff.holders(agreement.organisation)
    if Action.REGISTER in barred_in(agreement, actor, holders):
        raise NotAllowedError(agreement, Action.REGISTER)
    return opening_rights(agreement, actor, holders)
