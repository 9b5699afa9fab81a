"""What a sheet would say as somebody fills it in: told while they do, and nothing of it is kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, abort, request

from gehoor.core.proposals.sources import SourcesError
from gehoor.services.ports.drafting import (
    Act,
    BusyDrafterError,
    NoSuchPlaceError,
    SheetEdit,
    SheetRefusedError,
    TooHeavySourcesError,
)
from gehoor.web.security.policies import Policy, allow
from gehoor.web.workbench.given import given_in
from gehoor.web.workbench.places import may_be_new, path_asked, why_refused
from gehoor.web.workbench.shown import counted, current, drafter, may_change_file, refusal
from gehoor.web.workbench.verdicts import as_data, sentences_about, told_by_control

pages = Blueprint("proposal_live", __name__, url_prefix="/medewerker/werkplaats/voorstel/<proposal>/nakijken")


@pages.post("/<path:file>")
@allow(Policy.PROPOSAL)
def verdict(proposal: str, file: str) -> Any:
    """Say what is to be said of a sheet that somebody fills in, by keyword, with its sentences and its text."""
    seen, path = current(), path_asked()
    if file not in seen.sources:
        abort(404)
    # Whoever only reads a file has nobody look at another one.
    if not may_change_file(seen, file):
        abort(403)
    organisation = seen.proposal.organisation
    try:
        grows = may_be_new()
        given = given_in(drafter().sheet(seen.sources, organisation, file, path, grows=grows), request.form)
        edited = drafter().edit(
            seen.sources, organisation, SheetEdit(Act.FILL, file, path, given, grows=grows)
        )
        sources = {**seen.sources, **edited.files}
        found = drafter().judge(sources, organisation)
        # Who empties all that a group says may leave nothing of it.
        sheet = drafter().sheet(sources, organisation, file, path, grows=True)
    except NoSuchPlaceError:
        abort(404)
    except SheetRefusedError as error:
        refused = {error.word: [{"sentence": why_refused(error), "serious": True}]}
        return _said(refused, counted(None))
    except (SourcesError, TooHeavySourcesError) as error:
        # Whoever fills in goes on; nothing is called right that nobody looked at.
        again = isinstance(error, BusyDrafterError)
        return {**_said({}, counted(None), why=refusal(error)), "looked": False, "again": again}
    told = {word: as_data(one) for word, one in told_by_control(found, sheet).items()}
    return {
        **_said(told, counted(found)),
        "sentences": sentences_about(found, sheet),
        "text": sheet.text,
    }


def _said(told: Mapping[str, object], counts: Mapping[str, int], why: str = "") -> dict[str, Any]:
    """Return what is said by keyword, as the page's script reads it. ``looked``: somebody looked; else ``why`` nobody
    did, and whether it may be asked ``again`` soon."""
    return {
        "looked": True, "told": told, "counts": counts, "why": why, "again": False, "sentences": [], "text": ""
    }  # fmt: skip
