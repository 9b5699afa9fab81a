"""Retention rules as agreed: how long a dossier is kept, counted from when, and what that rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gehoor.core.agreement.parse_terms import duration
from gehoor.core.calendar.working_days import Calendar
from gehoor.core.conditions.engine import RuleSet
from gehoor.core.conditions.facts import FactType
from gehoor.core.conditions.model import Condition
from gehoor.core.conditions.parse import build_condition
from gehoor.core.deadlines.rule import TermRule


@dataclass(frozen=True, slots=True)
class RetentionRule:
    """A period as agreed. It counts from a milestone (``starts``) or from a date in a field (``from_field``), or from
    the last day of that year. ``place`` says where it stands: file and line."""

    id: str
    name: str
    rule: TermRule
    starts: str = ""
    from_field: str = ""
    from_year_end: bool = False
    condition: Condition | None = None
    selection_rule: str = ""
    source: str = ""
    certainty: str = ""
    place: str = ""


def build_retention(
    document: Mapping[str, Any], calendar: Calendar, types: Mapping[str, FactType], places: Mapping[str, str]
) -> dict[str, RetentionRule]:
    """Build the retention rules of a document; none where nothing was agreed. Raises ``ConditionError``."""
    zone = document["organisation"]["time-zone"]
    return {
        name: RetentionRule(
            id=name,
            name=data["name"],
            rule=TermRule(duration(data["keep-for"]), calendar, time_zone=zone),
            starts=data.get("from", ""),
            from_field=data.get("from-field", ""),
            from_year_end=data.get("from-year-end", False),
            condition=build_condition(data["if"], types) if "if" in data else None,
            selection_rule=data.get("selection-rule", ""),
            source=data.get("source", ""),
            certainty=data.get("certainty", ""),
            place=places.get(f"retention/{name}", ""),
        )
        for name, data in document.get("retention", {}).items()
    }


def retention_rules(types: Mapping[str, FactType], rules: Mapping[str, RetentionRule]) -> RuleSet:
    """Gather the conditions under which periods apply, under their ids."""
    conditions = {name: rule.condition for name, rule in rules.items() if rule.condition is not None}
    return RuleSet.of(conditions, types)
