"""What every field type looks like in a page."""

from __future__ import annotations

from typing import Any, Final
from zoneinfo import ZoneInfo

from gehoor.core.forms.fields import Field
from gehoor.web.forms.types.attachments import ATTACHMENTS
from gehoor.web.forms.types.base import ReadOnlyField, registered
from gehoor.web.forms.types.boolean import BOOLEAN
from gehoor.web.forms.types.choice import CHOICE, CHOICES, SCALE
from gehoor.web.forms.types.groups import GROUPS
from gehoor.web.forms.types.moments import DATE, INSTANT, TIME
from gehoor.web.forms.types.number import DECIMAL, INTEGER
from gehoor.web.forms.types.staff import STAFF
from gehoor.web.forms.types.text import EMAIL, LONG_TEXT, PHONE, TEXT, WEB_ADDRESS

TYPES: Final = registered(
    (
        CHOICE, DATE, INSTANT, EMAIL, WEB_ADDRESS, LONG_TEXT, PHONE, TIME, TEXT,
        SCALE, INTEGER, DECIMAL, BOOLEAN, STAFF, ATTACHMENTS, CHOICES, GROUPS,
    )
)  # fmt: skip
"""Name -> type; the names are those of ``core/forms/types/registry.py``."""


def unbound(of: Field, zone: ZoneInfo) -> Any:
    """Return the input of a field, to be bound to a form of WTForms."""
    of_type = ReadOnlyField if of.read_only else TYPES[of.kind].input
    return of_type(of, TYPES, zone)
