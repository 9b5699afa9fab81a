"""Kinds of questions of XLSForm, as kinds of fields of ours."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

SILENT: Final = frozenset(
    {
        "start",
        "end",
        "today",
        "deviceid",
        "username",
        "phonenumber",
        "email-metadata",
        "simserial",
        "subscriberid",
        "audit",
    }
)
"""What a device notes by itself: here the register knows when and by whom."""
_FILES: Final[Mapping[str, Any]] = {"type": "array", "widget": "attachments", "maxItems": 5}
_PLAIN: Final[Mapping[str, tuple[str, Mapping[str, Any]]]] = {
    "text": ("text", {"type": "string", "maxLength": 1_000}),
    "string": ("text", {"type": "string", "maxLength": 1_000}),
    "integer": ("integer", {"type": "integer"}),
    "int": ("integer", {"type": "integer"}),
    "decimal": ("number", {"type": "number"}),
    "date": ("date", {"type": "string", "format": "date"}),
    "time": ("other", {"type": "string", "format": "time"}),
    "datetime": ("other", {"type": "string", "format": "date-time"}),
    "dateTime": ("other", {"type": "string", "format": "date-time"}),
    "acknowledge": ("boolean", {"type": "boolean", "const": True}),
    "trigger": ("boolean", {"type": "boolean", "const": True}),
    "image": ("files", {**_FILES, "file-kinds": ["jpeg", "png", "webp"]}),
    "photo": ("files", {**_FILES, "file-kinds": ["jpeg", "png", "webp"]}),
    "file": ("files", _FILES),
}  # fmt: skip
_IGNORED: Final = frozenset(
    {"name", "type", "label", "hint", "required", "relevant", "constraint", "appearance"}
)
"""Kind there -> how a condition asks it (see ``Asked``), and its schema."""


def simple_kind(kind: str, appearance: str) -> tuple[str, dict[str, Any]] | None:
    """Return how a condition asks a kind of question, and its schema; None for one that there is not here."""
    found = _PLAIN.get(kind) or _PLAIN.get(kind.casefold())
    if found is None:
        return None
    asked, made = found[0], dict(found[1])
    if asked == "text" and "multiline" in appearance.casefold():
        made |= {"widget": "long-text", "maxLength": 5_000}
    elif asked == "text" and "email" in appearance.casefold():
        made["format"] = "email"
    return asked, made


def range_of(parameters: str) -> tuple[dict[str, Any], bool]:
    """Return the schema of a number between bounds (``start=1 end=5 step=1``), and whether all of it was understood.

    Steps count from ``start`` there and from 0 here: those that do not come to the same are left out, and told."""
    said = dict(one.split("=", 1) for one in parameters.replace(",", " ").split() if "=" in one)
    fits = re.compile(r"-?\d{1,9}(\.\d{1,4})?")
    numbers = {key: Decimal(value) for key, value in said.items() if fits.fullmatch(value)}
    whole = all(one == int(one) for one in numbers.values())
    made: dict[str, Any] = {"type": "integer" if whole else "number"}
    for keyword, key in (("minimum", "start"), ("maximum", "end")):
        if key in numbers:
            made[keyword] = int(numbers[key]) if whole else float(numbers[key])
    step = numbers.get("step", Decimal(1))
    steps = step > 0 and numbers.get("start", Decimal(0)) % step == 0
    if steps and (step != 1 or not whole):
        made["multipleOf"] = int(step) if whole else float(step)
    known = not set(said) - {"start", "end", "step"} and {"start", "end"} <= numbers.keys()
    return made, known and steps and said.keys() <= numbers.keys()
