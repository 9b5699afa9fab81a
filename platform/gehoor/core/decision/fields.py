"""Fields and phases of a dossier at a moment: what is shown, required, open and done."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import TypeAlias

from gehoor.core.agreement.course import Phase
from gehoor.core.agreement.model import Agreement
from gehoor.core.decision.model import (
    FieldState,
    MilestoneState,
    PhaseState,
    Reason,
    Requirement,
)
from gehoor.core.dossier.dossier import Dossier
from gehoor.core.forms.form import Form
from gehoor.core.rules import names as rule_names
from gehoor.core.rules.effects import Effect, Hide, Require, Show
from gehoor.core.rules.rule import Rule


def reason_of(rule: Rule) -> Reason:
    """Return the reason that a rule gives."""
    return Reason(rule.id, rule.because, rule.source, rule.basis)


Effects: TypeAlias = Sequence[tuple[Rule, Effect]]
"""The effects of the rules that fired, with their rule, in the order of the files."""


@lru_cache(maxsize=512)
def effects_of(agreement: Agreement, holding: frozenset[str]) -> Effects:
    """Return the effects of the rules that fired, with their rule."""
    fired = (rule for name, rule in agreement.named_rules if name in holding)
    return tuple((rule, effect) for rule in fired for effect in rule.effects)


@lru_cache(maxsize=512)
def visible_fields(agreement: Agreement, form: Form, holding: frozenset[str]) -> frozenset[str]:
    """Return which fields of a form are shown."""
    effects = effects_of(agreement, holding)
    shown = {effect.field for _, effect in effects if isinstance(effect, Show)}
    hidden = {effect.field for _, effect in effects if isinstance(effect, Hide)}
    not_shown = agreement.shown_by_rules - shown
    unmet = {name for name, condition in form.conditional.items() if condition not in holding}
    return frozenset(form.fields.keys() - hidden - not_shown - unmet)


def field_states(
    agreement: Agreement, dossier: Dossier, holding: frozenset[str], derived: Collection[str]
) -> Mapping[str, FieldState]:
    """Return the state of each field of the dossier form. What is not shown is never required.

    ``derived`` are the fields whose value a rule gives now: nobody can change those.
    """
    fixed_now = frozenset((*derived, *agreement.dossier_form.read_only, *_fixed(agreement, dossier)))
    return _states(agreement, holding, fixed_now)


@lru_cache(maxsize=512)
def _states(
    agreement: Agreement, holding: frozenset[str], fixed_now: frozenset[str]
) -> Mapping[str, FieldState]:
    form = agreement.dossier_form
    effects = effects_of(agreement, holding)
    visible = visible_fields(agreement, form, holding)
    requirements: dict[str, list[Requirement]] = {}
    for requirement in _requirements(agreement, effects):
        requirements.setdefault(requirement.field, []).append(requirement)
    absent = {name for name in agreement.phases if not phase_applies(agreement, name, holding)}
    states = {}
    for field in form.fields.values():
        shown = field.id in visible and field.phase not in absent
        fixed = field.id in fixed_now
        if shown and field.id in requirements:
            states[field.id] = FieldState(shown, fixed, tuple(requirements[field.id]))
        else:
            states[field.id] = _UNREQUIRED[shown, fixed]
    return MappingProxyType(states)


_UNREQUIRED = {(shown, fixed): FieldState(shown, fixed) for shown in (True, False) for fixed in (True, False)}
"""The states of a field that nothing requires: there are four, and most fields are in one of them."""


def phase_applies(agreement: Agreement, phase_id: str, holding: frozenset[str]) -> bool:
    """Say whether a phase exists for this dossier. A field without a phase always does."""
    phase = agreement.phases.get(phase_id)
    return phase is None or phase.applies_if is None or rule_names.phase_applies(phase.id) in holding


def _requirements(agreement: Agreement, effects: Effects) -> Iterable[Requirement]:
    fields = agreement.dossier_form.fields
    for field in fields.values():
        if field.required_before:
            yield Requirement(field.id, field.required_before)
    for rule, effect in effects:
        if isinstance(effect, Require):
            phase = agreement.phases.get(fields[effect.field].phase)
            before = effect.before or (phase.done_at if phase else "")
            yield Requirement(effect.field, before, reason_of(rule))


def _fixed(agreement: Agreement, dossier: Dossier) -> Iterable[str]:
    """Give the fields with an answer that is fixed, as the milestone that fixes it is reached."""
    fields = agreement.dossier_form.fields
    for name in dossier.values:
        milestone = agreement.milestones.get(agreement.fixed_after(fields[name])) if name in fields else None
        if milestone is not None and milestone.field in dossier.values:
            yield name


def phase_states(
    agreement: Agreement, milestones: Mapping[str, MilestoneState], holding: frozenset[str]
) -> dict[str, PhaseState]:
    """Return for each phase whether it exists here, is open, and is done."""

    fields = agreement.dossier_form.fields

    def state(phase: Phase) -> PhaseState:
        end = milestones[phase.done_at]
        is_open = not phase.opens_after or milestones[phase.opens_after].reached
        own = tuple([one for one in end.missing if fields[one.field].phase == phase.id])
        applies = phase_applies(agreement, phase.id, holding)
        return PhaseState(phase, applies, is_open, end.reached and is_open, own)

    return {name: state(phase) for name, phase in agreement.phases.items()}
