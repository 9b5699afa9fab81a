"""What is asked before a milestone that must be reached before it can be answered: nobody ever gets past that."""

from __future__ import annotations

from collections.abc import Iterator

from gehoor.core.agreement.model import DOSSIER_FORM, Agreement
from gehoor.core.analysis.course_order import asked_early, opens_after
from gehoor.core.rules.effects import Require
from gehoor.core.text.problems import Problem
from gehoor.loading.checks.check import Check, Pass
from gehoor.loading.checks.effect_places import effect_path
from gehoor.loading.merge.located_document import Sourced
from gehoor.loading.merge.source_map import Path


def too_early_problems(whole: Sourced, agreement: Agreement) -> list[Problem]:
    """Return the requirements before a milestone, of a field in a phase that opens only after that milestone."""
    after = {name: opens_after(agreement, name) for name in agreement.phases}
    # What is asked when a dossier is opened need not wait for its phase.
    early = asked_early(agreement)
    problems = []
    for field, before, path in _requirements(whole, agreement):
        of = agreement.dossier_form.fields[field]
        phase = of.phase
        if before in after.get(phase, frozenset()) and field not in early:
            details = {"value": field, "phase": phase, "milestone": before}
            problems.append(Problem(whole.spot(path).value, "vereist-te-vroeg", details))
    return problems


def _requirements(whole: Sourced, agreement: Agreement) -> Iterator[tuple[str, str, Path]]:
    for name, field in agreement.dossier_form.fields.items():
        if field.required_before:
            yield name, field.required_before, ("forms", DOSSIER_FORM, "properties", name, "required-before")
    for rule in agreement.rules.values():
        for place, effect in enumerate(rule.effects):
            if isinstance(effect, Require) and effect.before:
                yield effect.field, effect.before, (*effect_path(whole.data, rule, place), "before")


CHECK = Check(Pass.ANALYSIS, ("vereist-te-vroeg",), lambda on: too_early_problems(on.whole, on.agreement))
