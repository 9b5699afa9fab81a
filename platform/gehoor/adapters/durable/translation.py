"""From a rule set to what the engine is given: chunks of flat rules over named inputs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from gehoor.adapters.durable.formula import Formula, Path, Relation, paths, size
from gehoor.adapters.durable.inputs import Input
from gehoor.adapters.durable.leaves import Translator, computed
from gehoor.adapters.durable.names import engine_names
from gehoor.core.conditions.engine import RuleSet
from gehoor.core.conditions.facts import Facts
from gehoor.core.conditions.model import Condition, fact_names

MAX_PATHS = 240
"""The most paths one condition may become."""

MAX_CHECKS = 100
"""The most checks in one path."""

MAX_CHUNK_PATHS = 60
"""The most paths in one chunk: the engine fails when 512 distinct checks share one node."""

MAX_CHUNK_INPUTS = 200
"""The most inputs of one chunk: the engine refuses a fact with more than 253 fields."""

NamedPath: TypeAlias = tuple[tuple[str, Relation, int], ...]
"""A path as the engine gets it: each check is an engine name, a relation and a position."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Rules that the engine gets together: the id and one path of each, and the engine names they read."""

    rules: tuple[tuple[str, NamedPath], ...]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Translation:
    """A rule set as the engine knows it: the facts it is about, its inputs by engine name, and its chunks.

    Rules with one and the same condition go to the engine once; ``alike`` tells which rules each stands for.
    """

    facts: frozenset[str]
    inputs: Mapping[str, Input]
    chunks: tuple[Chunk, ...]
    alike: Mapping[str, tuple[str, ...]]

    def read(self, facts: Facts) -> dict[str, int]:
        """Return the reading of every input by engine name, on facts that have passed the type check."""
        return {name: subject.read(facts) for name, subject in self.inputs.items()}

    def meant(self, fired: frozenset[str]) -> frozenset[str]:
        """Return every rule that the fired ones stand for."""
        return frozenset(rule_id for one in fired for rule_id in self.alike[one])


def translate(rules: RuleSet) -> Translation:
    """Translate a rule set that has passed the type check."""
    translator = Translator(rules.conditions, rules.fact_types)
    sharing: dict[Condition, list[str]] = {}
    for rule_id, condition in rules.conditions.items():
        sharing.setdefault(condition, []).append(rule_id)
    written = [
        (rule_ids[0], path)
        for condition, rule_ids in sharing.items()
        for path in paths(_affordable(translator.formula(condition), condition))
    ]
    subjects = dict.fromkeys(check.subject for _, path in written for check in path)
    names = dict(zip(subjects, engine_names(), strict=False))
    named = ((rule_id, _named(path, names)) for rule_id, path in written)
    return Translation(
        facts=frozenset[str]().union(*map(fact_names, rules.conditions.values())),
        inputs={name: subject for subject, name in names.items()},
        chunks=tuple(_chunks(named)),
        alike={rule_ids[0]: tuple(rule_ids) for rule_ids in sharing.values()},
    )


def _affordable(formula: Formula, condition: Condition) -> Formula:
    # Writing a condition out can take exponentially many paths. Beyond the bounds Python evaluates the whole
    # condition and the engine decides on that one fact. The meaning is the same: the tree is the meaning, the
    # paths are only a way to ask it; and what fires is still what the engine fired.
    cost = size(formula)
    return formula if cost.paths <= MAX_PATHS and cost.checks <= MAX_CHECKS else computed(condition)


def _named(path: Path, names: Mapping[Input, str]) -> NamedPath:
    return tuple((names[check.subject], check.relation, check.position) for check in path)


def _chunks(rules: Iterable[tuple[str, NamedPath]]) -> Iterator[Chunk]:
    gathered: list[tuple[str, NamedPath]] = []
    names: dict[str, None] = {}
    for rule_id, path in rules:
        own = dict.fromkeys(name for name, _, _ in path)
        if len(gathered) == MAX_CHUNK_PATHS or len(names | own) > MAX_CHUNK_INPUTS:
            yield Chunk(tuple(gathered), tuple(names))
            gathered, names = [], {}
        gathered.append((rule_id, path))
        names |= own
    if gathered:
        yield Chunk(tuple(gathered), tuple(names))
