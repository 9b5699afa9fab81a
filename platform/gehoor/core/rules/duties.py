"""Duties: what a rule obliges to. Each is done, or set aside with a reason, and until then it is owed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from gehoor.core.rules.effects import Duty
from gehoor.core.rules.rule import Rule


@dataclass(frozen=True, slots=True)
class OwedDuty:
    """A duty with the rule that brings it about. ``key`` names it, also as a term when it has one of its own."""

    key: str
    duty: Duty
    rule: Rule


def duties_of(rules: Iterable[Rule]) -> dict[str, OwedDuty]:
    """Return every duty of the rules, by key."""
    found = [
        OwedDuty(duty_key(rule.id, place), effect, rule)
        for rule in rules
        for place, effect in enumerate(rule.effects)
        if isinstance(effect, Duty)
    ]
    return {owed.key: owed for owed in found}


def duty_key(rule_id: str, place: int) -> str:
    """Name a duty by its rule and its place among the effects. No term of the files has a name with a stroke."""
    return f"{rule_id}/{place}"
