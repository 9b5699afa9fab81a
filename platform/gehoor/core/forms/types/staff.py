"""People who work here, by sign-in name."""

from __future__ import annotations

from typing import Any, Final

from gehoor.core.conditions.facts import FactType
from gehoor.core.forms.reading import read_line
from gehoor.core.forms.types.base import FieldType, is_widget, labels_of
from gehoor.core.forms.types.choice import read_codes

MOST_PEOPLE: Final = 50
"""How many people an answer may name, when nothing else was agreed."""


def _read(given: Any) -> list[str] | None:
    """Read sign-in names, each once; capitals and spaces around them mean nothing."""
    lines = [read_line(name) for name in read_codes(given) or []]
    return list(dict.fromkeys(line.lower() for line in lines if line)) or None


STAFF = FieldType(
    name="staff",
    fact_type=FactType.CODES,
    describes=lambda schema: is_widget(schema, "staff"),
    read=lambda given, _, __: _read(given),
    fact=lambda names, _: tuple(names),
    show=labels_of,
    limits={"maxItems": MOST_PEOPLE},
    picked=True,
    comparable=True,
    names_people=True,
)
