"""What someone does with a dossier or for a department, and whom an agreement lets do it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final, TypeAlias

Stated: TypeAlias = "list[str] | str"
"""For whom an action is, as files and documents say it: roles, ``EVERYONE`` or ``NOBODY``."""

EVERYONE: Final = "everyone"
"""Everyone who works in the department."""
NOBODY: Final = "nobody"


class Action(StrEnum):
    """What the agreement can keep for some roles, under ``rights``."""

    REGISTER = "register"
    FILL_IN = "fill-in"
    COMPLETE = "complete"
    SUSPEND_TERM = "suspend-term"
    EXTEND_TERM = "extend-term"
    SETTLE_DUTIES = "settle-duties"
    WAIVE_DUTIES = "waive-duties"
    ASSIGN = "assign-dossier"
    WRITE_MESSAGES = "write-messages"
    REOPEN = "reopen"
    READ_ATTACHMENTS = "read-attachments"
    READ_AGREEMENT = "read-agreement"
    READ_ACCESS_LOG = "read-access-log"
    BREAK_GLASS = "break-glass"
    APPROVE_RETENTION = "approve-retention"
    EXPORT_PERSON = "export-person"


MATTERS: Final[Mapping[Action, bool]] = {
    Action.REGISTER: False,
    Action.FILL_IN: False,
    Action.COMPLETE: True,
    Action.SUSPEND_TERM: True,
    Action.EXTEND_TERM: True,
    Action.SETTLE_DUTIES: False,
    Action.WAIVE_DUTIES: True,
    Action.ASSIGN: True,
    Action.WRITE_MESSAGES: False,
    Action.REOPEN: True,
    Action.READ_ATTACHMENTS: True,
    Action.READ_AGREEMENT: False,
    Action.READ_ACCESS_LOG: True,
    Action.BREAK_GLASS: True,
    Action.APPROVE_RETENTION: True,
    Action.EXPORT_PERSON: True,
}
"""Whether an action changes what was decided or who decides, or reveals more: files must say for whom such a one is.
What they leave out of the others is for everyone who works there."""

_NOBODY_YET: Final = frozenset(
    {Action.READ_ACCESS_LOG, Action.BREAK_GLASS, Action.APPROVE_RETENTION, Action.EXPORT_PERSON}
)
"""What a document that does not name it lets nobody do. Of all else it means everyone: so it was when the first were
published, and what was published keeps its meaning and its hash."""


def written(stated: Mapping[str, Stated]) -> dict[str, Stated]:
    """Return what files say of actions as a document has it: without what goes without saying there, and an empty list
    for nobody."""
    found = {name: [] if of == NOBODY else of for name, of in stated.items()}
    return {name: of for name, of in found.items() if of != ([] if Action(name) in _NOBODY_YET else EVERYONE)}


def kept_for(document: Mapping[str, Any]) -> dict[Action, tuple[str, ...]]:
    """Return the roles that a document keeps each action for; an action that is not there is for everyone."""
    stated: Mapping[str, Stated] = {**{one.value: [] for one in _NOBODY_YET}, **document.get("rights", {})}
    return {Action(name): tuple(roles) for name, roles in stated.items() if roles != EVERYONE}
