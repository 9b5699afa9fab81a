"""The second step of signing in: giving its code, and switching it on and off."""

from __future__ import annotations

import io

import segno
from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from gehoor.services.accounts.own_account import WrongPasswordError, confirm_password
from gehoor.services.accounts.second_factor import (
    Codes,
    WrongCodeError,
    confirm,
    new_recovery_codes,
    owed,
    pass_on,
    prepare,
    secret_to_show,
    step_of,
    switch_off,
    waiting_for,
)
from gehoor.services.accounts.throttling import WaitError
from gehoor.web.account.entry import ask_code, entered
from gehoor.web.account.known_browsers import known_as
from gehoor.web.account.own_account import too_often
from gehoor.web.account.pending_post import FIELD
from gehoor.web.request.addresses import local
from gehoor.web.request.session import begin_session, me, waiting_token
from gehoor.web.request.site import now, site
from gehoor.web.security.policies import Policy, allow
from gehoor.web.security.rate_limits import limited

pages = Blueprint("second_step", __name__, url_prefix="/medewerker")

_ISSUER = "Gehoor"


@pages.route("/aanmelden/code", methods=["GET", "POST"])
@allow(Policy.PUBLIC)
@limited(300, in_vain=True)
def give() -> Response | tuple[str, int]:
    """Give the code that the session waits for."""
    token = waiting_token()
    account = waiting_for(site().runtime, token, now()) if token else None
    if account is None:
        return redirect(url_for("signing_in.sign_in"), 303 if request.method == "POST" else 302)
    onward, sealed = local(request.values.get("naar", "")), request.form.get(FIELD, "")
    if request.method != "POST":
        return ask_code(onward=onward)
    code = request.form.get("code", "")
    try:
        fresh = pass_on(site().runtime, _codes(), token, code, now(), known_as(account.name))
    except WrongCodeError:
        return ask_code(onward=onward, sealed=sealed, fault=_wrong(), status=422)
    except WaitError as wait:
        return ask_code(onward=onward, sealed=sealed, fault=too_often(wait), status=429)
    except LookupError:
        return redirect(url_for("signing_in.sign_in"), 303)
    return entered(fresh, account.name, onward, sealed)


@pages.get("/mijn-account/tweede-stap")
@allow(Policy.OWN)
def show() -> tuple[str, int]:
    """Show how the second step stands."""
    return _page({}, 200)


@pages.post("/mijn-account/tweede-stap/beginnen")
@allow(Policy.OWN)
def begin() -> Response | tuple[str, int]:
    """Begin to switch the second step on; asks for the password."""
    if fault := _password_fault():
        return fault
    prepare(site().runtime, _codes(), me().name, now())
    return redirect(url_for(".show"), 303)


@pages.get("/mijn-account/tweede-stap/qr.svg")
@allow(Policy.OWN)
def picture() -> Response:
    """Give the secret as a picture for an app to read, while it is not confirmed."""
    secret = secret_to_show(site().runtime, _codes(), me().name, now())
    if secret is None:
        abort(404)
    image = io.BytesIO()
    # Dark on light with a margin, also where the page is dark: else an app cannot read it.
    segno.make(site().tools.codes.address(secret, me().name, _ISSUER), micro=False).save(
        image, kind="svg", scale=5, border=4, dark="#000", light="#fff", xmldecl=False
    )
    answer = Response(image.getvalue(), mimetype="image/svg+xml")
    answer.headers["Cache-Control"] = "no-store"
    return answer


@pages.post("/mijn-account/tweede-stap/bevestigen")
@allow(Policy.OWN)
def switch_on() -> tuple[str, int]:
    """Switch the second step on with a first code, and show the recovery codes this once."""
    name = me().name
    try:
        token, recovery = confirm(site().runtime, _codes(), name, request.form.get("code", ""), now())
    except WrongCodeError:
        return _page({"code": _wrong()}, 422)
    except WaitError as wait:
        return _page({"code": too_often(wait)}, 422)
    begin_session(token, name)
    return render_template("staff/recovery_codes.html", codes=recovery, first=True), 200


@pages.post("/mijn-account/tweede-stap/herstelcodes")
@allow(Policy.OWN)
def renew() -> tuple[str, int]:
    """Make other recovery codes, given a code."""
    try:
        recovery = new_recovery_codes(
            site().runtime, _codes(), me().name, request.form.get("nieuwe-code", ""), now()
        )
    except WrongCodeError:
        return _page({"nieuwe-code": _wrong()}, 422)
    except WaitError as wait:
        return _page({"nieuwe-code": too_often(wait)}, 422)
    return render_template("staff/recovery_codes.html", codes=recovery, first=False), 200


@pages.post("/mijn-account/tweede-stap/afzetten")
@allow(Policy.OWN)
def off() -> Response | tuple[str, int]:
    """Switch the second step off: asks for the password and a code."""
    if fault := _password_fault():
        return fault
    name = me().name
    try:
        token = switch_off(site().runtime, _codes(), name, request.form.get("code", ""), now())
    except WrongCodeError:
        return _page({"code": _wrong()}, 422)
    except WaitError as wait:
        return _page({"code": too_often(wait)}, 422)
    begin_session(token, name)
    return redirect(url_for("my_account.show", gedaan="tweede-stap-af"), 303)


def _password_fault() -> tuple[str, int] | None:
    try:
        confirm_password(site().runtime, site().hasher, me(), request.form.get("wachtwoord", ""), now())
    except WrongPasswordError:
        return _page({"wachtwoord": str(_("Dit is niet uw wachtwoord."))}, 422)
    except WaitError as wait:
        return _page({"wachtwoord": too_often(wait)}, 422)
    return None


def _page(faults: dict[str, str], status: int) -> tuple[str, int]:
    step = step_of(site().runtime, me().name)
    secret = secret_to_show(site().runtime, _codes(), me().name, now())
    key = " ".join(secret[i : i + 4] for i in range(0, len(secret), 4)) if secret else ""
    page = render_template(
        "staff/second_step.html",
        step=step,
        key=key,
        faults=faults,
        must=owed(site().runtime, me(), now()),
    )
    return page, status


def _wrong() -> str:
    return str(_("Deze code klopt niet. Neem de code die uw app nu toont; elke code werkt één keer."))


def _codes() -> Codes:
    return Codes(site().tools.vault, site().tools.codes)
