"""Every field type there is."""

from __future__ import annotations

from typing import Final

from gehoor.core.forms.types.attachments import ATTACHMENTS
from gehoor.core.forms.types.base import Schema, registered
from gehoor.core.forms.types.boolean import BOOLEAN
from gehoor.core.forms.types.choice import CHOICE, CHOICES, SCALE
from gehoor.core.forms.types.groups import GROUPS
from gehoor.core.forms.types.moments import DATE, INSTANT, TIME
from gehoor.core.forms.types.number import DECIMAL, INTEGER
from gehoor.core.forms.types.staff import STAFF
from gehoor.core.forms.types.text import EMAIL, LONG_TEXT, PHONE, TEXT, WEB_ADDRESS

TYPES: Final = registered(
    (
        CHOICE, DATE, INSTANT, EMAIL, WEB_ADDRESS, LONG_TEXT, PHONE, TIME, TEXT,
        SCALE, INTEGER, DECIMAL, BOOLEAN, STAFF, ATTACHMENTS, CHOICES, GROUPS,
    )
)  # fmt: skip
"""Name -> type. A schema is of the first type that describes it: a list of codes before its format, a format before
a widget, a scale before any number, and a text when it is nothing else."""

_DESCRIBES: Final = tuple((name, one.describes) for name, one in TYPES.items())


def kind_of(schema: Schema) -> str | None:
    """Return the name of the type that a schema describes, or None when it is no field."""
    for name, describes in _DESCRIBES:
        if describes(schema):
            return name
    return None
