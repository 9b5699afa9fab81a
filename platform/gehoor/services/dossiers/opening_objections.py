"""What stands in the way of opening a dossier: asked by who opens one, and of a form before anybody fills it in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from gehoor.core.agreement.model import DOSSIER_FORM, Agreement
from gehoor.core.decision.model import Decision
from gehoor.core.dossier.dossier import Dossier
from gehoor.core.forms.form import Form
from gehoor.core.forms.meanings import says_yes
from gehoor.core.objections.choice_objections import retired_objections
from gehoor.core.objections.milestone_objections import milestone_objections
from gehoor.core.objections.objections import Objection, date_objections


def opening_objections(
    agreement: Agreement, dossier: Dossier, decision: Decision, now: datetime, form: Form
) -> list[Objection]:
    """Return what stands in the way of a dossier that is about to be opened with a form, beside what that form says."""
    missing = [
        Objection(name, "required")
        for name in agreement.dossier_form.required
        if name not in decision.values and decision.fields[name].visible
    ]
    # Someone who opens a dossier has not heard of milestones: what it needs is simply required.
    reached = milestone_objections(agreement, None, decision)
    plain = [Objection(o.field, "required") if o.code == "required-before" else o for o in reached]
    retired = retired_objections(agreement.dossier_form, dossier.values, {})
    dates = date_objections(agreement, dossier, decision, now)
    return [*_nameless(agreement, dossier, form), *missing, *retired, *plain, *dates]


def _nameless(agreement: Agreement, dossier: Dossier, form: Form) -> Iterator[Objection]:
    """Object to who stays anonymous where that was agreed not to be. What came without a name all the same, staff write
    down."""
    name = agreement.field_for("anonymous")
    refused = agreement.anonymous.policy == "refused" and form.id != DOSSIER_FORM
    if refused and says_yes(dossier.values.get(name)):
        yield Objection(name, "anonymous-refused", {"explanation": agreement.anonymous.explanation})
