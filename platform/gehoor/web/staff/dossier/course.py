"""The course of a dossier: what happened, at an address of its own."""

from __future__ import annotations

from flask import Blueprint, render_template

from gehoor.web.security.policies import Policy, allow, opened_dossier
from gehoor.web.staff.dossier.dossier_head import head_of
from gehoor.web.staff.dossier.dossier_view import full_names
from gehoor.web.staff.dossier.timeline import timeline

pages = Blueprint("course", __name__, url_prefix="/medewerker/dossiers")


@pages.get("/<dossier_id>/verloop")
@allow(Policy.DOSSIER)
def show(dossier_id: str) -> str:  # noqa: ARG001 - the policy opens the dossier
    """Show what happened to a dossier, the latest first."""
    opened = opened_dossier()
    return render_template(
        "staff/course.html",
        opened=opened,
        agreement=opened.agreement,
        head_facts=head_of(opened),
        dossier=opened.dossier,
        happened=timeline(opened, full_names()),
    )
