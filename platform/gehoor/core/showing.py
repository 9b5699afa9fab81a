"""When a field of the dossier is asked at all: its phase applies, its own condition holds, and no rule hides it."""

from __future__ import annotations

from collections.abc import Iterator

from gehoor.core.agreement import Agreement
from gehoor.core.conditions import AnyOf, Condition, Not
from gehoor.core.effects import Hide, Show


def asked_when(agreement: Agreement, field_id: str) -> tuple[Condition, ...]:
    """Return the conditions that must hold together for a field to be asked; none when it always is."""
    return tuple(_conditions(agreement, field_id))


def _conditions(agreement: Agreement, field_id: str) -> Iterator[Condition]:
    field = agreement.dossier_form.fields[field_id]
    phase = agreement.phases.get(field.phase)
    if phase is not None and phase.applies_if is not None:
        yield phase.applies_if
    if field.show_if is not None:
        yield field.show_if
    rules = agreement.rules.values()
    showing = tuple(rule.condition for rule in rules if Show(field_id) in rule.effects)
    if showing:
        yield AnyOf(showing)
    yield from (Not(rule.condition) for rule in rules if Hide(field_id) in rule.effects)
