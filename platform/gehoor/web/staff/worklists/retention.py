"""The page for who approves what is anonymised: what need not be kept any more, what was said of it, and the proof."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.exceptions import Forbidden
from werkzeug.wrappers import Response

from gehoor.services.disclosure.person import gives_access
from gehoor.services.retention.approval import (
    ChangedError,
    NoReasonError,
    NotDueError,
    approve,
    departments_of,
    hold_back,
    let_go,
    listed,
)
from gehoor.services.retention.survey import survey
from gehoor.web.request.session import current_account, me
from gehoor.web.request.site import now, site
from gehoor.web.security.policies import Policy, allow

pages = Blueprint("retention", __name__, url_prefix="/medewerker/bewaring")


@pages.app_context_processor
def _shown() -> dict[str, Any]:
    """Let pages ask whether who is signed in approves anywhere."""
    return {"approves_retention": _approves, "gives_access": _gives_access}


def _gives_access() -> bool:
    account = current_account()
    return account is not None and bool(gives_access(site().runtime, account.name, now()))


def _approves() -> bool:
    account = current_account()
    return account is not None and bool(departments_of(site().runtime, account.name, now()))


@pages.get("")
@allow(Policy.STAFF)
def show() -> str:
    """Show the list, brought up to date."""
    if not _approves():
        raise Forbidden
    return _page(failed=len(survey(site().runtime, now()).failed))


@pages.post("")
@allow(Policy.STAFF)
def decide() -> Response | tuple[str, int]:
    """Approve what was ticked; or hold one back, or let it go."""
    if not _approves():
        raise Forbidden
    runtime, name = site().runtime, me().name
    chosen = [one for given in request.form.getlist("dossier") if (one := _chosen(given))]
    wanted = request.form.get("wat", "")
    try:
        if wanted.startswith("vrij:"):
            let_go(runtime, wanted.removeprefix("vrij:"), name, now())
        elif wanted == "tegenhouden":
            for dossier, _version in chosen:
                hold_back(runtime, dossier, request.form.get("reden", ""), name, now())
        elif chosen:
            approve(runtime, [dossier for dossier, _version in chosen], name, now(), dict(chosen))
    except NotDueError as error:
        return _page(
            _("%(number)s staat niet meer op de lijst, of iemand houdt het tegen.", number=str(error))
        ), 409
    except ChangedError as error:
        survey(runtime, now())
        return _page(
            _("%(number)s kreeg er intussen iets bij. Bekijk het voor u het goedkeurt.", number=str(error))
        ), 409
    except NoReasonError:
        return _page(_("Schrijf waarom u dit tegenhoudt.")), 422
    return redirect(url_for(".show"), 303)


def _chosen(given: str) -> tuple[str, int] | None:
    """Return a dossier that was ticked, and the version at which the list showed it."""
    dossier, _at, version = given.rpartition("@")
    return (dossier, int(version)) if dossier and version.isdecimal() and len(version) < 9 else None


def _page(fault: str = "", failed: int = 0) -> str:
    """Return the page; ``failed``: of how many dossiers nobody knows how long they are kept."""
    found = listed(site().runtime, me().name, now())
    return render_template("staff/retention.html", found=found, fault=fault, failed=failed)
