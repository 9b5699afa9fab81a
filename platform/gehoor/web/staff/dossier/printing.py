"""A dossier on paper: everything that whoever looks may see of it, as one document."""

from __future__ import annotations

from flask import Blueprint, render_template

from gehoor.core.forms.fields import Field
from gehoor.services.dossiers.viewing import OpenedDossier
from gehoor.web.request.session import me
from gehoor.web.request.site import now
from gehoor.web.security.policies import Policy, allow, opened_dossier
from gehoor.web.staff.dossier.dossier_view import duty_cards, full_names
from gehoor.web.staff.dossier.term_cards import term_cards
from gehoor.web.staff.dossier.timeline import what_happened

pages = Blueprint("printing", __name__, url_prefix="/medewerker/dossiers")


@pages.get("/<dossier_id>/afdruk")
@allow(Policy.DOSSIER)
def dossier(dossier_id: str) -> str:  # noqa: ARG001 - the policy opens the dossier
    """Show a dossier as a document: answers by phase, terms with their derivation, duties, and what happened."""
    opened = opened_dossier()
    return render_template(
        "staff/print.html",
        opened=opened,
        agreement=opened.agreement,
        dossier=opened.dossier,
        phases=answered_by_phase(opened),
        terms=[card for card in term_cards(opened) if not card.state.term.of_duty],
        duties=duty_cards(opened),
        events=what_happened(opened, full_names()),
        printed_at=now(),
        printed_by=me().full_name,
    )


def answered_by_phase(opened: OpenedDossier) -> list[tuple[str, list[Field]]]:
    """Return the phases that exist for a dossier, by name, each with its fields that have an answer."""
    decision, fields = opened.decision, opened.agreement.dossier_form.fields.values()
    found = []
    for state in decision.phases.values():
        own = [field for field in fields if field.phase == state.phase.id and field.id in decision.values]
        if state.applies and own:
            found.append((state.phase.name, own))
    return found
