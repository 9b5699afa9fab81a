"""Mijn account: another password, and where one is signed in."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from gehoor.services.accounts.own_account import (
    PasswordRefusedError,
    WrongPasswordError,
    change_password,
    end_all_sessions,
    end_own_session,
    own_sessions,
)
from gehoor.services.accounts.second_factor import step_of
from gehoor.services.accounts.throttling import WaitError
from gehoor.services.exchange.calendar_feed import has_address
from gehoor.web.request.session import begin_session, current_session, end_session, me
from gehoor.web.request.site import now, site
from gehoor.web.security.policies import Policy, allow

pages = Blueprint("my_account", __name__, url_prefix="/medewerker/mijn-account")


@pages.get("")
@allow(Policy.OWN)
def show() -> str:
    """Show who is signed in, and where."""
    return render_template("staff/my_account.html", **_page(), done=request.args.get("gedaan", ""))


@pages.post("/wachtwoord")
@allow(Policy.OWN)
def password() -> Response | tuple[str, int]:
    """Change the password; asks for the old one."""
    given = (request.form.get("oud", ""), request.form.get("nieuw", ""))
    tools = site().tools
    try:
        token = change_password(site().runtime, site().hasher, tools.common, me(), given, now())
    except WrongPasswordError:
        return _refused("oud", _("Dit is niet uw wachtwoord van nu."))
    except PasswordRefusedError as refusal:
        return _refused("nieuw", refusal.sentence)
    except WaitError as wait:
        return _refused("oud", too_often(wait))
    begin_session(token, me().name)
    return redirect(url_for(".show", gedaan="wachtwoord"), 303)


@pages.post("/sessies/<session_id>/beeindigen")
@allow(Policy.OWN)
def end_one(session_id: str) -> Response:
    """End one session; that of this browser is signing out."""
    here = current_session()
    end_own_session(site().runtime, me().name, session_id)
    if here is not None and here.id == session_id:
        end_session()
        return redirect(url_for("signing_in.sign_in"), 303)
    return redirect(url_for(".show", gedaan="sessie"), 303)


@pages.post("/sessies/beeindigen")
@allow(Policy.OWN)
def end_all() -> Response:
    """End all sessions, also that of this browser."""
    end_all_sessions(site().runtime, me().name)
    end_session()
    return redirect(url_for("signing_in.sign_in"), 303)


def too_often(wait: WaitError) -> str:
    """Say how long to wait."""
    return str(_("Dit is te vaak geprobeerd. Wacht %(n)s minuten en probeer opnieuw.", n=wait.minutes))


def _refused(field: str, sentence: str) -> tuple[str, int]:
    return render_template("staff/my_account.html", **_page(), done="", faults={field: sentence}), 422


def _page() -> dict[str, Any]:
    return {
        "sessions": own_sessions(site().runtime, me().name, now()),
        "here": current_session(),
        "step": step_of(site().runtime, me().name),
        "has_calendar": has_address(site().runtime, me().name),
    }
