"""From the canonical document of a publication to letter templates."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gehoor.core.conditions.facts import FactType
from gehoor.core.conditions.model import Condition
from gehoor.core.conditions.parse import build_condition
from gehoor.core.letters.model import LetterTemplate, Passage, Way


def build_letters(document: Mapping[str, Any], types: Mapping[str, FactType]) -> dict[str, LetterTemplate]:
    """Build the letters to whoever told something, by id. Raises ``ConditionError`` or ``KeyError`` for a document that
    was never checked."""
    return {name: _template(name, data, types) for name, data in document.get("correspondence", {}).items()}


def _template(name: str, data: Mapping[str, Any], types: Mapping[str, FactType]) -> LetterTemplate:
    return LetterTemplate(
        id=name,
        name=data["name"],
        subject=data["subject"],
        passages=tuple(_passage(one, types) for one in data["text"]),
        ways={
            Way(way): fills if isinstance(fills, dict) else {} for way, fills in data.get("ways", {}).items()
        },
        explanation=data.get("explanation", ""),
        applies_if=_condition(data.get("applies-if"), types),
        reaches=data.get("reached", ""),
        senders=tuple(data.get("by", ())),
        asks_why_unwished=data.get("unwished-way") == "reason",
        fills=dict(data.get("fill", {})),
        translations={language: told["subject"] for language, told in data.get("translations", {}).items()},
    )


def _passage(data: Mapping[str, Any] | str, types: Mapping[str, FactType]) -> Passage:
    if isinstance(data, str):
        return Passage(data)
    return Passage(
        data["text"],
        _condition(data.get("if"), types),
        data.get("every", ""),
        dict(data.get("translations", {})),
    )


def _condition(data: Mapping[str, Any] | None, types: Mapping[str, FactType]) -> Condition | None:
    return None if data is None else build_condition(data, types)
