"""What went wrong, said to a program: ``application/problem+json`` (RFC 9457), with the sentences that people read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from flask import Response, current_app, request
from flask_babel import gettext as _

API: Final = "/api/v1/"
"""With what the addresses begin that programs ask for, and no browser. An organisation may be called "api"."""
_TYPE: Final = "application/problem+json"


def is_api() -> bool:
    """Say whether this is a request of a program."""
    return request.path.startswith(API)


def problem(
    status: int,
    title: str,
    detail: str,
    *,
    errors: Sequence[Mapping[str, Any]] = (),
    headers: Mapping[str, str] | None = None,
    **more: Any,
) -> Response:
    """Return a problem. ``errors``: what is wrong, each at its place; ``more``: further members."""
    said = {"type": "about:blank", "title": title, "status": status, "detail": detail, **more}
    if errors:
        said["errors"] = list(errors)
    answer = Response(current_app.json.dumps(said), status, headers, content_type=_TYPE)
    answer.vary.add("Accept-Language")
    return answer


def http_problem(status: int, headers: Mapping[str, str], sentence: str = "") -> Response:
    """Return the problem of a status by itself. ``sentence``: what says more."""
    title, detail = _said(status)
    return problem(status, title, sentence or detail, headers=headers)


def _said(status: int) -> tuple[str, str]:
    found = {
        400: (_("Dit verzoek kunnen wij niet lezen"), _("Kijk het na en verstuur het opnieuw.")),
        401: (
            _("Deze koppeling kennen wij niet"),
            _("Stuur een token mee (Authorization: Bearer). Het uwe ontbreekt, klopt niet, of geldt niet meer."),
        ),
        403: (_("Dit mag deze koppeling niet"), _("Vraag aan wie accounts beheert of ze toegang moet hebben.")),
        404: (_("Dit bestaat niet"), _("Het bestaat niet, of niet voor deze koppeling.")),
        405: (_("Dit kan hier niet"), _("De kop Allow zegt wat wel kan.")),
        410: (
            _("Deze afdeling neemt geen berichten meer aan"),
            _("Wat er al was, blijft te lezen en te wijzigen."),
        ),
        413: (_("Dit is te groot om te versturen"), _("Verstuur minder of kleinere bestanden.")),
        415: (
            _("Dit soort inhoud lezen wij niet"),
            _("Verstuur application/json, of bestanden als multipart/form-data."),
        ),
        429: (_("Even wachten"), _("Dit is te vaak geprobeerd. De kop Retry-After zegt wanneer het weer kan.")),
    }  # fmt: skip
    fallback = (_("Er ging iets mis"), _("Het ligt niet aan u. Probeer het straks opnieuw, of bel ons."))
    return found.get(status, fallback)
