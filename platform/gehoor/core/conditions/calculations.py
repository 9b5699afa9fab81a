"""Calculations with two answers: ``ernst x herhaalkans``, ``antwoord_datum - ontvangstdatum``. Whole or exact."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from gehoor.core.conditions.facts import Facts, FactType, FactValue, type_of

_OPERATORS: Final[Mapping[str, Callable[[Decimal, Decimal], Decimal]]] = {
    "+": operator.add,
    "-": operator.sub,
    "x": operator.mul,
}
_NUMBERS: Final = frozenset({FactType.INTEGER, FactType.DECIMAL})
_FIELD: Final = re.compile(r"[a-z][a-z0-9]*([_-][a-z0-9]+)*")
_NUMBER: Final = re.compile(r"[0-9]{1,9}([.,][0-9]{1,4})?")


@dataclass(frozen=True, slots=True)
class Calculation:
    """Two operands, each a field or a number, with ``+``, ``-`` or ``x`` between them.

    From one date another may be subtracted: that gives whole days.
    """

    left: str | Decimal
    sign: str
    right: str | Decimal

    @property
    def fields(self) -> tuple[str, ...]:
        """Return the fields it asks for."""
        return tuple(part for part in (self.left, self.right) if isinstance(part, str))

    def result(self, facts: Facts) -> FactValue | None:
        """Return the outcome, an int or a Decimal; None when a field has no answer."""
        left, right = (self._operand(part, facts) for part in (self.left, self.right))
        if left is None or right is None:
            return None
        if isinstance(left, date) and isinstance(right, date):
            return (left - right).days
        assert not isinstance(left, date)
        assert not isinstance(right, date)
        outcome = _OPERATORS[self.sign](Decimal(left), Decimal(right))
        return int(outcome) if isinstance(left, int) and isinstance(right, int) else outcome

    def result_type(self, types: Mapping[str, FactType]) -> FactType | None:
        """Return the type of the outcome, or None when these fields cannot be reckoned with."""
        kinds = {self._type(part, types) for part in (self.left, self.right)}
        if kinds == {FactType.DATE} and self.sign == "-":
            return FactType.INTEGER
        if not kinds <= _NUMBERS:
            return None
        return FactType.INTEGER if kinds == {FactType.INTEGER} else FactType.DECIMAL

    def _operand(self, part: str | Decimal, facts: Facts) -> int | Decimal | date | None:
        if isinstance(part, Decimal):
            return int(part) if part == part.to_integral_value() else part
        value = facts.get(part)
        assert value is None or isinstance(value, (int, Decimal, date))
        return value

    def _type(self, part: str | Decimal, types: Mapping[str, FactType]) -> FactType | None:
        if isinstance(part, str):
            return types.get(part)
        return type_of(int(part) if part == part.to_integral_value() else part)


def read_calculation(text: str) -> Calculation:
    """Read "<field or number> <+, - or x> <field or number>". Raises ``ValueError`` for any other text."""
    words = text.split()
    if len(words) != 3 or words[1] not in _OPERATORS:
        raise ValueError(text)
    found = Calculation(_operand(words[0]), words[1], _operand(words[2]))
    if not found.fields:
        raise ValueError(text)
    return found


def _operand(word: str) -> str | Decimal:
    if _NUMBER.fullmatch(word):
        return Decimal(word.replace(",", "."))
    if _FIELD.fullmatch(word):
        return word
    raise ValueError(word)
