"""The tasks of open dossiers, kept by account, so that nobody opens a dossier to know how many they have."""

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
    """That an account is named for a task of a dossier that is open: ``row`` is the key of its row, or empty;
    ``waits``: it is to be done now."""

    dossier: str
    account: str
    task: str
    row: str = ""
    waits: bool = True


def keep_tasks(register: Register, agreement: Agreement, dossier: Dossier, decision: Decision) -> None:
    """Keep who is named for which tasks of a dossier, as it now stands."""
    wanted = {
        key_of(TASKS, document): document
        for state in task_states(agreement, dossier, decision)
        if state.open and not state.closed
        for account in state.people
        for document in (to_document(KeptTask(dossier.id, account, state.task.id, state.row, state.waits)),)
    }
    before = register.tables.select(TASKS, where={"dossier": dossier.id})
    known = {key_of(TASKS, document): document for document in before}
    for key in known.keys() - wanted.keys():
        register.tables.delete(TASKS, key)
    for key, document in wanted.items():
        if known.get(key) != document:
            register.tables.put(TASKS, key, document)


def kept_tasks(register: Register, account: str) -> list[KeptTask]:
    """Return the tasks for which an account is named, in dossiers that are open."""
    found = register.tables.select(TASKS, where=Where({"account": account}, sound_only=True))
    return [from_document(KeptTask, document) for document in found]
