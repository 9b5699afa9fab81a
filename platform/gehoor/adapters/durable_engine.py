"""The rule engine port on durable-rules."""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict

from gehoor.adapters.durable_host import IrregularRunError, RuleHost
from gehoor.adapters.durable_translation import Translation, translate
from gehoor.core.engine import RuleEngineError, RuleSet
from gehoor.core.evaluate import refuse_misfits, refuse_unsound_rules
from gehoor.core.facts import Facts

_log = logging.getLogger(__name__)


class DurableRuleEngine:
    """Says which rules fire, by durable-rules, and keeps the rule sets it compiled last.

    For any number of threads: they take turns. ``max_rule_sets`` bounds the number of compiled sets (some
    20 kB a rule, three sets an agreement); the one used longest ago goes first.
    """

    def __init__(self, max_rule_sets: int = 48) -> None:
        if max_rule_sets < 1:
            raise ValueError("max_rule_sets must be at least 1")
        self._max_rule_sets = max_rule_sets
        self._compiled: OrderedDict[str, tuple[Translation, RuleHost]] = OrderedDict()
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
        translation, host = self._ready(rules)
        refuse_misfits(rules, facts, translation.facts)
        return translation.meant(host.run(translation.read(facts)))

    def _ready(self, rules: RuleSet) -> tuple[Translation, RuleHost]:
        if rules.key in self._compiled:
            self._compiled.move_to_end(rules.key)
            return self._compiled[rules.key]
        refuse_unsound_rules(rules)
        translation = translate(rules)
        compiled = translation, RuleHost(translation.chunks)
        self._compiled[rules.key] = compiled
        if len(self._compiled) > self._max_rule_sets:
            self._compiled.popitem(last=False)
        return compiled
