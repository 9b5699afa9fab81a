"""Values that rules give and that build on each other in a circle."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from gehoor.core.agreement.derivation_order import circle, dependencies
from gehoor.core.agreement.model import DOSSIER_FORM
from gehoor.core.agreement.parse_rules import build_rules
from gehoor.core.conditions.facts import LATE_TERMS, FactType
from gehoor.core.forms.parse import fact_types
from gehoor.core.rules.effects import Derive
from gehoor.core.text.problems import Problem
from gehoor.loading.checks.check import Check, Pass, Subject
from gehoor.loading.merge.located_document import Sourced
from gehoor.loading.merge.source_map import Path


def derivation_circles(whole: Sourced) -> Iterator[Problem]:
    """Values that build on each other in a circle have no value at all."""
    types = {**fact_types(whole.at(("forms", DOSSIER_FORM))), LATE_TERMS: FactType.CODES}
    rules = build_rules(whole.data, types, {}).values()
    found = [(rule, effect) for rule in rules for effect in rule.effects if isinstance(effect, Derive)]
    if chain := circle(dependencies(found)):
        rule = next(rule for rule, effect in found if effect.field == chain[0])
        path: Path = ("tables", rule.table) if rule.table else ("rules", rule.id)
        details = {"chain": " uit ".join(chain)}
        yield Problem(whole.spot(path).key, "waarde-kring", details)


def _unless_none_before(on: Subject) -> list[Problem]:
    types = fact_types(on.whole.at(("forms", DOSSIER_FORM)))
    said = (types, on.logic("rules"), on.logic("tables"))
    return on.sound.unless("waarde-kring", said, partial(derivation_circles, on.whole))


CHECK = Check(Pass.DERIVATION, ("waarde-kring",), _unless_none_before)
