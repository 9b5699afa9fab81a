"""The values that rules give, in words."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from gehoor.core.agreement.model import Agreement
from gehoor.core.conditions.calculations import Calculation
from gehoor.core.forms.fields import KINDS
from gehoor.core.rules.effects import SameAs
from gehoor.core.wording.nl.agreement.phrases import label, value

_SIGNS = {"+": "plus", "-": "min", "x": "maal"}


def outcome(agreement: Agreement, field: str, given: Any) -> str:
    """Say a value that a rule gives: as it is, taken over, or worked out."""
    if isinstance(given, SameAs):
        return f"hetzelfde als {label(agreement, given.field)}"
    if isinstance(given, Calculation):
        return f"{_part(agreement, given.left)} {_SIGNS[given.sign]} {_part(agreement, given.right)}"
    of = agreement.dossier_form.fields.get(field)
    if of is None:
        return value(None, given)
    stored = list(given) if isinstance(given, tuple) else given
    return value(of, KINDS[of.kind].fact(stored, of))


def _part(agreement: Agreement, part: str | Decimal) -> str:
    return label(agreement, part) if isinstance(part, str) else str(part).replace(".", ",")
