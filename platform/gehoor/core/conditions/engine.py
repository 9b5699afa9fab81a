"""The port to a rule engine: which rules fire on these facts?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from gehoor.core.conditions.facts import Facts, FactType
from gehoor.core.conditions.model import Condition


@dataclass(frozen=True)
class RuleSet:
    """The conditions of one immutable agreement, by rule id.

    ``key`` identifies the set (it holds the agreement's content hash): the same key always means the same
    conditions and fact types, so that an engine may keep what it compiled.
    """

    key: str
    conditions: Mapping[str, Condition]
    fact_types: Mapping[str, FactType]


class RuleEngineError(Exception):
    """The rule engine did not give a complete answer."""


class RuleEngine(Protocol):
    """Says which conditions of a rule set hold. It decides nothing else and changes nothing."""

    def fired(self, rules: RuleSet, facts: Facts) -> frozenset[str]:
        """Return the ids of the rules whose condition holds. Raises ``RuleEngineError``; never half an answer."""
        ...
