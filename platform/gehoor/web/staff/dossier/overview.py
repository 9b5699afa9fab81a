"""The overview of a dossier: what has to happen, by whom and by when, and what it belongs with."""

from __future__ import annotations

from flask import Blueprint, render_template

from gehoor.core.agreement.actions import Action
from gehoor.services.correspondence.letters import letters_of
from gehoor.services.dossiers.term_changes import due_if_extended
from gehoor.services.dossiers.viewing import OpenedDossier
from gehoor.services.relations.files_along import FileHere, files_to_choose
from gehoor.services.relations.sending_on import departments_beside
from gehoor.services.search.related import related
from gehoor.services.search.undelivered import did_not_go
from gehoor.web.request.session import me
from gehoor.web.request.site import now, site
from gehoor.web.security.policies import Policy, allow, opened_dossier
from gehoor.web.staff.dossier.announced import asked_of_others
from gehoor.web.staff.dossier.closing import before_closing
from gehoor.web.staff.dossier.dossier_form import stored_form
from gehoor.web.staff.dossier.dossier_head import head_of
from gehoor.web.staff.dossier.dossier_view import (
    approval_cards,
    duty_cards,
    full_names,
    handling_role,
    phase_sections,
    who_fills,
)
from gehoor.web.staff.dossier.retention import closed_card, kept
from gehoor.web.staff.dossier.term_cards import term_cards
from gehoor.web.staff.dossier.timeline import just_happened
from gehoor.web.staff.tasks.task_cards import task_cards

pages = Blueprint("overview", __name__, url_prefix="/medewerker/dossiers")


@pages.get("/<dossier_id>/overzicht")
@allow(Policy.DOSSIER)
def show(dossier_id: str) -> str:  # noqa: ARG001 - the policy opens the dossier
    """Show who handles a dossier, its duties and terms, and what it belongs with."""
    opened = opened_dossier()
    form = stored_form(opened)
    return render_template(
        "staff/overview.html",
        opened=opened,
        agreement=opened.agreement,
        dossier=opened.dossier,
        handler=handling_role(opened),
        head_facts=head_of(opened),
        names=full_names(),
        story=opened.decision.values.get(opened.agreement.field_for("story"), ""),
        sections=phase_sections(opened, form),
        terms=term_cards(opened, form),
        extended={
            name: due_if_extended(site().runtime, opened, name, now())
            for name, state in opened.decision.terms.items()
            if state.term.extending and opened.rights.may(Action.EXTEND_TERM)
        },
        duties=duty_cards(opened),
        tasks=task_cards(opened),
        letters=letters_of(opened.agreement, opened.dossier, opened.decision, opened.rights),
        approvals=approval_cards(opened),
        beside=_departments_beside(opened),
        files_along=_files_along(opened),
        related=related(site().runtime, opened, me(), now()),
        closing=before_closing(opened, form, who_fills(opened)),
        others_fill_in=bool(asked_of_others(opened)),
        kept=kept(opened),
        undelivered=() if opened.decision.closed else [one for one in opened.messages if did_not_go(one)],
        saved=just_happened(opened, full_names()),
        closed=closed_card(opened),
    )


def _files_along(opened: OpenedDossier) -> dict[str, tuple[FileHere, ...]]:
    """Return the files that can go along when a dossier is sent on, to a department and elsewhere."""
    agreed = opened.agreement.belonging
    ways = {"department": agreed.to_department, "elsewhere": agreed.elsewhere}
    return {
        way: files_to_choose(opened.agreement, opened.dossier.values, opened.rights, sending)
        for way, sending in ways.items()
    }


def _departments_beside(opened: OpenedDossier) -> dict[str, str]:
    """Return the departments that a dossier can be sent on to by whoever looks."""
    if opened.decision.closed or not opened.rights.may(Action.SEND_ON):
        return {}
    return departments_beside(site().runtime, opened.agreement, now())
