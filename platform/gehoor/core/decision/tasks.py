"""Tasks of a dossier at a moment: who has them, by when, and whether they are done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from gehoor.core.agreement.model import Agreement
from gehoor.core.agreement.tasks import Task, named_for
from gehoor.core.conditions.evaluate import holds
from gehoor.core.conditions.facts import Facts
from gehoor.core.deadlines.due import DeadlineError, too_late_at
from gehoor.core.decision.late_answers import can_be_filled_in
from gehoor.core.decision.model import Decision, TermState
from gehoor.core.dossier.dossier import Dossier
from gehoor.core.forms.fields import StoredValue
from gehoor.core.forms.form import facts_of


@dataclass(frozen=True, slots=True)
class TaskState:
    """A task that somebody has. ``people`` are the accounts that have it, ``row`` the key of its row and ``number`` the
    number of that, from 1 (none: it is of the dossier); ``answers`` what stands in the row, or in the dossier."""

    task: Task
    people: tuple[str, ...]
    answers: Mapping[str, StoredValue]
    done: bool
    open: bool
    """Whether what is asked can be filled in now: it is to be done, and its phase is open."""
    closed: bool
    """Whether the dossier is closed, and its term does not run on then: what is not done, is not to be done any
    more."""
    row: str = ""
    number: int = 0
    row_title: str = ""
    due: date | datetime | None = None
    too_late_at: datetime | None = None
    late: bool = False
    responsible: str = ""
    """The role that is responsible for its term, while that runs."""

    @property
    def waits(self) -> bool:
        """Say whether it is to be done now."""
        return self.open and not self.done and not self.closed


def is_done(agreement: Agreement, task: Task, answers: Mapping[str, Any]) -> bool:
    """Say whether a task is done, by what stands in its row, or in the dossier."""
    return holds(task.done_if, _facts(agreement, task, answers))


def _facts(agreement: Agreement, task: Task, answers: Mapping[str, Any]) -> Facts:
    fields = agreement.dossier_form.fields
    return facts_of(fields[task.rows].members if task.rows else fields, answers)


def task_states(agreement: Agreement, dossier: Dossier, decision: Decision) -> tuple[TaskState, ...]:
    """Return the tasks of a dossier that somebody has, in the order of the files. One that was anonymised has none."""
    if not agreement.tasks or dossier.frozen is not None:
        return ()
    found = (one for task in agreement.tasks.values() for one in _states(agreement, dossier, decision, task))
    return tuple(one for one in found if one.people)


def unclaimed_tasks(agreement: Agreement, dossier: Dossier, decision: Decision) -> tuple[TaskState, ...]:
    """Return the tasks of a dossier that wait while nobody has them, and whose term runs: whoever is responsible for
    that term does them, or says who."""
    if not agreement.tasks or dossier.frozen is not None or decision.closed:
        return ()
    found = (one for task in agreement.tasks.values() for one in _states(agreement, dossier, decision, task))
    return tuple(one for one in found if not one.people and one.waits and one.responsible)


def task_of(
    agreement: Agreement, dossier: Dossier, decision: Decision, of: tuple[str, str]
) -> TaskState | None:
    """Return one task of a dossier, by its id and the key of its row; None where nobody has it."""
    states = task_states(agreement, dossier, decision)
    return next((one for one in states if (one.task.id, one.row) == of), None)


def _states(agreement: Agreement, dossier: Dossier, decision: Decision, task: Task) -> Iterator[TaskState]:
    fields = agreement.dossier_form.fields
    if not task.rows:
        opened = any(can_be_filled_in(agreement, decision, name) for name in task.fills)
        known = (named_for(task, dossier.values), opened, decision.terms.get(_term_of(agreement, task)))
        yield _state(agreement, decision, task, decision.values, known)
        return
    of, rows = fields[task.rows], dossier.values.get(task.rows, ())
    assert isinstance(rows, Sequence)
    keys, opened = dossier.rows.get(task.rows, ()), can_be_filled_in(agreement, decision, task.rows)
    terms = {one.row: one for one in decision.terms.values() if one.term.task == task.id}
    for number, row in enumerate(rows, start=1):
        assert isinstance(row, Mapping)
        if number <= len(keys):
            known = (named_for(task, row), opened, terms.get(number))
            yield _state(agreement, decision, task, row, known, (keys[number - 1], number, of.row_title))


def _term_of(agreement: Agreement, task: Task) -> str:
    return next((name for name, term in agreement.terms.items() if term.task == task.id), "")


def _state(
    agreement: Agreement,
    decision: Decision,
    task: Task,
    answers: Mapping[str, StoredValue],
    known: tuple[tuple[str, ...], bool, TermState | None],
    row: tuple[str, int, str] = ("", 0, ""),
) -> TaskState:
    """``known``: who has it, whether it can be filled in, and its term."""
    people, opened, term = known
    done = is_done(agreement, task, answers)
    opened = opened and (task.applies_if is None or holds(task.applies_if, _facts(agreement, task, answers)))
    due, too_late = (term.due.due, term.due.too_late_at) if term and term.due else (None, None)
    if due is None and task.day in answers:
        due = date.fromisoformat(str(answers[task.day]))
        too_late = _too_late(due, agreement.time_zone)
    closed = decision.closed and not (term is not None and term.term.after_closing)
    late = too_late is not None and decision.at >= too_late and not done and not closed
    responsible = term.responsible if term and term.due else ""
    return TaskState(
        task, people, answers, done, opened, closed, *row,
        due=due, too_late_at=too_late, late=late, responsible=responsible,
    )  # fmt: skip


def _too_late(day: date, zone: str) -> datetime | None:
    try:
        return too_late_at(day, zone)
    except DeadlineError:
        return None
