"""Writing a letter: from what the template gives, with what is typed kept meanwhile, to a draft."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.exceptions import Forbidden, NotFound
from werkzeug.wrappers import Response

from gehoor.core.agreement.actions import Action
from gehoor.core.dossier.letters import LetterText
from gehoor.core.objections.objections import Objection
from gehoor.services.correspondence.drafting import (
    SUBJECT,
    TEXT,
    OvertakenError,
    Writing,
    as_template_gives,
    keep_draft,
)
from gehoor.services.correspondence.letters import LONGEST, LONGEST_SUBJECT, DossierLetter, languages_for
from gehoor.services.dossiers import autosave
from gehoor.services.dossiers.autosave import Unsaved
from gehoor.services.dossiers.viewing import OpenedDossier
from gehoor.services.recording.answers import RefusedError
from gehoor.web.forms.typed_before import kept_now
from gehoor.web.request.session import me
from gehoor.web.request.site import now, site
from gehoor.web.security.policies import Policy, allow, opened_dossier
from gehoor.web.staff.correspondence.letter_view import (
    about,
    asked_language,
    overtaken_by,
    sentence,
    writable_letter,
)
from gehoor.web.staff.figures.given_back import given_back

pages = Blueprint("letter_writing", __name__, url_prefix="/medewerker/dossiers/<dossier_id>/brieven")


@pages.get("/<letter>")
@allow(Policy.DOSSIER, Action.WRITE_MESSAGES)
def compose(dossier_id: str, letter: str) -> str:
    """Show a letter to write: what they typed and did not save, the draft, or what the template gives."""
    opened = opened_dossier()
    found = writable_letter(opened, letter)
    language = asked_language(opened, found.template)
    fresh = _fresh(opened, found, language)
    draft = found.draft
    anew = request.args.get("opnieuw") == "1" or draft is None or draft.content.language != language
    content = fresh if draft is None or anew else draft.content
    page = _page(opened, found, content, fresh)
    unsaved = autosave.unsaved_of(site().runtime, dossier_id, me().name, now(), form=_form(letter, language))
    if unsaved is None or request.args.get("opnieuw") == "1":
        return render_template("staff/letter.html", **page)
    typed = dict(unsaved.typed)
    page["content"] = replace(content, subject=typed.get(SUBJECT, ""), text=typed.get(TEXT, ""))
    # What they had before them when they typed it: what another kept since is not written over.
    page |= {"seen": unsaved.version, "basis": typed.get("basis", ""), "unsaved": unsaved}
    return render_template("staff/letter.html", **page)


@pages.post("/<letter>")
@allow(Policy.DOSSIER, Action.WRITE_MESSAGES)
def keep(dossier_id: str, letter: str) -> str | Response | tuple[str, int]:
    """Keep what was written, and show it as it will be read. Where that letter is not to be written here any more, what
    was typed is given back."""
    opened = opened_dossier()
    try:
        found = writable_letter(opened, letter)
    except (Forbidden, NotFound):
        typed = "\n\n".join(filter(None, (request.form.get(SUBJECT, ""), request.form.get(TEXT, ""))))
        if not typed:
            raise
        return given_back(
            typed,
            _("Deze brief is er niet meer"),
            url_for("dossiers.show", dossier_id=dossier_id),
            _("Naar het dossier"),
            _("Intussen kan deze brief hier niet meer geschreven worden, of niet door u."),
        )
    language = asked_language(opened, found.template)
    wanted = Writing(
        dossier=dossier_id,
        letter=letter,
        language=language,
        subject=request.form.get(SUBJECT, ""),
        text=request.form.get(TEXT, ""),
        seen=_seen(),
        basis=request.form.get("basis", "")[:64],
        actor=me().name,
    )
    try:
        keep_draft(site().runtime, wanted, now())
    except RefusedError as refusal:
        return _not_kept(opened, found, wanted, refusal.objections), 422
    except OvertakenError as overtaken:
        page = _not_kept(opened, found, wanted, (), overtaken_by(opened, overtaken))
        return page, 409
    autosave.forget(site().runtime, dossier_id, me().name, form=_form(letter, language))
    return redirect(url_for("letter_sending.check", dossier_id=dossier_id, letter=letter), 303)


@pages.post("/<letter>/onbewaard")
@allow(Policy.DOSSIER, Action.WRITE_MESSAGES)
def keep_typed(dossier_id: str, letter: str) -> Response:
    """Keep what was typed so far, for whoever types it alone; tell when."""
    opened = opened_dossier()
    found = writable_letter(opened, letter)
    language = asked_language(opened, found.template)
    typed = (
        (SUBJECT, request.form.get(SUBJECT, "")[:LONGEST_SUBJECT]),
        (TEXT, request.form.get(TEXT, "").replace("\r\n", "\n")[:LONGEST]),
        ("basis", request.form.get("basis", "")[:64]),
    )
    unsaved = Unsaved(_seen(), typed, now())
    autosave.keep(site().runtime, dossier_id, me().name, unsaved, form=_form(letter, language))
    return kept_now(opened.agreement.time_zone)


@pages.post("/<letter>/onbewaard/weg")
@allow(Policy.DOSSIER, Action.WRITE_MESSAGES)
def throw_away(dossier_id: str, letter: str) -> Response:
    """Throw away what was typed and not saved."""
    opened = opened_dossier()
    language = asked_language(opened, writable_letter(opened, letter).template)
    autosave.forget(site().runtime, dossier_id, me().name, form=_form(letter, language))
    return redirect(url_for(".compose", dossier_id=dossier_id, letter=letter, taal=language), 303)


def _form(letter: str, language: str) -> str:
    return f"brief/{letter}/{language}"


def _seen() -> int:
    """Return the sequence of the draft that whoever writes has before them (0: none)."""
    return request.form.get("gezien", 0, type=int)


def _fresh(opened: OpenedDossier, found: DossierLetter, language: str) -> LetterText:
    return as_template_gives(site().runtime, opened, found.template, language, me().full_name, now())


def _page(
    opened: OpenedDossier, found: DossierLetter, content: LetterText, fresh: LetterText
) -> dict[str, Any]:
    of_draft = found.draft is not None and content is found.draft.content
    return {
        **about(opened, content, found),
        "basis": content.basis if of_draft else fresh.basis,
        "differs": of_draft and fresh.basis != content.basis,
        "seen": found.draft.sequence if found.draft else 0,
        "languages": languages_for(opened.agreement, found.template),
        "longest": LONGEST,
        "longest_subject": LONGEST_SUBJECT,
        "story": opened.decision.values.get(opened.agreement.field_for("story"), ""),
    }


def _not_kept(
    opened: OpenedDossier,
    found: DossierLetter,
    wanted: Writing,
    objections: Sequence[Objection],
    conflict: str = "",
) -> str:
    fresh = _fresh(opened, found, wanted.language)
    # What was typed stays as it was typed; a text that somebody else kept meanwhile is seen below it.
    content = replace(fresh, subject=wanted.subject, text=wanted.text)
    told = {one.field: sentence(opened, one) for one in objections}
    page = _page(opened, found, content, fresh) | {"basis": wanted.basis or fresh.basis}
    others = found.draft.content if conflict and found.draft else None
    return render_template("staff/letter.html", **page, told=told, conflict=conflict, others=others)
