"""Who hears of tasks by what somebody saved: who has one from now on, and who handles the dossier that one is done."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from gehoor.core.agreement.model import Agreement
from gehoor.core.agreement.tasks import Task, named_for
from gehoor.core.decision.model import Decision
from gehoor.core.decision.tasks import is_done, task_states
from gehoor.core.dossier.dossier import Dossier
from gehoor.core.wording.registry import sentences_of
from gehoor.services.access.confidentiality import clearance_for
from gehoor.services.access.task_access import holders_of, may_have
from gehoor.services.messages.notifications import TaskNotice, event_key, notice, task_notice
from gehoor.services.ports.records import Message
from gehoor.services.register.runtime import Runtime
from gehoor.services.register.staff import Staff


def task_news(
    runtime: Runtime,
    staff: Staff,
    before: Dossier,
    after: tuple[Agreement, Dossier, Decision],
    hidden: Collection[str],
    actor: str,
) -> list[Message]:
    """Return the messages about tasks that somebody got, has to do again, or did. ``after``: the dossier as it is to
    be, under which agreement, and what holds then; ``hidden``: for whom it does not exist. Whoever did it is told
    nothing."""
    agreement, dossier, decision = after
    if not agreement.tasks or decision.closed:
        return []
    known = {place: (task, answers) for place, task, answers in _tasks_in(agreement, before)}
    clearance = clearance_for(agreement, dossier, decision, staff)
    may = may_have(clearance, agreement, staff)
    found = []
    for state in task_states(agreement, dossier, decision):
        place = (state.task.id, state.row)
        had = named_for(state.task, known[place][1]) if place in known else ()
        again = place in known and is_done(agreement, *known[place])
        new = [one for one in state.people if (again or one not in had) and one != actor]
        key = event_key("/".join(("task", *place)), dossier.version, decision.at)
        if new and not state.done:
            due = state.due.isoformat() if state.due else ""
            told = TaskNotice(place, key, sentences_of(agreement).notices.task_given, due)
            found.append(
                task_notice(
                    runtime,
                    agreement,
                    dossier,
                    told,
                    holders_of(new, staff, may, clearance.excluded),
                    decision.at,
                )
            )
        elif state.done and place in known and not again:
            found.append(
                _done(
                    runtime,
                    (staff, clearance.excluded),
                    (agreement, dossier, decision),
                    state.task,
                    key,
                    {*hidden, actor},
                )
            )
    return [one for one in found if one is not None]


def _done(
    runtime: Runtime,
    known: tuple[Staff, Collection[str]],
    after: tuple[Agreement, Dossier, Decision],
    task: Task,
    key: str,
    not_told: Collection[str],
) -> Message | None:
    """``known``: everyone, and who has a conflict of interest."""
    (staff, excluded), (agreement, dossier, decision) = known, after
    reached = {one.name: one for name in dossier.handlers for one in staff.reached(name, excluded)}
    people = [one for name, one in reached.items() if name not in not_told]
    if not people:
        return None
    reason = sentences_of(agreement).notices.task_done(task.name)
    return notice(runtime, agreement, dossier, (key, "", people), reason, decision.at)


def _tasks_in(
    agreement: Agreement, dossier: Dossier
) -> Iterator[tuple[tuple[str, str], Task, Mapping[str, Any]]]:
    """Give the tasks that there were, each by its id and the key of its row, with what stood there."""
    for task in agreement.tasks.values():
        if not task.rows:
            yield (task.id, ""), task, dossier.values
            continue
        keys, rows = dossier.rows.get(task.rows, ()), dossier.values.get(task.rows, ())
        for key, row in zip(keys, rows if isinstance(rows, list) else (), strict=False):
            if isinstance(row, Mapping):
                yield (task.id, key), task, row
