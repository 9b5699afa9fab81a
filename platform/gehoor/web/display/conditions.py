"""Which answer shows a field, in a shape that a small script understands. Without script everything is shown."""

from __future__ import annotations

import json

from gehoor.core.conditions.model import Comparison, Condition, Operator
from gehoor.core.forms.fields import Field


def show_when(field: Field) -> str:
    """Return the answers that show a field as JSON, or an empty text when that is not one simple comparison."""
    found = _simple(field.show_if)
    return json.dumps({"field": found[0], "values": found[1]}) if found else ""


def _simple(condition: Condition | None) -> tuple[str, list[str]] | None:
    if not isinstance(condition, Comparison):
        return None
    match condition.operator, condition.operand:
        case Operator.IS, bool() as truth:
            return condition.fact, ["ja" if truth else "nee"]
        case ((Operator.IS | Operator.CONTAINS), str() as code):
            return condition.fact, [code]
        case Operator.ONE_OF, tuple() as codes if all(isinstance(code, str) for code in codes):
            return condition.fact, [str(code) for code in codes]
    return None
