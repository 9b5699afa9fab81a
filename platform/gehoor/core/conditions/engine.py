"""The port to a rule engine: which rules fire on these facts?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter
from typing import Protocol

from gehoor.core.conditions.facts import Facts, FactType, rows_of
from gehoor.core.conditions.model import Condition, fact_names
from gehoor.core.conditions.type_check import type_errors
from gehoor.core.text.canonical_json import content_hash


@dataclass(frozen=True)
class RuleSet:
    """Conditions by rule id, and the types of the facts that they ask about.

    ``key`` identifies the set: the same key always means the same conditions and fact types, so that an engine may keep
    what it compiled.
    """

    key: str
    conditions: Mapping[str, Condition]
    fact_types: Mapping[str, FactType]

    @cached_property
    def asked(self) -> frozenset[str]:
        """The names of all facts that the conditions ask about."""
        return frozenset[str]().union(*map(fact_names, self.conditions.values()))

    @cached_property
    def unsound(self) -> tuple[str, ...]:
        """What is wrong where a condition does not go with the types of its facts; nothing when all do."""
        return tuple(
            f"rule {name!r}, fact {error.leaf.fact!r}: {error.kind}"
            for name, condition in self.conditions.items()
            for error in type_errors(condition, self.fact_types)
        )

    @classmethod
    def of(cls, conditions: Mapping[str, Condition], types: Mapping[str, FactType]) -> RuleSet:
        """Return the set of these conditions; ``types`` may have more facts than they ask about.

        Its key follows from what is in it: departments that agreed the same have one set.
        """
        named = frozenset[str]().union(*map(fact_names, conditions.values()))
        asked = {
            name: types[name]
            for name in sorted(types)
            if name in named or ((of_rows := rows_of(name)) and of_rows in named)
        }
        content = repr((sorted(conditions.items(), key=itemgetter(0)), asked))
        return cls(content_hash(content), dict(conditions), asked)


class RuleEngineError(Exception):
    """The rule engine did not give a complete answer."""


class RuleEngine(Protocol):
    """Says which conditions of a rule set hold. It decides nothing else and changes nothing."""

    def fired(self, rules: RuleSet, facts: Facts) -> frozenset[str]:
        """Return the ids of the rules whose condition holds. Raises ``RuleEngineError``; never half an answer."""
        ...
