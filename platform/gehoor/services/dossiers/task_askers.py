"""Who asked for a task, and whom who has it can ask about it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from gehoor.core.agreement.tasks import named_for
from gehoor.core.decision.tasks import TaskState
from gehoor.core.dossier.dossier import Dossier, fold
from gehoor.core.dossier.events import Event
from gehoor.services.ports.records import Account


def asked_by(events: Iterable[Event], state: TaskState) -> str:
    """Return the account of who last named somebody for a task; empty where nobody did that here."""
    task, dossier, asker = state.task, None, ""
    had: tuple[str, ...] = ()
    for event in events:
        dossier = fold([event], dossier)
        if (task.rows or task.by) not in event.data.get("values", {}):
            continue
        named = named_for(task, _answers(dossier, state))
        if set(named) - set(had):
            asker = event.actor
        had = named
    return asker


def _answers(dossier: Dossier, state: TaskState) -> Mapping[str, object]:
    if not state.task.rows:
        return dossier.values
    keys, rows = dossier.rows.get(state.task.rows, ()), dossier.values.get(state.task.rows, ())
    found = zip(keys, rows if isinstance(rows, list) else (), strict=False)
    return next((row for key, row in found if key == state.row and isinstance(row, Mapping)), {})


def to_ask(asker: str, handlers: Iterable[str], accounts: Mapping[str, Account]) -> tuple[Account, ...]:
    """Return whom somebody can ask about a task: who asked for it, and who handles the dossier now; of those who still
    work here."""
    names = dict.fromkeys(name for name in (asker, *handlers) if name)
    return tuple(accounts[name] for name in names if name in accounts and accounts[name].active)
