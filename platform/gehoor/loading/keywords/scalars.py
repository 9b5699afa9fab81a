"""Single values: the type that the meta-schema expects, and otherwise what was typed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from gehoor.loading.keywords.durations import canonical_duration, canonical_reminder
from gehoor.loading.keywords.meta_schemas import Schema
from gehoor.loading.keywords.placeholders import canonical_places
from gehoor.loading.keywords.relative_dates import canonical_bound, canonical_day
from gehoor.loading.keywords.vocabulary import Vocabulary
from gehoor.loading.source.nodes import ScalarNode

_INTEGER = re.compile(r"-?(0|[1-9][0-9]*)\Z")
_DECIMAL = re.compile(r"-?(0|[1-9][0-9]*)\.[0-9]+\Z")
_MAX_DIGITS = 15
_STANDARD_BOOLEANS = {"true": True, "false": False}
_WORDED: Mapping[str, Callable[[str, Vocabulary], str]] = {
    "gehoor-duration": canonical_duration,
    "gehoor-reminder": canonical_reminder,
    "gehoor-day": canonical_day,
    "gehoor-bound": canonical_bound,
    "gehoor-number-pattern": canonical_places,
    "gehoor-letter": canonical_places,
    "gehoor-outgoing-letter": canonical_places,
}
"""Formats whose text holds words of the file's language."""


def scalar_value(node: ScalarNode, schema: Schema, vocabulary: Vocabulary) -> Any:
    """Return the value of a node; what does not fit the schema stays text, for the schema check to refuse."""
    text, expected = node.text, schema.get("type")
    if "enum" in schema:
        return _enumerated(text, schema["enum"], vocabulary)
    if schema.get("format") in _WORDED:
        return _WORDED[schema["format"]](text, vocabulary)
    if expected == "boolean":
        return {**vocabulary.booleans, **_STANDARD_BOOLEANS}.get(text, text)
    if expected in ("integer", "number"):
        return _number_or_text(text, whole=expected == "integer")
    # Where anything may stand, quotes say that text is meant.
    if expected == "string" or "const" in schema or not node.plain:
        return text
    return _STANDARD_BOOLEANS.get(text, _number_or_text(text, whole=False))


def _enumerated(text: str, allowed: list[str], vocabulary: Vocabulary) -> str:
    canonical = vocabulary.values.get(text, text)
    return canonical if canonical in allowed else text


def _number_or_text(text: str, *, whole: bool) -> int | Decimal | str:
    # Leading zeros, signs with plus, exponents and words such as NaN stay the text that was typed.
    if len(text) <= _MAX_DIGITS:
        if _INTEGER.match(text):
            return int(text)
        if not whole and _DECIMAL.match(text):
            return Decimal(text)
    return text
