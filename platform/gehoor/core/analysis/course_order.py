"""Which milestones come before others: a phase opens after one, and only then what stands in it can be answered."""

from __future__ import annotations

from gehoor.core.agreement.model import DOSSIER_FORM, Agreement


def opens_after(agreement: Agreement, phase: str) -> frozenset[str]:
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


def asked_early(agreement: Agreement) -> frozenset[str]:
    """Return the fields that can be answered before their phase is open: when a dossier is opened."""
    early = {field for name, form in agreement.forms.items() if name != DOSSIER_FORM for field in form.fields}
    return frozenset(early | {of.id for of in agreement.dossier_form.fields.values() if of.at_opening})


def reached_before(agreement: Agreement, milestone: str) -> frozenset[str]:
    """Return the milestones that are always reached before this one."""
    of = agreement.dossier_form.fields[agreement.milestones[milestone].field]
    if of.id in asked_early(agreement):
        return frozenset()
    return opens_after(agreement, of.phase) - {milestone}
