"""Signing in elsewhere: going there, and coming back."""

from __future__ import annotations

import json
import logging
from typing import Final

from flask import Blueprint, abort, redirect, request, session
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from gehoor.services.accounts.accounts import sign_in_known
from gehoor.services.ports.outside import SingleSignOn, SingleSignOnError
from gehoor.web.account.entry import welcome
from gehoor.web.account.sign_in import form
from gehoor.web.request.addresses import local
from gehoor.web.request.site import now, site
from gehoor.web.security.policies import Policy, allow
from gehoor.web.security.rate_limits import each_quarter, hit, visitor

pages = Blueprint("single_sign_on", __name__, url_prefix="/medewerker/aanmelden")

_KEPT = "elsewhere"
_PURPOSE = "single sign-on"
_MOST: Final = each_quarter(1000)
"""So often may somebody go there or come back, from one place."""
_log = logging.getLogger(__name__)


@pages.get("/elders")
@allow(Policy.PUBLIC)
def leave() -> Response | tuple[str, int]:
    """Go and sign in elsewhere."""
    hit(_MOST, "single-sign-on", visitor())
    elsewhere = _elsewhere()
    try:
        address, kept = elsewhere.start()
    except SingleSignOnError as error:
        return _failed(elsewhere, error)
    onward = local(request.args.get("naar", ""))
    session[_KEPT] = site().tools.vault.seal(_PURPOSE, json.dumps([kept, onward]))
    return redirect(address)


@pages.get("/terug")
@allow(Policy.PUBLIC)
def come_back() -> Response | tuple[str, int]:
    """Come back from elsewhere, and go in when there is an account."""
    hit(_MOST, "single-sign-on", visitor())
    elsewhere = _elsewhere()
    # Once: what was kept opens nothing a second time.
    sealed = site().tools.vault.opened(_PURPOSE, session.pop(_KEPT, ""))
    try:
        if sealed is None:
            raise SingleSignOnError("nobody left from here")
        kept, onward = json.loads(sealed)
        name = elsewhere.finish(kept, request.args.to_dict(), now())
    except SingleSignOnError as error:
        return _failed(elsewhere, error)
    token = sign_in_known(site().runtime, name, now())
    if token is None:
        return form(
            status=403,
            failed=_(
                "U bent bekend bij %(name)s, maar hebt hier geen account. Vraag er een.", name=elsewhere.name
            ),
        )
    return welcome(token, name, onward, "")


def _elsewhere() -> SingleSignOn:
    elsewhere = site().tools.single_sign_on
    if elsewhere is None:
        abort(404)
    return elsewhere


def _failed(elsewhere: SingleSignOn, error: SingleSignOnError) -> tuple[str, int]:
    _log.warning("Signing in elsewhere failed", exc_info=error)
    return form(
        status=502,
        failed=_("Aanmelden met %(name)s lukt nu niet. Probeer het opnieuw.", name=elsewhere.name),
    )
