"""The text face: a file as it is typed, with what is said of it beside it while one types."""

from __future__ import annotations

from typing import Any, TypeAlias

from flask import Blueprint, abort, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from gehoor.core.agreement.actions import Action
from gehoor.core.proposals.retyping import retyped, typed_text
from gehoor.core.proposals.sources import SourcesError, refuse_long
from gehoor.services.ports.drafting import BusyDrafterError, Judged, TooHeavySourcesError
from gehoor.services.proposals.changing import Edit, change_files
from gehoor.web.request.session import me
from gehoor.web.request.site import now, site
from gehoor.web.security.policies import Policy, allow
from gehoor.web.security.text_room import text_room
from gehoor.web.workbench.shown import (
    REFUSALS,
    counted,
    current,
    drafter,
    is_shared,
    judged,
    judged_files,
    known_organisations,
    may_change_file,
    page,
    refusal,
)

pages = Blueprint("proposal_text", __name__, url_prefix="/medewerker/werkplaats/voorstel/<proposal>/tekst")

Answer: TypeAlias = "Response | str | tuple[str, int]"


@pages.get("/<path:file>")
@allow(Policy.PROPOSAL)
def show(proposal: str, file: str) -> str:
    """Show a file as it is typed."""
    seen = current()
    content = _content(file)
    return _page(file, typed_text(content), judged(seen), "")


@pages.post("/<path:file>")
@allow(Policy.PROPOSAL)
@text_room(tekst=None)
def keep(proposal: str, file: str) -> Answer:
    """Keep a file as it was typed, also with mistakes in it; or only look it over."""
    seen, typed = current(), request.form.get("tekst", "")
    try:
        content = _typed(file, typed)
    except SourcesError as error:
        return _page(file, typed, None, refusal(error)), 409
    if "nakijken" in request.form:
        return _page(file, typed, _judged_with(file, content), "")
    wanted = Edit(
        seen.proposal.id, request.form.get("gezien", ""), {file: content}, _("%(file)s getypt", file=file)
    )
    try:
        change_files(site().runtime, wanted, me().name, now())
    except REFUSALS as error:
        return _page(file, typed, _judged_with(file, content), refusal(error)), 409
    return redirect(url_for(".show", proposal=proposal, file=file, gedaan="gewijzigd"), 303)


@pages.post("/<path:file>/nakijken")
@allow(Policy.PROPOSAL)
@text_room(tekst=None)
def verdict(proposal: str, file: str) -> Any:
    """Say what is to be said of a file that somebody types: nothing of it is kept."""
    seen = current()
    if not _may_type(file):
        abort(403)
    try:
        content = _typed(file, request.form.get("tekst", ""))
        found = drafter().judge({**seen.sources, file: content}, seen.proposal.organisation)
    except (SourcesError, TooHeavySourcesError) as error:
        # Whoever types goes on; what it says is asked again.
        return {
            "told": [],
            "why": refusal(error),
            "again": isinstance(error, BusyDrafterError),
            "counts": counted(None),
        }
    own = [one for one in found.told if one.file == file]
    others = [one for one in found.told if one.file != file]
    return {
        "told": [
            {
                "file": one.file,
                "line": one.line,
                "column": one.column,
                "sentence": one.sentence,
                "serious": one.serious,
            }
            for one in (*own, *others)
        ],
        "why": "",
        "again": False,
        "counts": counted(found),
    }


def _typed(file: str, typed: str) -> bytes:
    """Return a file as it was typed. Raises ``SourcesError``."""
    before = _content(file)
    refuse_long(file, typed.replace("\r\n", "\n"))
    return retyped(before, typed)


def _content(file: str) -> bytes:
    found = current().sources.get(file)
    if found is None:
        abort(404)
    try:
        typed_text(found)
    except UnicodeDecodeError:
        abort(404)
    return found


def _judged_with(file: str, content: bytes) -> Judged | None:
    seen = current()
    # Whoever only reads a file has nobody look at another one.
    return judged_files(seen, {**seen.sources, file: content}) if _may_type(file) else judged(seen)


def _may_type(file: str) -> bool:
    """Say whether who is signed in changes a file, whatever became of the proposal meanwhile."""
    seen = current()
    return seen.rights.covers(Action.PROPOSE, file, {*known_organisations(), seen.proposal.organisation})


def _page(file: str, typed: str, found: Judged | None, fault: str) -> str:
    seen = current()
    told = found.told if found else ()
    return page(
        "text.html",
        seen,
        file=file,
        typed=typed,
        own=[one for one in told if one.file == file],
        others=[one for one in told if one.file != file],
        count=counted(found),
        mine=may_change_file(seen, file),
        shared=is_shared(seen, file),
        fault=fault,
        kept=request.args.get("gedaan", "") == "gewijzigd" and not fault,
        changed=seen.base.get(file) != seen.sources.get(file),
    )
