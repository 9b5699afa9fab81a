"""Who sees a field of a dossier, and who may change it: a question of roles, and of nothing else."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from gehoor.core.agreement.actions import Action
from gehoor.core.conditions.register_questions import RegisterQuestion
from gehoor.core.decision.model import acting_role
from gehoor.core.forms.fields import Field


@dataclass(frozen=True, slots=True)
class FieldRights:
    """The fields that someone may not see, those that they may not change (the first are among the second), and what
    they may not do."""

    unseen: frozenset[str] = frozenset()
    unchangeable: frozenset[str] = frozenset()
    barred: frozenset[Action] = frozenset()
    """What they may not do with the dossier."""
    acting: frozenset[str] = frozenset()
    """The roles that they act in. None of them is no right."""
    is_operator: bool = False
    """Whether they run the server, and so act in no role."""
    once_handling: frozenset[str] = frozenset()
    """Of what they may not change, that which they may once they handle the dossier."""

    def may(self, action: str) -> bool:
        """Say whether they may do something with the dossier."""
        return Action(action) not in self.barred

    def asks_unseen(self, question: RegisterQuestion) -> bool:
        """Say whether an answer of the register would tell something about a field that is not seen."""
        return not self.unseen.isdisjoint(question.same)


EVERYTHING = FieldRights(is_operator=True)
"""The rights of whoever runs the server."""


def may_see(field: Field, held: Collection[str], stand_ins: Mapping[str, str]) -> bool:
    """Say whether whoever acts in these roles sees a field.

    ``stand_ins``: role -> the role that does its part in the dossier, and has its rights there instead of it.
    """
    return not field.seen_by or any(acting_role(stand_ins, role) in held for role in field.seen_by)


def may_change(field: Field, held: Collection[str], stand_ins: Mapping[str, str]) -> bool:
    """Say whether whoever acts in these roles may change a field: who does not see it never may."""
    allowed = not field.edited_by or any(acting_role(stand_ins, role) in held for role in field.edited_by)
    return allowed and may_see(field, held, stand_ins)


def field_rights(fields: Iterable[Field], held: Collection[str], stand_ins: Mapping[str, str]) -> FieldRights:
    """Return the rights of whoever acts in these roles."""
    known = list(fields)
    return FieldRights(
        frozenset(of.id for of in known if not may_see(of, held, stand_ins)),
        frozenset(of.id for of in known if not may_change(of, held, stand_ins)),
    )


def barred_actions(
    rights: Mapping[Action, tuple[str, ...]], held: Collection[str], stand_ins: Mapping[str, str]
) -> frozenset[Action]:
    """Return what whoever acts in these roles may not do.

    ``stand_ins``: role -> the role that does its part in the dossier, and has its rights there instead of it.
    """
    return frozenset(
        action
        for action, roles in rights.items()
        if not any(acting_role(stand_ins, role) in held for role in roles)
    )
