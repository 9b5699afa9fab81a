"""The deciding questions in a page: read from what was sent, answered with the same page or by script."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from flask import Blueprint, jsonify, render_template, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from gehoor.core.agreement.actions import Action
from gehoor.core.agreement.classification import Proposal, danger_answers, propose
from gehoor.core.agreement.model import Agreement
from gehoor.web.forms.answer_form import PREFIX
from gehoor.web.request.agreement_in_force import agreement_in_force
from gehoor.web.security.policies import Policy, allow

pages = Blueprint("proposing", __name__, url_prefix="/medewerker")

QUESTION: Final = "vraag_"
"""Names of deciding questions in a page start so."""
SEEN: Final = "voorgesteld"
"""The kind of message that the page already proposed."""
_ANSWERS: Final[Mapping[str, bool | None]] = {"ja": True, "nee": False, "weet-niet": None}


def proposal_in(agreement: Agreement, sent: Mapping[str, str]) -> Proposal:
    """Return what the questions propose with the answers in a page."""
    given = {name: sent.get(f"{QUESTION}{name}", "") for name in agreement.questions}
    return propose(agreement, {name: _ANSWERS[one] for name, one in given.items() if one in _ANSWERS})


def known_of_danger(agreement: Agreement, danger: object) -> dict[str, str]:
    """Return the answers to the questions that ask for danger, when that was asked before (``danger``: true, false)."""
    if not isinstance(danger, bool):
        return {}
    return {
        f"{QUESTION}{name}": "ja" if danger == says_so else "nee"
        for name, says_so in danger_answers(agreement).items()
    }


def filled_in_by(proposal: Proposal, sent: MultiDict[str, str]) -> MultiDict[str, str]:
    """Return what was sent with the proposal filled in: the kind of message, and that there is danger."""
    result = sent.copy()
    agreement = proposal.agreement
    kind, danger = agreement.field_for("message-kind"), agreement.field_for("danger")
    if proposal.kind and kind:
        result.setlist(f"{PREFIX}{kind}", [proposal.kind.id])
    if proposal.is_danger and danger:
        result.setlist(f"{PREFIX}{danger}", ["ja"])
    return result


@pages.post("/<organisation>/<department>/registreren/voorstel")
@allow(Policy.DEPARTMENT, Action.REGISTER)
def propose_kind(organisation: str, department: str) -> Response:
    """Say what the questions come to so far: which are asked, and the proposal as the page shows it."""
    agreement = agreement_in_force(organisation, department)
    proposal = proposal_in(agreement, request.form)
    return jsonify(
        asked=proposal.walk.asked,
        kind=proposal.kind.id if proposal.kind else "",
        danger=proposal.is_danger,
        html=render_template("staff/proposal.html", proposal=proposal, agreement=agreement),
    )
