"""Tasks as agreed: what somebody who is named in a dossier sees and fills in there, and nothing else of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gehoor.core.conditions.facts import FactType
from gehoor.core.conditions.model import Condition
from gehoor.core.conditions.parse import build_condition
from gehoor.core.forms.parse import member_types


@dataclass(frozen=True, slots=True)
class Task:
    """A task as agreed: of each row of a list, or (without ``rows``) of the dossier. ``by`` is the field with the
    people who have it, ``day`` one with the day on which it has to be done, ``shows`` what they see and ``fills`` what
    they fill in: members of the row, or fields of the dossier. ``done_if`` says when it is done. ``place`` says where
    it stands: file and line."""

    id: str
    name: str
    by: str
    fills: tuple[str, ...]
    done_if: Condition
    shows: tuple[str, ...] = ()
    day: str = ""
    rows: str = ""
    explanation: str = ""
    evidence: str = ""
    """The field of the dossier for files to which they may add some."""
    applies_if: Condition | None = None
    """When it is to be done; None: from the beginning."""
    place: str = ""

    @property
    def fields(self) -> tuple[str, ...]:
        """Return all that they see: what is shown to them, and what they fill in."""
        return tuple(dict.fromkeys((*self.shows, *self.fills)))


def named_for(task: Task, answers: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the accounts that have a task, by what stands in its row, or in the dossier."""
    answer = answers.get(task.by)
    return tuple(map(str, answer)) if isinstance(answer, list) else ()


def build_tasks(
    tasks: Mapping[str, Any],
    fields: Mapping[str, Any],
    types: Mapping[str, FactType],
    places: Mapping[str, str],
) -> dict[str, Task]:
    """Build tasks from canonical data. ``fields``: those of the dossier (canonical data), with their ``types``.

    Raises ``ConditionError``."""
    return {
        name: _task(name, data, fields, types, places.get(f"tasks/{name}", ""))
        for name, data in tasks.items()
    }


def _task(
    name: str, data: Mapping[str, Any], fields: Mapping[str, Any], types: Mapping[str, FactType], place: str
) -> Task:
    asked = member_types(fields[data["every"]]) if "every" in data else types
    return Task(
        id=name,
        name=data["name"],
        by=data["by"],
        fills=tuple(data["fills-in"]),
        done_if=build_condition(data["done-if"], asked),
        shows=tuple(data.get("shows", ())),
        day=data.get("day", ""),
        rows=data.get("every", ""),
        explanation=data.get("explanation", ""),
        evidence=data.get("evidence", ""),
        applies_if=build_condition(data["applies-if"], asked) if "applies-if" in data else None,
        place=place,
    )
