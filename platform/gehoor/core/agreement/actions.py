"""What someone does with a dossier or for a department, and whom an agreement lets do it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
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
    NOTES = "notes"
    """Reading and writing notes and contact moments."""
    STRIKE_NOTES = "strike-notes"
    """Striking out notes of others, and reading those that were struck out."""
    NEW_CODE = "new-code"
    """Giving whoever told something a follow-up code anew."""
    REOPEN = "reopen"
    LINK = "link-dossiers"
    MERGE = "merge"
    SEND_ON = "send-on"
    READ_ATTACHMENTS = "read-attachments"
    READ_AGREEMENT = "read-agreement"
    READ_ACCESS_LOG = "read-access-log"
    BREAK_GLASS = "break-glass"
    APPROVE_RETENTION = "approve-retention"
    EXPORT_PERSON = "export-person"
    MANAGE_ACCOUNTS = "manage-accounts"
    PROPOSE = "propose-agreements"
    """Changing agreements in a proposal, on which nothing runs."""
    DISCUSS = "discuss-agreements"
    APPROVE = "approve-agreements"
    """Agreeing with what somebody else proposes. Where it is for somebody, nothing is published without."""
    PUBLISH = "publish-agreements"
    SEE_FIGURES = "see-figures"
    """The overview and the figures of what exists for somebody."""
    MAKE_REPORTS = "make-reports"
    """Writing a report and keeping it as it then is. What is kept counts all of a department."""
    READ_REPORTS = "read-reports"
    EXPORT_DOSSIERS = "export-dossiers"
    """Taking out many dossiers at once, with all that somebody sees of them."""


MAKING: Final = frozenset({Action.PROPOSE, Action.DISCUSS, Action.APPROVE, Action.PUBLISH})
"""What somebody does with the agreements themselves."""
WITHOUT_DOSSIERS: Final = (
    frozenset({Action.READ_AGREEMENT, Action.MANAGE_ACCOUNTS, Action.READ_REPORTS}) | MAKING
)
"""What somebody can do for whom no dossier exists."""
READING: Final = frozenset({Action.NOTES, Action.READ_ATTACHMENTS, Action.READ_AGREEMENT, Action.BREAK_GLASS})
"""What changes nothing of a dossier, and is left to whoever sees it in an emergency."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What it means that nothing is said of an action: ``means`` is for whom it is then, in a document and, unless it
    is ``to_be_stated``, in files. What is published keeps its meaning and its hash, so that for an action there is
    ``means`` never changes."""

    means: str
    to_be_stated: bool = False


_EVERYONE = LeftOut(EVERYONE)
_NOBODY = LeftOut(NOBODY)
_STATED_SINCE = LeftOut(EVERYONE, to_be_stated=True)
"""It was for everyone in what was published before it had to be stated."""
_STATED = LeftOut(NOBODY, to_be_stated=True)

LEFT_OUT: Final[Mapping[Action, LeftOut]] = {
    Action.REGISTER: _EVERYONE,
    Action.FILL_IN: _EVERYONE,
    Action.COMPLETE: _STATED_SINCE,
    Action.SUSPEND_TERM: _STATED_SINCE,
    Action.EXTEND_TERM: _STATED_SINCE,
    Action.SETTLE_DUTIES: _EVERYONE,
    Action.WAIVE_DUTIES: _STATED_SINCE,
    Action.ASSIGN: _STATED_SINCE,
    Action.WRITE_MESSAGES: _EVERYONE,
    Action.NOTES: _EVERYONE,
    Action.STRIKE_NOTES: _NOBODY,
    Action.NEW_CODE: _NOBODY,
    Action.REOPEN: _STATED_SINCE,
    Action.LINK: _NOBODY,
    Action.MERGE: _NOBODY,
    Action.SEND_ON: _NOBODY,
    Action.READ_ATTACHMENTS: _STATED_SINCE,
    Action.READ_AGREEMENT: _EVERYONE,
    Action.READ_ACCESS_LOG: _STATED,
    Action.BREAK_GLASS: _STATED,
    Action.APPROVE_RETENTION: _STATED,
    Action.EXPORT_PERSON: _STATED,
    Action.MANAGE_ACCOUNTS: _NOBODY,
    Action.PROPOSE: _NOBODY,
    Action.DISCUSS: _NOBODY,
    Action.APPROVE: _NOBODY,
    Action.PUBLISH: _NOBODY,
    Action.SEE_FIGURES: _NOBODY,
    Action.MAKE_REPORTS: _NOBODY,
    Action.READ_REPORTS: _NOBODY,
    Action.EXPORT_DOSSIERS: _NOBODY,
}
"""Of each action, what leaving it out means. What changes a decision or who decides, or reveals more, is to be stated;
what an organisation can do without is for nobody until it says otherwise."""


def written(stated: Mapping[str, Stated]) -> dict[str, Stated]:
    """Return what files say of actions as a document has it: without what goes without saying there, and an empty list
    for nobody."""
    found = {name: [] if of == NOBODY else of for name, of in stated.items()}
    return {name: of for name, of in found.items() if of != _unsaid(Action(name))}


def kept_for(document: Mapping[str, Any]) -> dict[Action, tuple[str, ...]]:
    """Return the roles that a document keeps each action for; an action that is not there is for everyone."""
    unsaid: dict[str, Stated] = {one.value: [] for one in LEFT_OUT if not _unsaid(one)}
    stated: Mapping[str, Stated] = {**unsaid, **document.get("rights", {})}
    return {Action(name): tuple(roles) for name, roles in stated.items() if roles != EVERYONE}


def _unsaid(action: Action) -> Stated:
    """Return what a document means that does not name an action, as it would say it."""
    return [] if LEFT_OUT[action].means == NOBODY else EVERYONE
