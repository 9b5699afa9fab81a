"""Following one's own dossier with a code: how far it is, what comes next, and writing to and fro."""

from __future__ import annotations

from typing import Any, Final

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from gehoor.core.letters.model import READ_ONLINE
from gehoor.services.correspondence.texts import LONGEST, TextRefusedError
from gehoor.services.intake.going_on import write_on
from gehoor.services.intake.status_page import (
    dossier_of_code,
    follow,
    still_opens,
)
from gehoor.services.intake.whom_to_call import departments, numbers_so, whom_to_call
from gehoor.services.intake.withdrawing import withdraw
from gehoor.services.projection.projection import reading_projection
from gehoor.services.records.within import everywhere
from gehoor.web.display.message_refusals import refusal_text
from gehoor.web.public.visits import close_visit, open_visit, visited_dossier
from gehoor.web.request.form_keys import KEY, Purpose, is_key_of, key_sent, new_key
from gehoor.web.request.languages import asked
from gehoor.web.request.site import now, site
from gehoor.web.security.policies import Policy, allow
from gehoor.web.security.rate_limits import limited
from gehoor.web.security.text_room import text_room
from gehoor.web.security.within import see_dossier

pages = Blueprint("following", __name__, url_prefix="/volgen")

_SHOWN_AGAIN: Final = 60
"""How much of a code that we do not know is shown again: what was typed by mistake is all there."""


@pages.route("", methods=["GET", "POST"])
@allow(Policy.PUBLIC)
@limited(300, in_vain=True)
@text_room(reden=None)
def enter() -> str | Response | tuple[str, int]:
    """Ask for the follow-up code, and open the dossier that it belongs to. Wrong and expired get the same answer."""
    text, reason = request.form.get("bericht", ""), request.form.get("reden", "")
    if request.method != "POST":
        return _ask_code(closed=request.args.get("gesloten") == "1")
    code = request.form.get("code", "")
    # Of which organisation it is, only the code says.
    with everywhere(), reading_projection(site().runtime) as register:
        dossier = dossier_of_code(register, code)
    if dossier is not None:
        see_dossier(dossier)
    if dossier is None or not still_opens(site().runtime, dossier, now()):
        key = request.form.get(KEY, "")
        return _ask_code(wrong=True, code=code, text=text, reason=reason, key=key), 422
    open_visit(dossier)
    if text.strip() and is_key_of(Purpose.MESSAGE, dossier, ""):
        # A message that was written while the visit ended goes along with the code.
        return _written(dossier, text)
    if text.strip() or reason.strip():
        # It was written on the page of another dossier: whoever reads that it is this one, sends it themselves.
        return _page(dossier, text, reason=reason)
    return redirect(url_for(".show"), 303)


@pages.get("/dossier")
@allow(Policy.PUBLIC)
def show() -> str | Response:
    """Show how far the dossier is, what comes next, and what was written."""
    dossier = _visited()
    return _page(dossier) if dossier else redirect(url_for(".enter"), 303)


@pages.post("/bericht")
@allow(Policy.PUBLIC)
@limited(300)
def write() -> str | Response | tuple[str, int]:
    """Take in a message from someone who looks at their dossier."""
    text, key = request.form.get("bericht", ""), request.form.get(KEY, "")
    dossier = _visited()
    if dossier is None:
        return _ask_code(text=text, key=key), 422
    if not is_key_of(Purpose.MESSAGE, dossier, ""):
        return _ask_code(other=True, text=text, key=key), 422
    return _written(dossier, text)


@pages.post("/intrekken")
@allow(Policy.PUBLIC)
@limited(300)
@text_room(reden=None)
def take_back() -> Response | str | tuple[str, int]:
    """Withdraw what somebody told, for who looks at their dossier."""
    dossier = _visited()
    reason = request.form.get("reden", "")
    if dossier is None:
        return _ask_code(reason=reason), 422
    if not is_key_of(Purpose.WITHDRAW, dossier):
        # Another dossier was opened in this browser since: that is not the one that they read.
        return _ask_code(other=True, reason=reason), 422
    try:
        withdraw(site().runtime, dossier, reason, now())
    except TextRefusedError as refusal:
        return _page(dossier, reason, refusal_text(refusal)), 422
    return redirect(url_for(".show", _anchor="intrekken"), 303)


@pages.post("/afsluiten")
@allow(Policy.PUBLIC)
def leave() -> Response:
    """End the visit: who sits here next sees nothing."""
    close_visit()
    return redirect(url_for(".enter", gesloten=1), 303)


def _visited() -> str | None:
    """Return the dossier that this browser may look at now; none once another code took the place of the one that it
    was opened with."""
    dossier = visited_dossier()
    if dossier:
        see_dossier(dossier)
    return dossier if dossier and still_opens(site().runtime, dossier, now()) else None


def _ask_code(*, code: str = "", **said: Any) -> str:
    """Ask for the code. Of a number that was typed instead, its shape says whom to call; whether it exists, nobody
    hears."""
    places = departments(site().runtime, now())
    return render_template(
        "public/enter_code.html",
        code="".join(sign for sign in code[:_SHOWN_AGAIN] if sign.isprintable()),
        number_of=numbers_so(places, code),
        whom=whom_to_call(places, asked()),
        **said,
    )


def _written(dossier: str, text: str) -> Response | tuple[str, int]:
    try:
        write_on(site().runtime, dossier, text, key_sent(Purpose.MESSAGE, dossier, ""), now())
    except TextRefusedError as refusal:
        return _page(dossier, text, refusal_text(refusal)), 422
    return redirect(url_for(".show", verstuurd=1, _anchor="berichten"), 303)


def _page(dossier: str, text: str = "", refused: str = "", reason: str = "") -> str:
    seen = follow(site().runtime, dossier, now(), asked())
    return render_template(
        "public/status_page.html",
        read_online=READ_ONLINE,
        agreement=seen.agreement,
        seen=seen,
        text=text,
        reason=reason,
        refused=refused,
        withdraw_key=new_key(Purpose.WITHDRAW, dossier),
        key=new_key(Purpose.MESSAGE, dossier, ""),
        longest=LONGEST,
        sent=request.args.get("verstuurd") == "1",
    )
