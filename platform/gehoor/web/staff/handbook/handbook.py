"""Handleiding: its pages, and where in them something is said."""

from __future__ import annotations

from flask import Blueprint, Flask, abort, render_template, request, url_for
from markupsafe import Markup

from gehoor.core.text.normalise import plain_words
from gehoor.services.ports.handbook import Handbook
from gehoor.web.request.site import site
from gehoor.web.security.policies import Policy, allow

pages = Blueprint("handbook", __name__, url_prefix="/medewerker/handleiding")

_LONGEST = 200
_MOST_WORDS = 8


def install(app: Flask) -> None:
    """Let templates lead to a page of the handbook: nowhere where it did not come along."""
    app.jinja_env.globals["handbook_address"] = _known_address


@pages.get("")
@allow(Policy.STAFF)
def show() -> str:
    """Show the page from which all others are reached, or where what somebody looks for is said."""
    asked = " ".join(request.args.get("zoek", "").split())[:_LONGEST]
    if not asked:
        return _page("")
    found = _handbook().find(plain_words(asked)[:_MOST_WORDS])
    return render_template("staff/handbook_found.html", asked=asked, found=found, address=_address)


@pages.get("/<path:page>")
@allow(Policy.STAFF)
def read(page: str) -> str:
    """Show a page."""
    return _page(page)


def _page(name: str) -> str:
    book = _handbook()
    shown = book.page(name)
    if shown is None:
        abort(404)
    # The handbook lets nothing through that can act: see the adapter that reads it.
    markup = Markup(book.markup(name, _address))  # noqa: S704
    return render_template("staff/handbook.html", shown=shown, markup=markup)


def _handbook() -> Handbook:
    found = site().handbook
    if found is None:
        abort(404)
    return found


def _address(name: str, anchor: str = "") -> str:
    at = anchor or None
    if not name:
        return url_for("handbook.show", _anchor=at)
    return url_for("handbook.read", page=name, _anchor=at)


def _known_address(name: str = "", anchor: str = "") -> str:
    return "" if site().handbook is None else _address(name, anchor)
