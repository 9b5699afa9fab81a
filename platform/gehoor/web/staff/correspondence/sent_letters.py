"""Letters that were sent: each as it went, on the page, on paper and as a document."""

from __future__ import annotations

import io
from typing import Any

from flask import Blueprint, abort, render_template, request, send_file
from werkzeug.wrappers import Response

from gehoor.core.dossier.letters import SentLetter
from gehoor.core.letters.paper import PaperLetter
from gehoor.services.correspondence.letters import sent_letters
from gehoor.services.dossiers.viewing import OpenedDossier
from gehoor.web.request.site import site
from gehoor.web.security.policies import Policy, allow, opened_dossier
from gehoor.web.staff.correspondence.letter_view import (
    about,
    local_day,
    paper_letter,
    recipient_of,
    unshown_signs,
)
from gehoor.web.staff.dossier.dossier_view import full_names

pages = Blueprint(
    "sent_letters", __name__, url_prefix="/medewerker/dossiers/<dossier_id>/brieven/verstuurd/<int:sequence>"
)


@pages.get("")
@allow(Policy.DOSSIER)
def show(dossier_id: str, sequence: int) -> str:  # noqa: ARG001 - the policy opens the dossier
    """Show a letter as it was sent."""
    page = _page(opened_dossier(), sequence)
    return render_template("staff/letter_sent.html", **page, just_sent=request.args.get("verstuurd") == "1")


@pages.get("/afdruk")
@allow(Policy.DOSSIER)
def on_paper(dossier_id: str, sequence: int) -> str:  # noqa: ARG001 - the policy opens the dossier
    """Show a letter as it goes on paper."""
    opened = opened_dossier()
    page = _page(opened, sequence)
    return render_template("staff/letter_print.html", **page, recipient=recipient_of(opened))


@pages.get("/brief.pdf")
@allow(Policy.DOSSIER)
def as_pdf(dossier_id: str, sequence: int) -> Response:  # noqa: ARG001 - the policy opens the dossier
    """Give a letter as a document to print or to keep."""
    printer = site().printer
    if printer is None:
        abort(404)
    opened = opened_dossier()
    document = printer.pdf(_paper(opened, _letter(opened, sequence)))
    answer = send_file(
        io.BytesIO(document),
        mimetype="application/pdf",
        as_attachment=True,
        download_name=f"{opened.dossier.number}.pdf",
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _letter(opened: OpenedDossier, sequence: int) -> SentLetter:
    letters = sent_letters(opened.dossier, opened.rights)
    found = next((one for one in letters if one.sequence == sequence), None)
    if found is None:
        abort(404)
    return found


def _page(opened: OpenedDossier, sequence: int) -> dict[str, Any]:
    letter = _letter(opened, sequence)
    return {
        **about(opened, letter.content),
        "sent": letter,
        "by": full_names().get(letter.by, letter.by),
        "day": local_day(opened, letter.at, letter.content.language),
        "makes_pdf": site().printer is not None,
        "unshown": unshown_signs(_paper(opened, letter)),
    }


def _paper(opened: OpenedDossier, letter: SentLetter) -> PaperLetter:
    return paper_letter(opened, letter.content, letter.at)
