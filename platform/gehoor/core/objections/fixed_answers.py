"""Fixed answers: what decides that one is there, and what it says, is fixed with it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from gehoor.core.agreement.model import Agreement
from gehoor.core.conditions.model import fact_names
from gehoor.core.decision.model import Decision
from gehoor.core.forms.fields import StoredValue
from gehoor.core.objections.objections import Objection


def fixed_objections(
    agreement: Agreement,
    kept: Mapping[str, StoredValue],
    before: Decision,
    after: Decision,
    changed: Collection[str],
    unseen: Collection[str] = (),
) -> list[Objection]:
    """Object to a change by which an answer that is fixed is not shown any more, or is given otherwise by a rule; so
    too what fixed it. ``kept``: the answers before. It is told at what was changed and decides it; what is among the
    ``unseen`` is not named."""
    lost = [
        name
        for name in _fixed(agreement, kept, before)
        if name not in changed
        and before.fields[name].visible
        and (not after.fields[name].visible or before.values.get(name) != after.values.get(name))
    ]
    if not lost:
        return []
    deciding = {fact for name in lost for fact in _decides(agreement, name)}
    place = next((name for name in changed if name in deciding), next(iter(changed), ""))
    fields = agreement.dossier_form.fields
    names = tuple(fields[name].label for name in lost if name not in unseen)
    kind = "unseen" if not names else "" if before.closed else "open"
    return [Objection(place, "hides-fixed", {"parties": names, "kind": kind})]


def _fixed(agreement: Agreement, kept: Mapping[str, StoredValue], before: Decision) -> list[str]:
    """Return the fields with an answer that a milestone fixed, and those that mark such a milestone."""
    found: dict[str, None] = {}
    for name, of in agreement.dossier_form.fields.items():
        milestone = agreement.milestones.get(agreement.fixed_after(of))
        if milestone is not None and name in kept and milestone.field in kept and before.fields[name].fixed:
            found |= {name: None, milestone.field: None}
    return list(found)


def _decides(agreement: Agreement, name: str) -> Iterator[str]:
    """Give the facts by which a field is shown or has its answer."""
    of = agreement.dossier_form.fields[name]
    phase = agreement.phases.get(of.phase)
    rules = (
        rule.condition
        for rule in agreement.rules.values()
        if any(getattr(effect, "field", "") == name for effect in rule.effects)
    )
    for condition in (of.show_if, phase.applies_if if phase else None, *rules):
        yield from fact_names(condition) if condition is not None else ()
