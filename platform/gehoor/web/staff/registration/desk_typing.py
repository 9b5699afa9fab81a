"""What somebody types on the page to register on, kept for them alone until they register it: as a call is, sealed and
for some hours. It is in no dossier yet, so nothing that is asked about a dossier would find it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from flask import Blueprint, redirect, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from gehoor.core.agreement.actions import Action
from gehoor.core.agreement.model import DOSSIER_FORM
from gehoor.services.intake.unsent_forms import Unsent, forget, keep, open_unsent, token_for
from gehoor.services.recording.answers import filled_in
from gehoor.web.forms.answer_form import AnswerForm
from gehoor.web.forms.typed_before import kept_now
from gehoor.web.forms.uploads import own_share
from gehoor.web.request.form_keys import Purpose, key_sent
from gehoor.web.request.session import me
from gehoor.web.request.site import now, site
from gehoor.web.security.policies import Policy, allow
from gehoor.web.staff.registration.classification import QUESTION, SEEN
from gehoor.web.staff.registration.phone_intake_form import Desk, desk

pages = Blueprint("desk_typing", __name__, url_prefix="/medewerker")

_ASKED: Final = "asked"
_ANSWERED: Final = "answered"


@dataclass(frozen=True)
class TypedAtDesk:
    """What was typed before: the answers, those to the questions that decide what it is, and the key of that page."""

    answers: Mapping[str, Any]
    questions: MultiDict[str, str]
    key: str


@pages.post("/<organisation>/<department>/registreren/onbewaard")
@allow(Policy.DEPARTMENT, Action.REGISTER)
def keep_typed(organisation: str, department: str) -> Response:
    """Keep what was typed so far, for whoever types it alone; tell when. A page that was emptied keeps nothing."""
    at = desk(organisation, department)
    answers = AnswerForm(at.agreement, at.fields, sent=request.form).answers()
    there = filled_in(at.agreement, at.agreement.dossier_form, me().full_name, now())
    told = {name: given for name, given in answers.items() if _is_told(at, name, given, there)}
    questions = {
        name: value for name, value in request.form.items() if name.startswith(QUESTION) or name == SEEN
    }
    if told or any(questions.values()):
        key = key_sent(Purpose.REGISTER, *at.place, me().name)
        typed = Unsent(*at.place, DOSSIER_FORM, key, {_ASKED: told, _ANSWERED: questions})
        if not keep(site().runtime, _token(at), typed, now(), own_share()):
            return Response(status=413)
    else:
        forget_at_desk(at)
    return kept_now(at.agreement.time_zone)


@pages.post("/<organisation>/<department>/registreren/onbewaard/weg")
@allow(Policy.DEPARTMENT, Action.REGISTER)
def throw_away(organisation: str, department: str) -> Response:
    """Throw away what was typed and not registered."""
    forget_at_desk(desk(organisation, department))
    return redirect(url_for("registering.begin", organisation=organisation, department=department), 303)


def typed_at_desk(at: Desk) -> TypedAtDesk | None:
    """Return what whoever is signed in typed for this department before and did not register, when there is any."""
    found = open_unsent(site().runtime, _token(at), now())
    if found is None:
        return None
    asked = {of.id for of in at.fields}
    answers = {name: given for name, given in found.answers[_ASKED].items() if name in asked}
    return TypedAtDesk(answers, MultiDict(found.answers[_ANSWERED]), found.key)


def forget_at_desk(at: Desk) -> None:
    """Forget what was typed: it was registered, goes on at the phone, or was thrown away."""
    if open_unsent(site().runtime, _token(at), now()) is not None:
        forget(site().runtime, _token(at), now(), sent=True)


def _token(at: Desk) -> str:
    return token_for(site().runtime, "desk", *at.place, me().name)


def _is_told(at: Desk, name: str, given: Any, there: Mapping[str, Any]) -> bool:
    """Say whether somebody filled this in. Files are never kept before they are sent."""
    takes_files = at.agreement.dossier_form.fields[name].type.takes_files
    return not takes_files and given not in (None, "", []) and given != there.get(name)
