"""The last steps of every way to sign in: a code when one is asked, and then on to where one was."""

from __future__ import annotations

from contextlib import suppress

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response

from gehoor.services.accounts.second_factor import waiting_for
from gehoor.services.dossiers.tasks import count_tasks
from gehoor.services.ports.store import DamagedError, StoreUnavailableError
from gehoor.services.register.register import reading
from gehoor.services.search.worklist import work_list
from gehoor.web.account.known_browsers import remember
from gehoor.web.account.pending_post import FIELD, carried
from gehoor.web.request.session import begin_session, begin_waiting
from gehoor.web.request.site import now, site
from gehoor.web.security.within import see_as


def welcome(token: str, name: str, onward: str, sealed: str) -> Response | tuple[str, int]:
    """Go on with a session that just began: ask for the code that it waits for, or go in."""
    if waiting_for(site().runtime, token, now()) is not None:
        begin_waiting(token)
        if sealed:
            return ask_code(onward=onward, sealed=sealed)
        return redirect(url_for("second_step.give", naar=onward or None), 303)
    return entered(token, name, onward, sealed)


def ask_code(*, onward: str = "", sealed: str = "", fault: str = "", status: int = 200) -> tuple[str, int]:
    """Show the page that asks for the code."""
    page = render_template("staff/give_code.html", onward=onward, sealed=sealed, field=FIELD, fault=fault)
    return page, status


def entered(token: str, name: str, onward: str, sealed: str) -> Response:
    """Begin the session in this browser, and go on where it stopped."""
    typed = carried(sealed) if sealed else None
    begin_session(token, name)
    if typed is None:
        # Whoever asked for the first page of staff asked for nothing in particular.
        asked = onward if onward != url_for("staff.work") else ""
        return remember(redirect(asked or _home(name), 303), name)
    own = typed.account == name
    page = render_template("staff/go_on.html", typed=typed if own else None, own=own)
    return remember(Response(page, mimetype="text/html"), name)


def _home(name: str) -> str:
    """Return where somebody begins: with their tasks, where there is nothing else for them."""
    runtime, moment = site().runtime, now()
    with suppress(StoreUnavailableError, DamagedError):
        with reading(runtime.store) as register:
            account = runtime.staff.of(register, moment).accounts.get(name)
        if account:
            see_as(account)
        if (
            account
            and count_tasks(runtime, account, moment)
            and not work_list(runtime, account, moment).total
        ):
            return url_for("tasks.mine")
    return url_for("staff.work")
