"""Which rules give a field its value, and in which order: a value may build on another, never in a circle."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from gehoor.core.conditions.engine import RuleSet
from gehoor.core.conditions.facts import FactType
from gehoor.core.conditions.model import fact_names
from gehoor.core.rules.effects import Derive
from gehoor.core.rules.rule import Rule


@dataclass(frozen=True)
class Stage:
    """Rules that can be asked together, as none of them builds on a value that another of them gives.

    ``derivations`` are in the order of the files: of several rules that fire for one field the first counts.
    """

    rule_set: RuleSet
    derivations: tuple[tuple[Rule, Derive], ...]


class DerivationCircleError(ValueError):
    """Values that build on each other in a circle: ``chain`` begins and ends with the same field."""

    def __init__(self, chain: list[str]) -> None:
        super().__init__(" <- ".join(chain))
        self.chain = chain


def stages_of(rules: Iterable[Rule], types: Mapping[str, FactType]) -> tuple[Stage, ...]:
    """Return the stages in which the values of fields are worked out. Raises ``DerivationCircleError``."""
    found = [(rule, effect) for rule in rules for effect in rule.effects if isinstance(effect, Derive)]
    levels = _levels(dependencies(found))
    stages = []
    for fields in levels:
        own = tuple((rule, effect) for rule, effect in found if effect.field in fields)
        conditions = {rule.id: rule.condition for rule, _ in own}
        stages.append(Stage(RuleSet.of(conditions, types), own))
    return tuple(stages)


def dependencies(found: Iterable[tuple[Rule, Derive]]) -> dict[str, frozenset[str]]:
    """Return for each field that a rule gives a value: which other such fields that builds on."""
    pairs = list(found)
    builds: dict[str, set[str]] = {effect.field: set() for _, effect in pairs}
    for rule, effect in pairs:
        builds[effect.field] |= {*fact_names(rule.condition), *effect.reads} & builds.keys()
    return {field: frozenset(on) for field, on in builds.items()}


def _levels(builds: Mapping[str, frozenset[str]]) -> list[set[str]]:
    levels: list[set[str]] = []
    waiting = dict(builds)
    while waiting:
        ready = {field for field, on in waiting.items() if not on & waiting.keys()}
        if not ready:
            raise DerivationCircleError(circle(waiting))
        levels.append(ready)
        waiting = {field: on for field, on in waiting.items() if field not in ready}
    return levels


def circle(builds: Mapping[str, frozenset[str]]) -> list[str]:
    """Return a chain of fields that each build on the next, and that ends where it begins; empty without one."""
    for start in builds:
        chain = [start]
        while following := sorted(builds.get(chain[-1], frozenset()) & builds.keys()):
            chain.append(following[0])
            if chain[-1] in chain[:-1]:
                return chain[chain.index(chain[-1]) :]
    return []
