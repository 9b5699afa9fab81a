"""The tasks that are to be done, kept by account, so that nobody opens a dossier to know how many they have."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from gehoor.core.agreement.model import Agreement
from gehoor.core.decision.model import Decision
from gehoor.core.decision.tasks import task_states
from gehoor.core.dossier.dossier import Dossier
from gehoor.services.ports.records import from_document, to_document
from gehoor.services.ports.store import Where
from gehoor.services.records.keys import key_of
from gehoor.services.register.register import Register

TASKS: Final = "tasks"
"""The table of them."""


@dataclass(frozen=True, slots=True)
class KeptTask:
    """That an account is named for a task that is to be done: ``row`` is the key of its row, or empty."""

    dossier: str
    account: str
    task: str
    row: str = ""


def keep_tasks(register: Register, agreement: Agreement, dossier: Dossier, decision: Decision) -> None:
    """Keep who is named for the tasks of a dossier that are to be done, as it now stands."""
    wanted = {
        key_of(TASKS, document): document
        for state in task_states(agreement, dossier, decision)
        if state.waits
        for account in state.people
        for document in (to_document(KeptTask(dossier.id, account, state.task.id, state.row)),)
    }
    before = register.tables.select(TASKS, where={"dossier": dossier.id})
    known = {key_of(TASKS, document) for document in before}
    for key in known - wanted.keys():
        register.tables.delete(TASKS, key)
    for key in wanted.keys() - known:
        register.tables.put(TASKS, key, wanted[key])


def kept_tasks(register: Register, account: str) -> list[KeptTask]:
    """Return the tasks for which an account is named, and that are to be done."""
    found = register.tables.select(TASKS, where=Where({"account": account}, sound_only=True))
    return [from_document(KeptTask, document) for document in found]
