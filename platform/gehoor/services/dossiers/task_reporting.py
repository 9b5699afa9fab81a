"""Reporting on a task: who has it fills in what was agreed, of that row alone, and learns nothing else by it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from gehoor.core.decision.tasks import TaskState
from gehoor.core.dossier.dossier import Dossier, fold
from gehoor.core.dossier.events import Event, EventKind
from gehoor.core.forms.fields import Field
from gehoor.core.forms.reading import UnreadableError
from gehoor.core.forms.types.groups import shown_members
from gehoor.core.objections.objections import ASKS_REASON, Objection
from gehoor.services.dossiers.editing import EditConflictError, Filling, filled_in
from gehoor.services.recording.answers import RefusedError
from gehoor.services.recording.attachments import NewFile
from gehoor.services.recording.changing import Case, Change, changing
from gehoor.services.register.marks import marks_of
from gehoor.services.register.runtime import Runtime

_HELD: Final = "held-back"
"""Says that something stands before it that is not told."""
_OF_ITSELF: Final = frozenset(
    {
        *("required", "required-choice", "unknown-person", "not-offered", "retired", "in-future", "fixed"),
        *("date-too-early", "date-too-late", "impossible-date", "change-needs-reason", "task-not-now", _HELD),
    }
)
"""What says no more than what is wrong with the answer itself."""


@dataclass(frozen=True)
class Report:
    """What somebody filled in of a task: the dossier, the task and the key of its row (or an empty text); ``answers``
    by field, as for ``Filling``. ``version``: the dossier as they saw it, or its mark."""

    dossier: str
    task: str
    row: str
    answers: Mapping[str, Any]
    version: int | str
    actor: str
    reason: str = ""
    key: str = ""
    """As in ``Filling``; so are ``files``, which are added to those that are there."""
    files: tuple[NewFile, ...] = ()


def report(runtime: Runtime, told: Report, now: datetime) -> Dossier:
    """Keep what somebody filled in of their task. Raises ``RefusedError`` with objections at the fields of the task,
    ``EditConflictError``, ``UnknownDossierError`` for who does not have it, and as ``changing`` does."""

    marks = marks_of(runtime)

    def change(case: Case) -> Change | None:
        state = case.task
        assert state is not None
        if not state.open or state.closed:
            raise RefusedError([Objection("", "task-not-now")])
        answers = {name: raw for name, raw in told.answers.items() if name in state.task.fills}
        try:
            # Of a row, what others did in other rows since is no conflict: it is told apart here.
            seen = marks.sequence_at(case.events, told.version)
            version = case.dossier.version if state.task.rows else seen
            given = _row(case, state, seen, answers) if state.task.rows else answers
            given |= _with_files(case, state, told)
            filling = Filling(told.dossier, given, version, told.actor, told.key, told.files, told.reason)
            return filled_in(case, filling) if given else None
        except RefusedError as refusal:
            raise RefusedError(_told(case, state, refusal.objections)) from refusal

    return changing(runtime, told.dossier, told.actor, None, now, change, by_task=(told.task, told.row))


def _with_files(case: Case, state: TaskState, told: Report) -> dict[str, Any]:
    """Return the files of the dossier with those that come along, or that waited; nothing where none do."""
    name = state.task.evidence
    added = told.answers.get(name) if name else None
    there = case.dossier.values.get(name, [])
    return {name: [*there, *added]} if isinstance(added, list) and isinstance(there, list) else {}


def _row(case: Case, state: TaskState, at: int, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Return the list with what was filled in in its row, beside what others did in the other rows meanwhile; nothing
    where nothing was. ``at``: the version that whoever did so saw."""
    list_name = state.task.rows
    of = case.agreement.dossier_form.fields[list_name]
    given, cleared = _read(of, answers, ZoneInfo(case.agreement.time_zone))
    seen = _row_seen(case, state, at)
    now = state.answers
    given = {name: value for name, value in given.items() if value not in (seen.get(name), now.get(name))}
    cleared = {name for name in cleared if name in seen and name in now}
    moved = [name for name in (*given, *cleared) if now.get(name) != seen.get(name)]
    if moved:
        last = _moved_by(case, state, moved)
        raise EditConflictError(sorted(moved), last.actor, last.at)
    if not given and not cleared:
        return {}
    row = {**{name: value for name, value in now.items() if name not in cleared}, **given}
    rows = case.dossier.values[list_name]
    assert isinstance(rows, list)
    if _hides(of, state, row):
        # At the answer by which it would be so: there is one of these at most on which others hang.
        member = next(iter((*given, *sorted(cleared))))
        raise RefusedError([Objection(list_name, _HELD, {}, state.number, member)])
    return {list_name: [*rows[: state.number - 1], row, *rows[state.number :]]}


