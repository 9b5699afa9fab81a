"""What a sheet would say as somebody fills it in: told while they do, and nothing of it is kept."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, request

from gehoor.core.proposals.sources import SourcesError
from gehoor.services.ports.drafting import (
    Act,
    NoSuchPlaceError,
    SheetEdit,
    SheetRefusedError,
    TooHeavySourcesError,
)
from gehoor.web.security.policies import Policy, allow
from gehoor.web.workbench.given import given_in
from gehoor.web.workbench.places import path_asked, why_refused
from gehoor.web.workbench.shown import counted, current, drafter, may_change_file
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
        given = given_in(drafter().sheet(seen.sources, organisation, file, path), request.form)
        edited = drafter().edit(seen.sources, organisation, SheetEdit(Act.FILL, file, path, given))
        sources = {**seen.sources, **edited.files}
        found = drafter().judge(sources, organisation)
        sheet = drafter().sheet(sources, organisation, file, path)
    except NoSuchPlaceError:
        abort(404)
    except SheetRefusedError as error:
        refused = [{"sentence": why_refused(error), "serious": True}]
        return {"told": {error.word: refused}, "known": False, "counts": counted(None)}
    except (SourcesError, TooHeavySourcesError):
        # Whoever types goes on; it is asked again.
        return {"told": {}, "known": False, "counts": counted(None)}
    return {
        "told": {word: as_data(told) for word, told in told_by_control(found, sheet).items()},
        "known": True,
        "counts": counted(found),
        "sentences": sentences_about(found, sheet.subject),
        "text": sheet.text,
    }
