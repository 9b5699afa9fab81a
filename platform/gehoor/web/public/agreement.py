"""The agreement in plain Dutch: what is for everyone, and the whole for who works there."""

from __future__ import annotations

from flask import Blueprint, abort, render_template, request

from gehoor.core.agreement.actions import Action
from gehoor.core.wording.chapters import public_part
from gehoor.services.agreements.publications import all_in_force
from gehoor.services.proposals.enacted import PastProposals
from gehoor.services.register.register import reading
from gehoor.services.register.validity import valid_from
from gehoor.services.search.called_otherwise import called_otherwise
from gehoor.web.request.agreement_in_force import agreement_in_force
from gehoor.web.request.languages import said
from gehoor.web.request.session import me
from gehoor.web.request.site import now, site
from gehoor.web.security.policies import Policy, allow

pages = Blueprint("agreements", __name__)


@pages.get("/<organisation>/<department>/afspraken")
@allow(Policy.PUBLIC)
def public(organisation: str, department: str) -> str:
    """Show what people outside may know of the agreement."""
    agreement = agreement_in_force(organisation, department)
    words = said().agreements
    chapters = public_part(words.whole(agreement))
    return render_template(
        "public/agreement.html", agreement=agreement, chapters=chapters, spoken=words.language
    )


@pages.get("/medewerker/<organisation>/<department>/afspraken")
@allow(Policy.DEPARTMENT, Action.READ_AGREEMENT)
def whole(organisation: str, department: str) -> str:
    """Show the whole agreement to who works in the department."""
    with reading(site().runtime.store) as register:
        found = all_in_force(register, site().runtime.library, [(organisation, department)], now())
        if not found:
            abort(404)
        (one,) = found
        staff = site().runtime.staff.of(register, now())
        how = PastProposals(register, staff, organisation).of(one.publication)
    words = said().agreements
    return render_template(
        "staff/agreement.html",
        agreement=one.agreement,
        chapters=(*words.whole(one.agreement), words.by_role(one.agreement)),
        spoken=words.language,
        in_force=one,
        how=how,
        valid_from=valid_from(one.publication),
        # It reads what is kept of every dossier: only when it is asked for.
        otherwise=called_otherwise(site().runtime, one.agreement, me(), now())
        if request.args.get("genoemd") == "ja"
        else None,
    )
