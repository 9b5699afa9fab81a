"""The rule engine port on durable-rules."""

from __future__ import annotations

import logging
import secrets
import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Final

from gehoor.adapters.durable.host import IrregularRunError, RuleHost
from gehoor.adapters.durable.translation import Translation, translate
from gehoor.core.conditions.engine import RuleEngineError, RuleSet
from gehoor.core.conditions.evaluate import refuse_misfits, refuse_unsound_rules
from gehoor.core.conditions.facts import Facts

_log = logging.getLogger(__name__)

_SECRET: Final = secrets.token_bytes(32)
"""Without it nobody can try which facts give a digest."""
_REMEMBERED: Final = 128
"""How many answers a rule set keeps, by readings and by facts, at some 1 kB each."""


@dataclass(frozen=True, slots=True)
class _Compiled:
    """A rule set as it was compiled, and the complete answers that it gave.

    An answer follows from the readings and from nothing else. Many dossiers have the same readings, and one dossier
    has them again and again: when its answers are judged, when it is saved, at each look and sweep.
    """

    translation: Translation
    host: RuleHost
    answers: OrderedDict[tuple[int, ...], frozenset[str]] = field(default_factory=OrderedDict)
    given: OrderedDict[bytes, frozenset[str]] = field(default_factory=OrderedDict)
    """What was answered to the very same facts, so that they need not be read once more: by a digest of these, so that
    nothing of a dossier stays here."""

    def answer(self, rules: RuleSet, facts: Facts) -> frozenset[str]:
        """Return the rules that fire. Raises ``IrregularRunError``, and ``RuleEngineError`` for a fact of the wrong
        type."""
        known = self.translation.facts
        key = _digest([facts.get(name) for name in known])
        found = self.given.get(key)
        if found is None:
            refuse_misfits(rules, facts, facts.keys() & known)
            found = self.given[key] = self._read_and_answered(facts)
            if len(self.given) > _REMEMBERED:
                self.given.popitem(last=False)
        else:
            self.given.move_to_end(key)
        return found

    def _read_and_answered(self, facts: Facts) -> frozenset[str]:
        readings = self.translation.read(facts)
        asked = tuple(readings.values())
        answer = self.answers.get(asked)
        if answer is None:
            answer = self.answers[asked] = self.translation.meant(self.host.run(readings))
            if len(self.answers) > _REMEMBERED:
                self.answers.popitem(last=False)
        else:
            self.answers.move_to_end(asked)
        return answer


def _digest(asked: list[object]) -> bytes:
    # As they are written, values differ that are equal and not the same: 1 and True, an instant in another zone.
    return blake2b(repr(asked).encode("utf-8", "surrogatepass"), digest_size=32, key=_SECRET).digest()


class DurableRuleEngine:
    """Says which rules fire, by durable-rules, and keeps the rule sets it compiled last.

    For any number of threads: they take turns. ``max_rule_sets`` bounds the number of compiled sets (some
    20 kB a rule; four or five sets an agreement, and agreements that agree the same share them); the one used longest
    ago goes first.
    """

    def __init__(self, max_rule_sets: int = 240) -> None:
        if max_rule_sets < 1:
            raise ValueError("max_rule_sets must be at least 1")
        self._max_rule_sets = max_rule_sets
        self._compiled: OrderedDict[str, _Compiled] = OrderedDict()
        self._lock = threading.Lock()

    def fired(self, rules: RuleSet, facts: Facts) -> frozenset[str]:
        """Return the ids of the rules whose condition holds.

        Raises ``RuleEngineError`` when a condition or a fact has the wrong type, and when the engine twice in
        a row did not give a complete answer.
        """
        with self._lock:
            try:
                return self._answer(rules, facts)
            except IrregularRunError as error:
                _log.warning("rule set %s: %s; compiled again", rules.key, error)
                self._compiled.pop(rules.key, None)
            try:
                return self._answer(rules, facts)
            except IrregularRunError as error:
                self._compiled.pop(rules.key, None)
                raise RuleEngineError(f"rule set {rules.key}: {error}, twice") from error

    def _answer(self, rules: RuleSet, facts: Facts) -> frozenset[str]:
        return self._ready(rules).answer(rules, facts)

    def _ready(self, rules: RuleSet) -> _Compiled:
        if rules.key in self._compiled:
            self._compiled.move_to_end(rules.key)
            return self._compiled[rules.key]
        refuse_unsound_rules(rules)
        translation = translate(rules)
        compiled = self._compiled[rules.key] = _Compiled(translation, RuleHost(translation.chunks))
        if len(self._compiled) > self._max_rule_sets:
            self._compiled.popitem(last=False)
        return compiled
