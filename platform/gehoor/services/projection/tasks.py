"""The tasks of open dossiers, kept by account, so that nobody opens a dossier to know how many they have."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from gehoor.core.access.roles import role_text
from gehoor.core.agreement.model import Agreement
from gehoor.core.decision.model import Decision
from gehoor.core.decision.tasks import task_states, unclaimed_tasks
from gehoor.core.dossier.dossier import Dossier
from gehoor.services.ports.records import from_document, to_document
from gehoor.services.ports.store import Where
from gehoor.services.records.keys import key_of
from gehoor.services.register.register import Register

TASKS: Final = "tasks"
"""The table of them."""


@dataclass(frozen=True, slots=True)
class KeptTask:
    """That an account is named for a task of a dossier that is open: ``row`` is the key of its row, or empty;
    ``waits``: it is to be done now. Where nobody has it yet, ``account`` is a role in a department."""

    dossier: str
    account: str
    task: str
    row: str = ""
    waits: bool = True


def keep_tasks(register: Register, agreement: Agreement, dossier: Dossier, decision: Decision) -> None:
    """Keep who is named for which tasks of a dossier, as it now stands."""
    named = [
        KeptTask(dossier.id, account, state.task.id, state.row, state.waits)
        for state in task_states(agreement, dossier, decision)
        if state.open and not state.closed
        for account in state.people
    ]
    unclaimed = [
        KeptTask(dossier.id, of_role(agreement, state.responsible), state.task.id, state.row)
        for state in unclaimed_tasks(agreement, dossier, decision)
    ]
    wanted = {key_of(TASKS, document): document for document in map(to_document, [*named, *unclaimed])}
    before = register.tables.select(TASKS, where={"dossier": dossier.id})
    known = {key_of(TASKS, document): document for document in before}
    for key in known.keys() - wanted.keys():
        register.tables.delete(TASKS, key)
    for key, document in wanted.items():
        if known.get(key) != document:
            register.tables.put(TASKS, key, document)


def of_role(agreement: Agreement, role: str) -> str:
    """Return by what a task that nobody has is found: the role in its department, as an account would hold it."""
    return role_text(agreement.organisation, agreement.department, role)


def kept_tasks(register: Register, account: str) -> list[KeptTask]:
    """Return the tasks for which an account is named, in dossiers that are open; of a role (``of_role``) those that
    nobody has yet."""
    found = register.tables.select(TASKS, where=Where({"account": account}, sound_only=True))
    return [from_document(KeptTask, document) for document in found]
