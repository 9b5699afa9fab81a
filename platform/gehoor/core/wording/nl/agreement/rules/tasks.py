"""Tasks in words: who has one, what they see and fill in, and when it is done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from gehoor.core.agreement.model import Agreement
from gehoor.core.agreement.tasks import Task
from gehoor.core.conditions.model import Condition
from gehoor.core.wording.chapters import Chapter, Item, Sentence, chapter
from gehoor.core.wording.nl.agreement.phrases import closed, joined
from gehoor.core.wording.nl.agreement.rules.conditions import clause, row_clause
from gehoor.core.wording.nl.formats import quoted


def tasks(agreement: Agreement) -> Chapter:
    """Say everything that was agreed about each task."""
    return chapter("tasks", "Taken", *(_task(agreement, task) for task in agreement.tasks.values()))


def _task(agreement: Agreement, task: Task) -> Item:
    key = f"tasks/{task.id}"
    return Item(
        key,
        task.name,
        tuple(replace(one, key=f"{key}/{one.key}") for one in _sentences(agreement, task)),
        new=f"Nieuwe taak: {task.name}.",
        gone=f"De taak {task.name} is weg.",
    )


def _sentences(agreement: Agreement, task: Task) -> Iterator[Sentence]:
    fields = agreement.dossier_form.fields
    known = fields[task.rows].members if task.rows else fields
    if task.rows:
        yield Sentence("every", f"Elke rij van {quoted(fields[task.rows].label)} heeft deze taak.")
    who = f"Ze is voor wie genoemd staat bij {quoted(known[task.by].label)}."
    yield Sentence("by", f"{who} Verder ziet die persoon niets van het dossier.")
    if task.explanation:
        yield Sentence("explanation", f"Wij zeggen erbij: {closed(task.explanation)}")
    if task.day:
        yield Sentence("day", f"Ze moet gedaan zijn op de dag bij {quoted(known[task.day].label)}.")
    if task.shows:
        shown = tuple(quoted(known[name].label) for name in task.shows)
        yield Sentence("shows", f"Te lezen is: {joined(shown)}.", subject=_what(task, "toont"), members=shown)
    filled = tuple(quoted(known[name].label) for name in task.fills)
    yield Sentence(
        "fills-in",
        f"In te vullen is: {joined(filled)}.",
        subject=_what(task, "laat invullen"),
        members=filled,
    )
    if task.evidence:
        there = quoted(fields[task.evidence].label)
        yield Sentence(
            "evidence", f"Er kunnen bestanden bij, in {there}. De andere bestanden daar zijn niet te zien."
        )
    if task.applies_if:
        yield Sentence("applies-if", f"Ze is te doen als {_clause(agreement, task, task.applies_if)}.")
    yield Sentence("done-if", f"Ze is gedaan als {_clause(agreement, task, task.done_if)}.")


def _clause(agreement: Agreement, task: Task, condition: Condition) -> str:
    if task.rows:
        return row_clause(agreement, agreement.dossier_form.fields[task.rows], condition)
    return clause(agreement, condition)


def _what(task: Task, does: str) -> str:
    return f"Wat de taak {task.name} {does}"
