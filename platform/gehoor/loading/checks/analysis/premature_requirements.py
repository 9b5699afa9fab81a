"""What is asked before a milestone that must be reached before it can be answered: nobody ever gets past that."""

from __future__ import annotations

from collections.abc import Iterator

from gehoor.core.agreement.model import DOSSIER_FORM, Agreement
from gehoor.core.rules.effects import Require
from gehoor.core.text.problems import Problem
from gehoor.loading.checks.check import Check, Pass
from gehoor.loading.checks.effect_places import effect_path
from gehoor.loading.merge.located_document import Sourced
from gehoor.loading.merge.source_map import Path


def too_early_problems(whole: Sourced, agreement: Agreement) -> list[Problem]:
    """Return the requirements before a milestone, of a field in a phase that opens only after that milestone."""
    after = {name: _opens_after(agreement, name) for name in agreement.phases}
    # What is asked when a dossier is opened need not wait for its phase.
    early = {field for name, form in agreement.forms.items() if name != DOSSIER_FORM for field in form.fields}
    problems = []
    for field, before, path in _requirements(whole, agreement):
        of = agreement.dossier_form.fields[field]
        phase = of.phase
        if before in after.get(phase, frozenset()) and not (of.at_opening or field in early):
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


def _opens_after(agreement: Agreement, phase: str) -> frozenset[str]:
    """Return the milestones that must have been reached before a phase is open, however far back."""
    found: set[str] = set()
    here = phase
    while here in agreement.phases:
        milestone = agreement.phases[here].opens_after
        if not milestone or milestone in found:
            break
        found.add(milestone)
        here = agreement.dossier_form.fields[agreement.milestones[milestone].field].phase
    return frozenset(found)


CHECK = Check(Pass.ANALYSIS, ("vereist-te-vroeg",), lambda on: too_early_problems(on.whole, on.agreement))
