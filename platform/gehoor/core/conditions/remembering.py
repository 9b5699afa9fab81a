"""The reference meaning for who asks thousands of questions that differ little: what was answered before is known."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Final, TypeAlias

from gehoor.core.conditions.engine import RuleSet
from gehoor.core.conditions.evaluate import holds
from gehoor.core.conditions.facts import Facts
from gehoor.core.conditions.model import Condition, fact_names

_Asked: TypeAlias = Hashable


class _Group:
    """The conditions of a rule set that ask about the same facts."""

    def __init__(self, names: frozenset[str]) -> None:
        self.names: Final = tuple(names)
        self.conditions: Final[dict[str, Condition]] = {}
        self._known: Final[dict[_Asked, tuple[str, ...]]] = {}

    def holding(self, facts: Facts) -> tuple[str, ...]:
        asked = tuple([facts.get(name) for name in self.names])
        known = self._known.get(asked)
        if known is None:
            found = (name for name, condition in self.conditions.items() if holds(condition, facts))
            known = self._known[asked] = tuple(found)
        return known


class RememberingEngine:
    """The rule engine port by way of ``holds``, as ``ReferenceEngine`` is, for conditions that were found sound and
    facts of their types: nothing is refused. It keeps all it was asked, so it is for no longer than a look at files."""

    def __init__(self) -> None:
        self._groups: dict[str, tuple[_Group, ...]] = {}
        self._known: dict[_Asked, frozenset[str]] = {}

    def fired(self, rules: RuleSet, facts: Facts) -> frozenset[str]:
        """Return the ids of the rules whose condition holds."""
        asked = rules.key, frozenset(facts.items())
        known = self._known.get(asked)
        if known is None:
            groups = self._groups.get(rules.key)
            if groups is None:
                groups = self._groups[rules.key] = _grouped(rules.conditions)
            found = [name for group in groups for name in group.holding(facts)]
            known = self._known[asked] = frozenset(found)
        return known


def _grouped(conditions: Mapping[str, Condition]) -> tuple[_Group, ...]:
    groups: dict[frozenset[str], _Group] = {}
    for name, condition in conditions.items():
        asked = fact_names(condition)
        groups.setdefault(asked, _Group(asked)).conditions[name] = condition
    return tuple(groups.values())
