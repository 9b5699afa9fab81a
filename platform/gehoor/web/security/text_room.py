"""How much room there is for what somebody types in a form: what is longer is shown again, to be made shorter, with all
that was typed beside it. A field of which nothing is said here has some room, and not all there is.

What a form of an agreement asks has the length that its own field says, and is told there: see ``Form.faults``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final, TypeVar

from flask import Flask, current_app, render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext

from gehoor.core.objections.text_room import SHORT
from gehoor.services.register.codes_in_texts import TooLongError, fitting
from gehoor.web.request.errors import Answer, said_wrong
from gehoor.web.request.typed_back import SECRET

View = TypeVar("View", bound=Callable[..., Any])

_ATTRIBUTE: Final = "gehoor_text_room"
OTHERWISE: Final = 2000
"""For what nobody types, but a page carries along: addresses, keys, days."""
_TITLE: Final = 120
ROOM: Final = {
    "reden": SHORT,
    "waarom": SHORT,
    "nota": SHORT,
    "opmerking": SHORT,
    "toelichting": SHORT,
    "hoe": SHORT,
    "titel": _TITLE,
    "naam": _TITLE,
    "nummer": 60,
    "volledig": 100,
    "adres": 200,
    "email": 200,
    "telefoon": 200,
}
"""By what the fields are called, on whatever page."""
OWN: Final = frozenset(
    {
        "bericht", "notitie", "contact-tekst", "contact-wie", "code-reden", "brief-onderwerp", "brief-tekst", "code",
        "nieuwe-code", "wachtwoord", "oud", "nieuw", "herhaald", "verder", "terug", "sleutel",
    }
)  # fmt: skip
"""Fields whose page says by itself what is too long, beside the field; what is secret and shown to nobody again; and
what is kept nowhere: where to go on, and by what a form is known."""
ASKED: Final = ("v_", "w_")
"""With what the names of fields begin that an agreement, or a file of one, asks for."""
_UNSEEN: Final = "csrf_token"

_LABELS: Final = {
    "reden": lazy_gettext("Reden"),
    "waarom": lazy_gettext("Reden"),
    "toelichting": lazy_gettext("Reden"),
    "nota": lazy_gettext("Nota"),
    "opmerking": lazy_gettext("Opmerking"),
    "tekst": lazy_gettext("Opmerking"),
    "titel": lazy_gettext("Titel"),
    "naam": lazy_gettext("Naam"),
    "volledig": lazy_gettext("Volledige naam"),
    "adres": lazy_gettext("E-mailadres"),
    "vertaling": lazy_gettext("Vertaling"),
}


def text_room(*, otherwise: int = OTHERWISE, **fields: int | None) -> Callable[[View], View]:
    """Say how much room there is on a page for its fields, where that is not what it is on others. None: the page says
    so by itself. ``otherwise``: for all of which nothing is said."""

    def mark(view: View) -> View:
        setattr(view, _ATTRIBUTE, (otherwise, fields))
        return view

    return mark


def room_for(view: Callable[..., Any], name: str) -> int | None:
    """Return how many signs a field of a page may have; None where the page says so itself."""
    otherwise, fields = _said(view)
    if name in fields:
        return fields[name]
    if name in OWN or name.startswith(ASKED):
        return None
    return ROOM.get(name, otherwise)


def _said(view: Callable[..., Any]) -> tuple[int, dict[str, int | None]]:
    found: tuple[int, dict[str, int | None]] = getattr(view, _ATTRIBUTE, (OTHERWISE, {}))
    return found


def install(app: Flask) -> None:
    """Answer a form with a text for which there is no room by a page on which it can be made shorter."""

    def check() -> tuple[str, int] | None:
        if request.method != "POST" or request.endpoint is None:
            return None
        view = current_app.view_functions[request.endpoint]
        found = dict(_too_long(view))
        return _asked_again(found) if found else None

    app.before_request(check)
    app.register_error_handler(TooLongError, _unforeseen)


def _too_long(view: Callable[..., Any]) -> Iterator[tuple[str, int]]:
    for name, text in request.form.items(multi=True):
        if name == _UNSEEN or (most := room_for(view, name)) is None or len(text) <= most:
            continue
        try:
            fitting(text, most)
        except TooLongError:
            yield name, most


def _asked_again(found: dict[str, int]) -> tuple[str, int]:
    fields = [
        (name, text, found.get(name), _LABELS.get(name, _("Tekst")))
        for name, text in request.form.items(multi=True)
        if name != _UNSEEN and name not in SECRET
    ]
    address = f"{request.script_root}{request.full_path}"
    page = render_template(
        "too_long.html",
        fields=fields,
        address=address,
        guarded=_UNSEEN in request.form,
        had_files=any(file.filename for file in request.files.values()),
        length=_length,
    )
    return page, 422


def _length(text: str) -> int:
    return len(text.replace("\r\n", "\n").strip())


def _unforeseen(error: TooLongError) -> Answer:
    title = _("Deze tekst is te lang")
    text = _("Hij mag hoogstens %(most)s tekens hebben. Er is niets bewaard: ga terug.", most=error.most)
    return said_wrong(title, text, 422)
