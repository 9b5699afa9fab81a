"""Which answers show a field or offer a choice, in a shape that a small script judges. Without script all is shown."""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final, TypeAlias

from gehoor.core.calendar.durations import Unit
from gehoor.core.conditions.facts import FactValue
from gehoor.core.conditions.model import ORDERING, All, AnyOf, Comparison, Condition, Not, Operator
from gehoor.core.conditions.relative_dates import RelativeDate
from gehoor.core.forms.fields import Field
from gehoor.core.forms.offers import Offer

_Judged: TypeAlias = "dict[str, Any] | None"
"""What the script judges; None where it cannot know the outcome."""

NEVER: Final = json.dumps({"any": []})
"""What never holds, whatever is answered."""

_SIGNS: Final = {
    Operator.LESS_THAN: "<",
    Operator.AT_MOST: "<=",
    Operator.MORE_THAN: ">",
    Operator.AT_LEAST: ">=",
}
_DENIED: Final = {Operator.IS_NOT: Operator.IS, Operator.NONE_OF: Operator.ONE_OF}
"""Such a comparison holds of an answer of which the other does not."""
_DAYS: Final = {Unit.CALENDAR_DAYS: ("days", 1), Unit.WEEKS: ("days", 7)}
_MONTHS: Final = {Unit.MONTHS: ("months", 1), Unit.YEARS: ("months", 12)}


def show_when(field: Field, place: str = "") -> str:
    """Return the condition that shows a field as JSON, or an empty text when there is none that a page can judge.

    ``place``: what the names of the inputs of a row begin with. The shapes: ``all``, ``any`` and ``not`` of others,
    with null for what a page cannot judge; or a ``field`` and one thing asked of it: ``filled``, ``in`` (one of its
    answers is in the list), ``exactly`` (its answers are that list), ``within`` (the text is in it), ``number`` or
    ``day`` (a sign, and what it is compared with: a day is written, or the answer to a field and so many days or
    months from it).
    """
    return "" if field.show_if is None else _written(field.show_if, place)


def offer_when(offer: Offer, place: str = "") -> str:
    """Return when a choice is offered as JSON, of the same shapes; an empty text when it always is, or when a page
    cannot judge it."""
    if isinstance(offer, bool):
        return "" if offer else NEVER
    return _written(offer, place)


def _written(condition: Condition, place: str) -> str:
    judged = _judged(condition, place)
    return "" if judged is None else json.dumps(judged)


def _judged(condition: Condition, place: str) -> _Judged:
    match condition:
        case All(parts):
            return _several("all", parts, place)
        case AnyOf(parts):
            return _several("any", parts, place)
        case Not(part):
            inner = _judged(part, place)
            return None if inner is None else {"not": inner}
        case Comparison():
            return _compared(condition, place)
        case _:
            return None


def _several(how: str, parts: tuple[Condition, ...], place: str) -> _Judged:
    found = [_judged(part, place) for part in parts]
    return {how: found} if any(one is not None for one in found) else None


def _compared(comparison: Comparison, place: str) -> _Judged:
    of = {"field": place + comparison.fact}
    filled = {**of, "filled": True}
    match comparison.operator:
        case Operator.FILLED:
            return filled
        case Operator.EMPTY:
            return {"not": filled}
        case Operator.CONTAINS:
            return {**of, "within": comparison.operand}
        case (Operator.IS_NOT | Operator.NONE_OF) as denied:
            other = _asked(_DENIED[denied], comparison, of, place)
            return None if other is None else {"all": [filled, {"not": other}]}
        case other_operator:
            return _asked(other_operator, comparison, of, place)


def _asked(operator: Operator, comparison: Comparison, of: dict[str, Any], place: str) -> _Judged:
    match comparison.than or comparison.operand:
        case RelativeDate() as day:
            counted = _counted(day, place)
            return counted and {**of, "day": [_SIGNS.get(operator, "="), counted]}
        case tuple() as codes if operator is Operator.ONE_OF and all(isinstance(code, str) for code in codes):
            return {**of, "in": list(codes)}
        case tuple() as values if operator is Operator.ONE_OF:
            each = [_one(Operator.IS, value, of) for value in values]
            return {"any": each} if all(each) else None
        case tuple() as codes:
            return {**of, "exactly": list(codes)}
        case value:
            return _one(operator, value, of)


def _one(operator: Operator, value: FactValue | None, of: dict[str, Any]) -> _Judged:
    sign = _SIGNS[operator] if operator in ORDERING else "="
    match value:
        case bool():
            return {**of, "in": ["ja" if value else "nee"]}
        case int() | Decimal():
            return {**of, "number": [sign, float(value)]}
        case str():
            return {**of, "exactly": [value]}
        case date() if not isinstance(value, datetime):
            return {**of, "day": [sign, value.isoformat()]}
        case _:
            return None


def _counted(day: RelativeDate, place: str) -> dict[str, Any] | None:
    told: dict[str, Any] = {"field": place + day.fact}
    if day.by is None:
        return told
    unit = (_DAYS | _MONTHS).get(day.by.unit)
    if unit is None:
        return None
    name, times = unit
    return told | {name: day.by.amount * times * (-1 if day.backwards else 1)}
