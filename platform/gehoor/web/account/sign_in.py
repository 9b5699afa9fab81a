"""Signing in and out, and going on with what was typed when a session ended."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from gehoor.services.accounts.accounts import plain_name
from gehoor.services.accounts.accounts import sign_in as begin
from gehoor.services.accounts.accounts import sign_out as end
from gehoor.services.accounts.throttling import WaitError
from gehoor.web.account.entry import welcome
from gehoor.web.account.known_browsers import known_as
from gehoor.web.account.pending_post import FIELD, carry
from gehoor.web.request.addresses import local
from gehoor.web.request.session import end_session, ended_for, seconds_left
from gehoor.web.request.site import now, site
from gehoor.web.security.policies import Policy, allow
from gehoor.web.security.rate_limits import limited
from gehoor.web.security.text_room import OTHERWISE, text_room

pages = Blueprint("signing_in", __name__, url_prefix="/medewerker")


@pages.route("/aanmelden", methods=["GET", "POST"])
@allow(Policy.PUBLIC)
@limited(300, in_vain=True)
@text_room(naam=OTHERWISE)
def sign_in() -> Response | tuple[str, int]:
    """Sign in with a name and a password."""
    onward = local(request.values.get("naar", ""))
    if request.method != "POST":
        return form(onward=onward, ended=bool(ended_for()))
    name, sealed = request.form.get("naam", ""), request.form.get(FIELD, "")
    try:
        token = begin(
            site().runtime, site().hasher, name, request.form.get("wachtwoord", ""), now(), known_as(name)
        )
    except WaitError as wait:
        return form(status=429, wait=wait, name=name, onward=onward, sealed=sealed)
    if token is None:
        return form(status=422, wrong=True, name=name, onward=onward, sealed=sealed)
    return welcome(token, plain_name(name), onward, sealed)


@pages.post("/afmelden")
@allow(Policy.OWN)
def sign_out() -> Response:
    """End the session, on the server too."""
    token = end_session()
    if token:
        end(site().runtime, token)
    return redirect(url_for(".sign_in"), 303)


@pages.post("/sessie")
@allow(Policy.OWN)
def stay() -> Response:
    """Stay signed in: answers for how many seconds. Asking is use."""
    return jsonify(left=seconds_left())


def form(status: int = 200, **said: Any) -> tuple[str, int]:
    """Show the page to sign in, with what it has to say: ``wrong``, ``wait``, ``ended``, ``failed``; and what comes
    along: ``name``, ``onward``, ``sealed``."""
    elsewhere = site().tools.single_sign_on
    page = render_template(
        "staff/sign_in.html", **said, field=FIELD, elsewhere=elsewhere.name if elsewhere else ""
    )
    return page, status


def session_ended() -> tuple[str, int]:
    """Ask to sign in again, in answer to a form that came too late; what was typed comes along."""
    return form(status=401, ended=bool(ended_for()), onward="", sealed=carry())
