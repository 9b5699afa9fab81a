"""The codes that a field offers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def codes_of(field: Mapping[str, Any]) -> frozenset[str] | None:
    """Return the codes of a field with a code list, or None for any other field (canonical data)."""
    lists = field.get("items", {}) if field.get("type") == "array" else field
    if "enum" in lists:
        return frozenset(lists["enum"])
    return frozenset(item["const"] for item in lists["oneOf"]) if "oneOf" in lists else None
