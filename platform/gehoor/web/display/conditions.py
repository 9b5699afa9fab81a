"""Which answer shows a field, in a shape that a small script understands. Without script everything is shown."""

from __future__ import annotations

import json

from gehoor.core.conditions.model import Comparison, Operator
from gehoor.core.forms.fields import Field


def show_when(field: Field, place: str = "") -> str:
    """Return the answers that show a field as JSON, or an empty text when that is not one simple comparison.

    ``place``: what the names of the inputs of a row begin with; ``within``: what is written only has to have one of
    them in it; of choices, one of them is made either way.
    """
    condition = field.show_if
    values = _values(condition) if isinstance(condition, Comparison) else None
    if values is None:
        return ""
    assert isinstance(condition, Comparison)
    within = {"within": True} if condition.operator is Operator.CONTAINS else {}
    return json.dumps({"field": f"{place}{condition.fact}", "values": values, **within})


def _values(condition: Comparison) -> list[str] | None:
    match condition.operator, condition.operand:
        case Operator.IS, bool() as truth:
            return ["ja" if truth else "nee"]
        case Operator.IS, int() as number:
            return [str(number)]
        case ((Operator.IS | Operator.CONTAINS), str() as value):
            return [value]
        case Operator.ONE_OF, tuple() as values if all(isinstance(value, str) for value in values):
            return [str(value) for value in values]
    return None
