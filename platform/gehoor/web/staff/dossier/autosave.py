"""Keeping what someone types in a dossier while they type, and showing it again when they come back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, jsonify, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from gehoor.core.agreement.actions import Action
from gehoor.services.dossiers.autosave import Unsaved, changes_since, foreseen, forget, keep
from gehoor.services.dossiers.viewing import OpenedDossier
from gehoor.web.display.filters import clock_time
from gehoor.web.forms.answer_form import PREFIX, AnswerForm
from gehoor.web.request.session import me
from gehoor.web.request.site import now, site
from gehoor.web.security.policies import Policy, allow, opened_dossier
from gehoor.web.security.text_room import text_room
from gehoor.web.staff.dossier.dossier_form import SHOWN, change_text, sent_form
from gehoor.web.staff.dossier.dossier_view import full_names, phase_sections

pages = Blueprint("unsaved", __name__, url_prefix="/medewerker/dossiers")


@pages.post("/<dossier_id>/onbewaard")
@allow(Policy.DOSSIER, Action.FILL_IN)
@text_room(reden=None)
def keep_typed(dossier_id: str) -> Response:
    """Keep what was typed so far; tell when, and what others changed since."""
    opened = opened_dossier()
    version = opened.version_at(request.form.get("versie", ""))
    fields = request.form.getlist(SHOWN)
    typed = [(name, value) for name, value in request.form.items(multi=True) if _is_answer(name)]
    keep(site().runtime, dossier_id, me().name, Unsaved(version, tuple(typed), now()))
    names = full_names()
    changes = changes_since(opened, version, fields)
    page = sent_form(opened, fields)
    return jsonify(
        needs=_needed_besides(opened, page),
        kept=_(
            "Bijgehouden om %(time)s. Nog niet bewaard.", time=clock_time(now(), opened.agreement.time_zone)
        ),
        others=[change_text(opened, change, names) for change in changes],
    )


@pages.post("/<dossier_id>/onbewaard/weg")
@allow(Policy.DOSSIER)
def throw_away(dossier_id: str) -> Response:
    """Throw away what was typed and not saved."""
    forget(site().runtime, dossier_id, me().name)
    return redirect(url_for("dossiers.show", dossier_id=dossier_id), 303)


def _needed_besides(opened: OpenedDossier, page: AnswerForm) -> dict[str, dict[str, list[Any]]]:
    """Return, by phase, the fields that what is typed asks for besides, and those for which it no longer asks."""

    def needed(answers: Mapping[str, Any]) -> dict[str, dict[str, str]]:
        supposed = foreseen(site().runtime, opened, answers, now())
        return {
            one.state.phase.id: {of.id: of.label for of, _need in one.needs}
            for one in phase_sections(supposed, page)
        }

    before, after = needed({}), needed(page.answers())
    found: dict[str, dict[str, list[Any]]] = {}
    for phase, asked in after.items():
        was = before.get(phase, {})
        besides = [[PREFIX + name, label] for name, label in asked.items() if name not in was]
        no_more = [PREFIX + name for name in was if name not in asked]
        if besides or no_more:
            found[phase] = {"besides": besides, "no_more": no_more}
    return found


def _is_answer(name: str) -> bool:
    return name.startswith(PREFIX) or name == SHOWN
