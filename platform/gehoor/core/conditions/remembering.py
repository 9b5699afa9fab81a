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
        self._sets: dict[str, _Set] = {}
        self._known: dict[_Asked, frozenset[str]] = {}

    def fired(self, rules: RuleSet, facts: Facts) -> frozenset[str]:
        """Return the ids of the rules whose condition holds."""
        asked = rules.key, frozenset(facts.items())
        known = self._known.get(asked)
        if known is None:
            groups = self._sets.get(rules.key)
            if groups is None:
                groups = self._sets[rules.key] = _Set(rules.conditions)
            known = self._known[asked] = groups.holding(facts)
        return known


class _Set:
    """The conditions of a rule set, by the facts that they ask about. Most ask about none that is there: what holds of
    those then is known."""

    def __init__(self, conditions: Mapping[str, Condition]) -> None:
        groups = _grouped(conditions)
        self._silent: Final = {group: group.holding({}) for group in groups}
        self._asking: Final[dict[str, list[_Group]]] = {}
        for group in groups:
            for name in group.names:
                self._asking.setdefault(name, []).append(group)

    def holding(self, facts: Facts) -> frozenset[str]:
        asked = {group for name in facts for group in self._asking.get(name, ())}
        found = [name for group, names in self._silent.items() if group not in asked for name in names]
        return frozenset((*found, *(name for group in asked for name in group.holding(facts))))


def _grouped(conditions: Mapping[str, Condition]) -> tuple[_Group, ...]:
    groups: dict[frozenset[str], _Group] = {}
    for name, condition in conditions.items():
        asked = fact_names(condition)
        groups.setdefault(asked, _Group(asked)).conditions[name] = condition
    return tuple(groups.values())
