"""Adjusting a dossier: its terms stand still, run on or last longer; a closed one is opened again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from gehoor.core.agreement.actions import Action
from gehoor.core.objections.objections import ASKS_REASON, Objection
from gehoor.services.dossiers.reopening import reopen
from gehoor.services.dossiers.term_changes import Adjustment, extend, resume, suspend
from gehoor.services.recording.answers import RefusedError
from gehoor.web.request.languages import said
from gehoor.web.request.session import me
from gehoor.web.request.site import now, site
from gehoor.web.security.policies import Policy, allow, opened_dossier

pages = Blueprint("adjusting", __name__, url_prefix="/medewerker/dossiers")

_WAYS = {"opschorten": suspend, "hervatten": resume, "verlengen": extend}

_ASKED_AGAIN = ("csrf_token", "toelichting")

_ROOMS = {"afsluiten": "closing.show", "behandelen": "dossiers.show"}

_MOST_DIGITS = 6

_ACTIONS = {
    "opschorten": Action.SUSPEND_TERM,
    "hervatten": Action.SUSPEND_TERM,
    "verlengen": Action.EXTEND_TERM,
}


@pages.post("/<dossier_id>/termijnen/<term>/<what>")
@allow(Policy.DOSSIER, by="what", actions=_ACTIONS)
def adjust_term(dossier_id: str, term: str, what: str) -> Response | tuple[str, int]:
    """Let a term stand still, run on, or last longer."""
    wanted = Adjustment(
        dossier=dossier_id,
        term=term,
        actor=me().name,
        reason=request.form.get("reden", ""),
        told=_day("gemeld"),
        consent=_day("instemming"),
        amount=_number("hoeveel"),
        why=request.form.get("toelichting", ""),
    )
    return redo(dossier_id, lambda: _WAYS[what](site().runtime, wanted, now()))


@pages.post("/<dossier_id>/heropenen")
@allow(Policy.DOSSIER, Action.REOPEN)
def reopen_dossier(dossier_id: str) -> Response | tuple[str, int]:
    """Open a closed dossier again."""
    reason = request.form.get("reden", "")
    return redo(dossier_id, lambda: reopen(site().runtime, dossier_id, reason, me().name, now()))


def redo(dossier_id: str, work: Callable[[], object], onward: str = "") -> Response | tuple[str, int]:
    """Do something with a dossier and show it again, or say why that cannot be. ``onward``: the address to go on to,
    where that is not the room it was asked in."""
    try:
        work()
    except RefusedError as refusal:
        sentences = [_sentence(objection) for objection in refusal.objections]
        back = _back(dossier_id)
        asks = any(one.code in ASKS_REASON for one in refusal.objections)
        # What was typed goes along, so that only the reason is left to give.
        typed = (
            [pair for pair in request.form.items(multi=True) if pair[0] not in _ASKED_AGAIN] if asks else None
        )
        return render_template("staff/not_done.html", sentences=sentences, back=back, typed=typed), 422
    return redirect(onward or _back(dossier_id, after=opened_dossier().mark), 303)


def _back(dossier_id: str, after: str | None = None) -> str:
    """Return where whoever asked goes on: in the room where they asked it, the overview if no other is named. It tells
    what they did ``after`` what they saw then (its mark)."""
    room = _ROOMS.get(request.form.get("terug", ""), "overview.show")
    return url_for(room, dossier_id=dossier_id, bewaard=after)


def _sentence(objection: Objection) -> str:
    """Say what stands in the way, and at which question."""
    fields = opened_dossier().agreement.dossier_form.fields
    words, of = said().objections, fields.get(objection.field)
    sentence = words.text(objection, of.label if of else "")
    return (
        f"{words.formats.quote(words.place(objection, of))}{words.formats.colon}{sentence}"
        if of
        else sentence
    )


def _number(name: str) -> int | None:
    given = request.form.get(name, "").strip()
    return int(given) if given.isascii() and given.isdigit() and len(given) <= _MOST_DIGITS else None


def _day(name: str) -> date | None:
    try:
        return date.fromisoformat(request.form.get(name, ""))
    except ValueError:
        return None
