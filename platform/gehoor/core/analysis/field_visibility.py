"""When a field of the dossier is asked at all: its phase applies, its own condition holds, and no rule hides it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gehoor.core.agreement.model import Agreement
from gehoor.core.conditions.model import AnyOf, Condition, Not
from gehoor.core.forms.fields import Field
from gehoor.core.rules.effects import Hide, Show


def asked_when(agreement: Agreement) -> dict[str, tuple[Condition, ...]]:
    """Return for each field the conditions that must hold together for it to be asked; none when it always is."""
    showing: dict[str, list[Condition]] = {}
    hiding: dict[str, list[Condition]] = {}
    for rule in agreement.rules.values():
        for effect in rule.effects:
            if isinstance(effect, Show):
                showing.setdefault(effect.field, []).append(rule.condition)
            elif isinstance(effect, Hide):
                hiding.setdefault(effect.field, []).append(rule.condition)
    fields = agreement.dossier_form.fields.values()
    return {field.id: tuple(_conditions(agreement, field, showing, hiding)) for field in fields}


def _conditions(
    agreement: Agreement,
    field: Field,
    showing: Mapping[str, list[Condition]],
    hiding: Mapping[str, list[Condition]],
) -> Iterator[Condition]:
    phase = agreement.phases.get(field.phase)
    if phase is not None and phase.applies_if is not None:
        yield phase.applies_if
    if field.show_if is not None:
        yield field.show_if
    if field.id in showing:
        yield AnyOf(tuple(showing[field.id]))
    yield from (Not(condition) for condition in hiding.get(field.id, ()))
