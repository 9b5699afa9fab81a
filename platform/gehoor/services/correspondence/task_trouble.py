"""Telling that a task cannot be done, or comes later: a note in its dossier that says why, and a message."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from gehoor.core.decision.tasks import TaskState
from gehoor.core.dossier.dossier import Dossier
from gehoor.core.dossier.events import EventKind, NewEvent
from gehoor.core.objections.objections import Objection
from gehoor.core.wording.registry import sentences_of
from gehoor.services.correspondence.texts import checked, once_for, remembering
from gehoor.services.dossiers.task_askers import asked_by
from gehoor.services.messages.notifications import event_key, notice
from gehoor.services.ports.records import Account
from gehoor.services.recording.answers import RefusedError
from gehoor.services.recording.changing import Case, Change, changing
from gehoor.services.register.runtime import Runtime


@dataclass(frozen=True)
class Trouble:
    """What somebody says of their task: the dossier, the task and the key of its row (or an empty text), and why.
    ``key`` names the rendered form: the same text sent twice from it is told once."""

    dossier: str
    task: str
    row: str
    why: str
    key: str
    actor: str


def tell_trouble(runtime: Runtime, told: Trouble, now: datetime) -> Dossier:
    """Keep, by a task, that it cannot be done or comes later, and tell who asked for it and who handles the dossier.
    Raises ``TextRefusedError``, ``RefusedError`` of what is over, and as ``changing`` does."""
    why = checked(told.why)

    def change(case: Case) -> Change | None:
        state = case.task
        assert state is not None
        if not state.waits:
            raise RefusedError([Objection("", "task-not-now")])
        once = once_for("trouble", told.dossier, told.key, why)
        if case.register.submission(once) is not None:
            return None
        words, named = sentences_of(case.agreement).notices, _name_of(state)
        event = NewEvent(
            EventKind.NOTE_WRITTEN, {"text": f"{words.task_trouble(named)}\n{why}", "pinned": True}
        )
        message = notice(
            runtime,
            case.agreement,
            case.dossier,
            (
                event_key(f"trouble/{state.task.id}/{state.row}", case.dossier.version, now),
                "",
                _told(case, state),
            ),
            words.task_trouble_told(state.task.name),
            now,
        )
        sent = () if message is None else (message,)
        return Change(case.outcome(event), sent, (remembering(once, told.dossier),))

    return changing(runtime, told.dossier, told.actor, None, now, change, by_task=(told.task, told.row))


def _name_of(state: TaskState) -> str:
    return f"{state.task.name} ({state.row_title} {state.number})" if state.number else state.task.name


def _told(case: Case, state: TaskState) -> list[Account]:
    """Return who is told: who asked, who handles the dossier, and who acts for either while they are away."""
    names = dict.fromkeys(name for name in (asked_by(case.events, state), *case.dossier.handlers) if name)
    people = {one.name: one for name in names for one in case.staff.reached(name, case.excluded)}
    return [one for name, one in people.items() if name not in {case.actor_name, *case.hidden_from}]
