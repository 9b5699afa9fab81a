"""Yes or no."""

from __future__ import annotations

from typing import Any, Final

from gehoor.core.conditions.facts import FactType
from gehoor.core.forms.reading import UnreadableError
from gehoor.core.forms.types.base import FieldType

_YES_NO: Final = {"ja": True, "true": True, "nee": False, "false": False}


def _read(given: Any) -> bool | None:
    if isinstance(given, bool):
        return given
    if given == "":
        return None
    if not isinstance(given, str) or given not in _YES_NO:
        raise UnreadableError
    return _YES_NO[given]


BOOLEAN = FieldType(
    name="boolean",
    fact_type=FactType.BOOLEAN,
    describes=lambda schema: schema.get("type") == "boolean",
    read=lambda given, _, __: _read(given),
    fact=lambda value, _: bool(value),
    show=lambda value, _, formats: formats.yes if value else formats.no,
    countable=True,
    picked=True,
    comparable=True,
)