def _read(of: Field, answers: Mapping[str, Any], zone: ZoneInfo) -> tuple[dict[str, Any], set[str]]:
    """Return what was filled in in a row, and what was left empty. What cannot be read stays as it was given: the list
    is read as a whole, and says why."""
    given: dict[str, Any] = {}
    empty: set[str] = set()
    for name, raw in answers.items():
        member = of.members[name]
        try:
            value = None if raw is None else member.type.read(raw, member, zone)
        except UnreadableError:
            given[name] = raw
            continue
        if value is None:
            empty.add(name)
        else:
            given[name] = value
    return given, empty


def _row_seen(case: Case, state: TaskState, version: int) -> Mapping[str, Any]:
    """Return the row as whoever filled it in saw it; as it is now, where that is not known any more."""
    if not 1 <= version < case.dossier.version:
        return state.answers
    before = fold(case.events[:version])
    keys, rows = before.rows.get(state.task.rows, ()), before.values.get(state.task.rows, ())
    found = (
        (row for key, row in zip(keys, rows, strict=False) if key == state.row)
        if isinstance(rows, list)
        else ()
    )
    return next((row for row in found if isinstance(row, Mapping)), state.answers)


def _moved_by(case: Case, state: TaskState, moved: Iterable[str]) -> Event:
    """Return by what members of a row came to be as they are now: who did something else meanwhile is not named."""
    names = tuple(moved)

    def row_at(version: int) -> list[Any]:
        return [_row_seen(case, state, version).get(name) for name in names]

    changed = [
        one
        for one in case.events
        if one.kind is EventKind.ANSWERED and {state.task.rows}.intersection(one.data["values"])
    ]
    found = (one for one in reversed(changed) if row_at(one.sequence) != row_at(one.sequence - 1))
    return next(found, changed[-1])


def _hides(of: Field, state: TaskState, row: Mapping[str, Any]) -> bool:
    """Say whether a row would not ask any more what others filled in there, and that is not for who has the task."""
    try:
        shown = shown_members(row, of)
    except (ValueError, TypeError, ArithmeticError):
        # What cannot be read is refused as such.
        return False
    return any(name not in shown and name not in state.task.fills for name in row)


def _told(case: Case, state: TaskState, objections: Iterable[Objection]) -> list[Objection]:
    """Return the objections as who has the task hears them: at its own fields, and about those alone. What stands
    elsewhere, or tells of anything else, is not told."""
    told, held = [], False
    for one in objections:
        own = _own_field(state, one)
        if own is not None and _tells_nothing_else(case, state, one):
            told.append(replace(one, field=own, row=0, member=""))
        else:
            held = True
    return told or ([Objection(state.task.fills[0], _HELD)] if held else [])


def _own_field(state: TaskState, objection: Objection) -> str | None:
    """Return the field of the task that an objection is about; None for one about something else."""
    task = state.task
    if task.evidence and objection.field == task.evidence:
        return task.evidence
    if not task.rows:
        return objection.field if objection.field in ("", *task.fills) else None
    if objection.field != task.rows:
        return None if objection.field else ""
    if objection.row == state.number and objection.member in task.fills:
        return objection.member
    return task.fills[0] if not objection.row and objection.code in ASKS_REASON else None


def _tells_nothing_else(case: Case, state: TaskState, objection: Objection) -> bool:
    if objection.code == "hides-lateness":
        terms = case.decision.terms.values()
        own = {one.name for one in terms if one.term.task == state.task.id and one.row == state.number}
        return own.issuperset(late for late, *_ in objection.details["late"])
    return objection.code in _OF_ITSELF or objection.code.startswith(("form-", "file"))
