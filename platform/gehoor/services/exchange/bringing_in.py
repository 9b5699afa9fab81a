"""Bringing in a register that was kept elsewhere: each row becomes a dossier, once, as every dossier does.

All rows are judged first, and nothing is kept where one of them is wrong. What was brought in before is known by the
key of its row, so that it can be done again after something went wrong half-way.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any, Final

from gehoor.core.agreement.model import DOSSIER_FORM, Agreement
from gehoor.core.agreement.numbering import is_too_far
from gehoor.core.exchange.cells import (
    CellError,
    Sheet,
    SheetRow,
    answer_of,
    as_text,
    code_of,
    is_empty,
    plain_head,
)
from gehoor.core.exchange.register_mapping import RegisterMapping
from gehoor.core.objections.objections import Objection
from gehoor.core.text.steering import unsteered
from gehoor.services.access.authorisation import Actor, name_of
from gehoor.services.agreements.publications import all_in_force
from gehoor.services.dossiers.incoming import Opening, Receipt
from gehoor.services.dossiers.opening import open_dossiers, tried
from gehoor.services.exchange.brought_before import stands_otherwise
from gehoor.services.projection.projection import project_pending
from gehoor.services.recording.answers import RefusedError
from gehoor.services.recording.brought_in import BroughtIn
from gehoor.services.register.follow_up_codes import code_secret
from gehoor.services.register.library import NothingPublishedError
from gehoor.services.register.register import Register, reading
from gehoor.services.register.runtime import Runtime

_AT_ONCE: Final = 25
"""So many dossiers share a transaction."""
_LONGEST_KEY: Final = 100
_LONGEST_NUMBER: Final = 40
_NUMBER: Final = re.compile(r"[^\W_]+(?:[-/._ ][^\W_]+)*")
"""Letters and digits, with one sign at a time between them."""


class State(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    """It is, or would be, a dossier now."""
    THERE = "there"
    """It was brought in before."""
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class CellFaulty:
    """What is wrong with a cell: the column, a code, and what the sentence about it needs."""

    column: str
    code: str
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class RowResult:
    """What a row comes to. ``number``: of its dossier, empty where it is still to be drawn; ``phase``: the name of the
    phase that it is in; ``lacking``: the fields that were never filled in there; ``left``: those with an answer there
    that nobody is asked with these other answers, so that it does not come along; ``objections``: what is wrong with
    its answers, by field; ``changed``: it was brought in before, and stands there otherwise by now."""

    row: int
    key: str
    state: State
    agreement: Agreement | None = None
    dossier: str = ""
    number: str = ""
    phase: str = ""
    closed: bool = False
    lacking: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    faults: tuple[CellFaulty, ...] = ()
    objections: tuple[Objection, ...] = ()
    changed: bool = False


@dataclass(frozen=True)
class _Row:
    """A row as it is about to be opened."""

    result: RowResult
    opening: Opening | None


def agreements_for(
    runtime: Runtime, register: Register, mapping: RegisterMapping, now: datetime
) -> dict[str, Agreement]:
    """Return what is in force for each department that rows may go to; one where nothing is, is left out."""
    rule = mapping.departments
    named = [mapping.department, *([*rule.values.values(), rule.otherwise] if rule else [])]
    found: dict[str, Agreement] = {}
    for one in dict.fromkeys(filter(None, named)):
        try:
            found[one] = runtime.library.in_force(register, mapping.organisation, one, now)
        except NothingPublishedError:
            continue
    return found


def judge(
    runtime: Runtime, mapping: RegisterMapping, sheet: Sheet, actor: Actor, now: datetime
) -> list[RowResult]:
    """Return what each row would come to. Nothing is kept."""
    return [one.result for one in _judged(runtime, mapping, sheet, actor, now)]


def bring_in(
    runtime: Runtime,
    mapping: RegisterMapping,
    sheet: Sheet,
    actor: Actor,
    now: datetime,
    progress: Callable[[int], None] = lambda _: None,
) -> list[RowResult]:
    """Bring in every row, and return what became of each; where one is wrong, nothing of any.

    What is refused only as it is written, as its number was taken meanwhile, is wrong then, and the others are kept:
    those have a ``dossier``."""
    judged = _judged(runtime, mapping, sheet, actor, now)
    results = [one.result for one in judged]
    if any(one.state is State.WRONG for one in results):
        return results
    waiting = [(place, one.opening) for place, one in enumerate(judged) if one.result.state is State.NEW]
    for start in range(0, len(waiting), _AT_ONCE):
        batch = waiting[start : start + _AT_ONCE]
        openings = [opening for _, opening in batch if opening is not None]
        for (place, _), came in zip(batch, open_dossiers(runtime, openings, now), strict=True):
            results[place] = _after(results[place], came)
        progress(len(batch))
    return results


def _after(result: RowResult, came: Receipt | RefusedError) -> RowResult:
    if isinstance(came, RefusedError):
        # Something changed since it was judged: it is told, and the others are there.
        return replace(result, state=State.WRONG, objections=tuple(came.objections))
    # Somebody else may have brought in the same meanwhile.
    state = State.THERE if came.before else result.state
    return replace(result, state=state, dossier=came.dossier, number=came.number)


def _judged(
    runtime: Runtime, mapping: RegisterMapping, sheet: Sheet, actor: Actor, now: datetime
) -> list[_Row]:
    secret = code_secret(runtime)
    # Whether a number is taken, lists know.
    project_pending(runtime)
    with reading(runtime.store) as register:
        agreements = agreements_for(runtime, register, mapping, now)
        reader = _Reader(mapping, sheet, agreements, actor, _series_of(runtime, register, mapping, now))
        rows = [reader.read(one) for one in sheet.rows]
        return [_tried(runtime, register, one, secret, now) for one in rows]


def _series_of(
    runtime: Runtime, register: Register, mapping: RegisterMapping, now: datetime
) -> tuple[Agreement, ...]:
    """Return the agreements by which numbers are drawn: those of every department of the organisation, as a number
    goes for the series that it looks like, wherever its dossier is."""
    places = [one for one in register.published_departments() if one[0] == mapping.organisation]
    return tuple(one.agreement for one in all_in_force(register, runtime.library, places, now))


@dataclass
class _Reader:
    """Reads rows one by one, and knows which keys and numbers came before."""

    mapping: RegisterMapping
    sheet: Sheet
    agreements: Mapping[str, Agreement]
    actor: Actor
    series: tuple[Agreement, ...] = ()
    _heads: dict[str, str] = field(default_factory=dict)
    _keys: dict[str, int] = field(default_factory=dict)
    _numbers: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._heads = {plain_head(one): one for one in self.sheet.heads}

    def read(self, row: SheetRow) -> _Row:
        faults: list[CellFaulty] = []
        key = self._known_by(row, self.mapping.key, self._keys, _LONGEST_KEY, faults)
        number = ""
        if self.mapping.number:
            number = self._known_by(row, self.mapping.number, self._numbers, _LONGEST_NUMBER, faults)
            if number and not _NUMBER.fullmatch(number):
                faults.append(CellFaulty(self.mapping.number, "number-signs", {"value": number}))
            elif any(is_too_far(one, number) for one in self.series):
                faults.append(CellFaulty(self.mapping.number, "number-far", {"value": number}))
        agreement = self._agreement(row, faults)
        answers = self._answers(row, agreement, faults) if agreement else {}
        result = RowResult(row.number, key, State.NEW, agreement, faults=tuple(faults))
        if faults or agreement is None:
            return _Row(replace(result, state=State.WRONG), None)
        opening = Opening(
            organisation=agreement.organisation,
            department=agreement.department,
            form=DOSSIER_FORM,
            answers=answers,
            key="/".join(map(_part, ("brought-in", agreement.organisation, self.mapping.source, key))),
            actor=self.actor,
            actor_name=name_of(self.actor),
            brought=BroughtIn(self.mapping.source, key, number),
            hears_code=False,
        )
        return _Row(result, opening)

    def _cell(self, row: SheetRow, column: str) -> Any:
        return row.cells.get(self._heads.get(plain_head(column), column))

    def _known_by(
        self, row: SheetRow, column: str, known: dict[str, int], most: int, faults: list[CellFaulty]
    ) -> str:
        """Return the text in a cell that no other row may have too."""
        cell = self._cell(row, column)
        try:
            text = " ".join(unsteered(as_text(cell)).split())
        except CellError as error:
            faults.append(CellFaulty(column, error.code, error.details))
            return ""
        if isinstance(cell, date | time | timedelta):
            # What somebody typed as 3-2019 became one, and how it is read there is another matter.
            faults.append(CellFaulty(column, "day", {"value": text}))
        if not text:
            faults.append(CellFaulty(column, "missing"))
        elif len(text) > most:
            faults.append(CellFaulty(column, "long", {"most": most}))
        elif known.setdefault(text.casefold(), row.number) != row.number:
            faults.append(CellFaulty(column, "twice", {"value": text, "row": known[text.casefold()]}))
        return text[:most]

    def _agreement(self, row: SheetRow, faults: list[CellFaulty]) -> Agreement | None:
        rule = self.mapping.departments
        department, column = self.mapping.department, ""
        if rule is not None and not department:
            column = rule.column
            try:
                cell = self._cell(row, rule.column)
                department = str(rule.preset or "") if not rule.column else code_of(as_text(cell), rule)
            except CellError as error:
                faults.append(CellFaulty(rule.column, error.code, error.details))
                return None
        if department not in self.agreements:
            faults.append(CellFaulty(column, "no-department", {"value": department}))
        return self.agreements.get(department)

    def _answers(self, row: SheetRow, agreement: Agreement, faults: list[CellFaulty]) -> dict[str, Any]:
        answers: dict[str, Any] = {}
        for rule in self.mapping.fields:
            of = agreement.dossier_form.fields.get(rule.into)
            if of is None:
                continue
            if rule.column:
                cell = self._cell(row, rule.column)
                if not is_empty(cell, self.mapping):
                    try:
                        answers[rule.into] = answer_of(
                            cell, rule, of, self.mapping, from_1904=self.sheet.from_1904
                        )
                    except CellError as error:
                        faults.append(CellFaulty(rule.column, error.code, error.details))
                    continue
            if rule.preset is not None:
                answers[rule.into] = [str(rule.preset)] if of.kind == "choices" else rule.preset
        return answers


def _part(text: str) -> str:
    """Return a text as one part of a key: no two sources and keys ever make the same."""
    return text.replace("%", "%25").replace("/", "%2F")


def _tried(runtime: Runtime, register: Register, row: _Row, secret: str, now: datetime) -> _Row:
    if row.opening is None:
        return row
    try:
        came = tried(runtime, register, row.opening, secret, now)
    except RefusedError as refusal:
        return _Row(replace(row.result, state=State.WRONG, objections=tuple(refusal.objections)), None)
    if isinstance(came, Receipt):
        changed = stands_otherwise(runtime, register, row.opening, came.dossier, now)
        result = replace(row.result, state=State.THERE, dossier=came.dossier, number=came.number)
        return _Row(replace(result, changed=changed), None)
    phase = came.decision.current_phase
    brought = row.opening.brought
    result = replace(
        row.result,
        number=brought.number if brought else "",
        phase=phase.phase.name if phase else "",
        closed=came.decision.closed,
        lacking=came.lacking,
        left=tuple(name for name in row.opening.answers if name not in came.dossier.values),
    )
    return _Row(result, row.opening)


def wrong_in(results: Sequence[RowResult]) -> int:
    """Return how many rows are wrong."""
    return sum(one.state is State.WRONG for one in results)
