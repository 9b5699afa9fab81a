"""Giving a follow-up code anew, on the pages of staff: by e-mail, or on a slip that is shown once."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from gehoor.core.agreement.actions import Action
from gehoor.services.correspondence.new_codes import CodeWay, GivenMeanwhileError, NewCode, give_code
from gehoor.services.correspondence.texts import LONGEST, TextRefusedError
from gehoor.web.display.spelling import spelled
from gehoor.web.request.form_keys import Purpose, key_sent
from gehoor.web.request.session import me
from gehoor.web.request.site import now, site
from gehoor.web.security.policies import Policy, allow, opened_dossier
from gehoor.web.staff.correspondence.messages_page import Refused, messages_page
from gehoor.web.staff.dossier.dossier_view import full_names

pages = Blueprint("new_codes", __name__, url_prefix="/medewerker/dossiers/<dossier_id>/volgcode")


@pages.post("")
@allow(Policy.DOSSIER, Action.NEW_CODE)
def give(dossier_id: str) -> str | Response | tuple[str, int]:
    """Give a code. One on paper is on the answer to this, and on no page after it."""
    runtime = site().runtime
    typed = {"code-reden": request.form.get("code-reden", ""), "code-weg": request.form.get("code-weg", "")}
    key = key_sent(Purpose.CODE, dossier_id, me().name)
    seen = request.form.get("code-gezien")
    wanted = NewCode(dossier_id, typed["code-weg"], typed["code-reden"], key, me().name, seen)
    try:
        code = give_code(runtime, wanted, now())
    except GivenMeanwhileError as meanwhile:
        return messages_page(Refused("code", _given_by(meanwhile.by), "code-gezien", typed)), 422
    except TextRefusedError as refusal:
        at = "code-weg" if refusal.code == "way" else "code-reden"
        return messages_page(Refused("code", _refusal(refusal), at, typed)), 422
    if wanted.way != CodeWay.PAPER:
        return redirect(url_for("messages.show", dossier_id=dossier_id, code="mail", _anchor="volgcode"), 303)
    opened = opened_dossier()
    return render_template(
        "staff/code_given.html",
        agreement=opened.agreement,
        dossier=opened.dossier,
        code=code,
        spelled=spelled(code) if code else (),
        follow=f"{runtime.home}{url_for('following.enter')}",
    )


def _given_by(account: str) -> str:
    who = full_names().get(account, account)
    return str(
        _(
            "Er is niets gewijzigd: intussen gaf %(who)s een nieuwe code, en die zou niet meer werken. Geef er alleen "
            "nog een als dat zo moet.",
            who=who,
        )
    )


def _refusal(refusal: TextRefusedError) -> str:
    sentences = {
        "empty": _("Schrijf hoe u weet dat u met de melder te maken hebt."),
        "long": _("Deze reden is te lang. Gebruik hoogstens %(most)s tekens.", most=LONGEST),
        "way": _("Kies hoe de melder de code krijgt."),
        "elsewhere": _(
            "Dit dossier gaat verder in een ander dossier, en deze code opent ook dat. Vraag ze aan wie in beide "
            "een code mag geven."
        ),
    }
    return str(sentences[refusal.code])
