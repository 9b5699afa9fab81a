"""Objections to choices: one that its list has set aside, and one that does not go with the other answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from gehoor.core.conditions.facts import Facts
from gehoor.core.forms.fields import Field, StoredRow, StoredValue
from gehoor.core.forms.form import Form, facts_of
from gehoor.core.forms.offers import unoffered
from gehoor.core.objections.objections import Objection


def retired_objections(
    form: Form, values: Mapping[str, StoredValue], before: Mapping[str, StoredValue]
) -> list[Objection]:
    """A code that its list has set aside stays readable, and cannot be chosen any more."""
    objections: list[Objection] = []
    for name, value in values.items():
        of = form.fields[name]
        if of.members:
            objections += _retired_in_rows(of, _rows(value), _rows(before.get(name)))
        elif (retired := _retired(of)) and retired & (_codes(value) - _codes(before.get(name))):
            objections.append(Objection(name, "retired"))
    return objections


def _retired_in_rows(of: Field, rows: list[StoredRow], before: list[StoredRow]) -> Iterator[Objection]:
    """Rows have no name to know them by, so a code may stand in as many rows as it already did."""
    for name, member_field in of.members.items():
        retired = _retired(member_field)
        known = Counter(code for row in before for code in _codes(row.get(name)))
        for number, row in enumerate(rows, start=1):
            chosen = Counter(retired & _codes(row.get(name)))
            if chosen - known:
                yield Objection(of.id, "retired", row=number, member=name)
            known -= chosen


@dataclass(frozen=True, slots=True)
class Answered:
    """Answers, and the facts that they and what rules make of them come to."""

    values: Mapping[str, StoredValue]
    facts: Facts


NOTHING = Answered({}, {})


def offer_objections(
    fields: Mapping[str, Field], after: Answered, before: Answered = NOTHING
) -> Iterator[Objection]:
    """Object to choices that do not go with the other answers, each at its field. What was chosen ``before`` and did
    not go with them then either, was agreed otherwise at the time, and stays."""
    for name, of in fields.items():
        if name not in after.values or not of.has_offers:
            continue
        if of.members:
            yield from _unoffered_in_rows(of, _rows(after.values[name]), _rows(before.values.get(name)))
        elif gone := unoffered_codes(of, after) - unoffered_codes(of, before):
            yield Objection(name, "not-offered", _named(of, gone))


def unoffered_codes(of: Field, answered: Answered) -> frozenset[str]:
    """Return what was chosen of a field and is not offered with these answers."""
    codes = _codes(answered.values.get(of.id))
    return unoffered(of, answered.facts) & codes if codes else frozenset()


def _unoffered_in_rows(of: Field, rows: list[StoredRow], before: list[StoredRow]) -> Iterator[Objection]:
    """Rows have no name to know them by, so a code may stand beside the same answers in as many as it already did."""
    for name, member in of.members.items():
        if member.has_offers:
            known = Counter(code for row in before for code in _unoffered_in(of, member, row))
            for number, row in enumerate(rows, start=1):
                chosen = Counter(_unoffered_in(of, member, row))
                if gone := chosen - known:
                    yield Objection(of.id, "not-offered", _named(member, gone), number, name)
                known -= chosen


def _unoffered_in(of: Field, member: Field, row: StoredRow) -> frozenset[str]:
    return unoffered_codes(member, Answered(dict(row), facts_of(of.members, dict(row))))


def _named(of: Field, codes: Collection[str]) -> dict[str, tuple[str, ...]]:
    chosen = [choice for choice in of.choices if choice.code in codes]
    return {"codes": tuple(one.code for one in chosen), "choices": tuple(one.label for one in chosen)}


def _retired(of: Field) -> set[str]:
    return {choice.code for choice in of.choices if choice.retired}


def _rows(value: StoredValue | None) -> list[StoredRow]:
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []


def _codes(value: StoredValue | None) -> set[str]:
    if isinstance(value, list):
        return {code for code in value if isinstance(code, str)}
    # The code of a number that is picked is the number as text.
    return {str(value)} if value is not None and not isinstance(value, bool) else set()
