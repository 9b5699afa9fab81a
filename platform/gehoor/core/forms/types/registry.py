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


_SAID: Final = ("type", "format", "widget")
_THERE: Final = ("oneOf", "enum", "properties")
_KINDS: Final[dict[tuple[object, ...], str | None]] = {}


def kind_of(schema: Schema) -> str | None:
    """Return the name of the type that a schema describes, or None when it is no field. A type goes by what ``type``,
    ``format`` and ``widget`` say, and by whether there are choices or properties, of itself or of its items."""
    said, items = schema.get, schema.get("items")
    there = "oneOf" in schema, "enum" in schema, "properties" in schema
    below = None if items is None else ("oneOf" in items, "enum" in items, "properties" in items)
    key = said("type"), said("format"), said("widget"), there, below
    try:
        return _KINDS[key]
    except KeyError:
        return _KINDS.setdefault(key, _described(key[:3], there, below))
    except TypeError:
        # Something that nobody types there, such as a list of types.
        return _first(schema)


def _described(
    said: tuple[object, ...], there: tuple[bool, ...], below: tuple[bool, ...] | None
) -> str | None:
    schema = {word: value for word, value in zip(_SAID, said, strict=True) if value is not None}
    schema |= {word: () for word, is_there in zip(_THERE, there, strict=True) if is_there}
    if below is not None:
        schema["items"] = {word: () for word, is_there in zip(_THERE, below, strict=True) if is_there}
    return _first(schema)


def _first(schema: Schema) -> str | None:
    return next((name for name, describes in _DESCRIBES if describes(schema)), None)
