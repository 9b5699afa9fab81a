"""Webhooks: programs that hear what happens in an organisation, for who manages the accounts of all of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeAlias

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from gehoor.services.exchange.hooks import (
    LONGEST_ADDRESS,
    LONGEST_NAME,
    HookRefusedError,
    NewHook,
    hooks_shown,
    pause,
    send_again,
    subscribe,
    unsubscribe,
)
from gehoor.services.ports.hooks import HookEvent
from gehoor.web.request.session import me
from gehoor.web.request.site import now, site
from gehoor.web.security.policies import Policy, allow, managed
from gehoor.web.security.text_room import text_room
from gehoor.web.staff.administration.account_page import typed_in

pages = Blueprint("webhooks", __name__, url_prefix="/medewerker/beheer/webhooks")

Answer: TypeAlias = "str | Response | tuple[str, int]"

_WAYS: Final[Mapping[str, Callable[..., None]]] = {
    "pauzeren": pause,
    "opnieuw": send_again,
    "verwijderen": unsubscribe,
}


@pages.get("")
@allow(Policy.MANAGES)
def overview() -> str:
    """Show who hears what, and how that goes."""
    return _page({}, {})


@pages.post("")
@allow(Policy.MANAGES)
@text_room(adres=LONGEST_ADDRESS, naam=LONGEST_NAME)
def add() -> Answer:
    """Subscribe a program, and show its secret, this once."""
    typed = typed_in("naam", "adres", "organisatie")
    wanted = NewHook(
        typed["organisatie"], typed["naam"], typed["adres"], tuple(request.form.getlist("gebeurtenis"))
    )
    poster = site().poster
    if poster is None:
        abort(404)
    try:
        hook, secret = subscribe(site().runtime, (site().tools.vault, poster), wanted, me().name, now())
    except HookRefusedError as refusal:
        return _page({**typed, "events": wanted.events}, dict([_said(refusal.code)])), 422
    return render_template("staff/webhook_secret.html", hook=hook, secret=secret)


@pages.post("/<hook>/<what>")
@allow(Policy.MANAGES)
def change(hook: str, what: str) -> Response:
    """Pause a webhook, let it go on, or end it."""
    if what not in _WAYS:
        abort(404)
    _WAYS[what](site().runtime, hook, me().name, now())
    return redirect(url_for(".overview", gedaan=what), 303)


def _page(typed: Mapping[str, Any], faults: Mapping[str, str]) -> str:
    organisations = {
        one.organisation: one.organisation_name
        for one in managed().agreements.values()
        if one.organisation in managed().whole
    }
    return render_template(
        "staff/webhooks.html",
        hooks=hooks_shown(site().runtime, me().name, now()),
        organisations=organisations,
        events=_events(),
        typed=typed,
        faults=faults,
        done=request.args.get("gedaan", ""),
    )


def _events() -> dict[str, str]:
    return {
        HookEvent.REGISTERED.value: _("Er is een dossier geregistreerd"),
        HookEvent.CHANGED.value: _("Wie het meldde, ziet iets anders op de statuspagina"),
        HookEvent.CLOSED.value: _("Een dossier is afgesloten"),
        HookEvent.REOPENED.value: _("Een dossier is heropend"),
    }


def _said(code: str) -> tuple[str, str]:
    return {
        "name": ("naam", _("Zeg waarvoor deze webhook is.")),
        "address": (
            "adres",
            _("Dit is geen adres. Schrijf bijvoorbeeld https://portaal.voorbeeld.be/gehoor."),
        ),
        "https": ("adres", _("Dit adres begint niet met https://. Zo kan iedereen onderweg meelezen.")),
        "private": (
            "adres",
            _("Dit adres ligt in een eigen netwerk. Wie de server beheert, kan dat toelaten."),
        ),
        "events": ("gebeurtenis", _("Kies minstens één gebeurtenis.")),
        "many": ("naam", _("Er zijn al zoveel webhooks als kan. Verwijder er eerst een.")),
    }[code]
