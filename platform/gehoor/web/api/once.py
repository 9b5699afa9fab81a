"""What a program sends once: with a key of its own (``Idempotency-Key``), the same is done once, however often it
comes, and answered as it was."""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Callable
from functools import wraps
from typing import Any, Final, TypeVar, cast

from flask import Response, g, request
from flask_babel import gettext as _

from gehoor.services.dossiers.viewing import OpenedDossier
from gehoor.services.register.repeats import (
    DoneMeanwhileError,
    OtherContentError,
    Sent,
    done_before,
    keep_done,
    noting,
)
from gehoor.web.api.faults import ProblemError
from gehoor.web.request.form_keys import content_sent
from gehoor.web.request.problems import problem
from gehoor.web.request.session import me
from gehoor.web.request.site import now, site

View = TypeVar("View", bound=Callable[..., Any])

HEADER: Final = "Idempotency-Key"
REPLAYED: Final = "Idempotent-Replayed"
_KEY: Final = re.compile(r"[\x21-\x7e]{1,200}")


def once(again: Callable[..., Response]) -> Callable[[View], View]:
    """Do what comes under one key once. ``again``: what answers it another time, given the dossier that it was about
    and the parts of the address."""

    def around(view: View) -> View:
        @wraps(view)
        def counted(**parts: Any) -> Response:
            sent = _sent()
            g.sent_as = f"api/{sent.id}/{sent.digest}" if sent else f"api/{secrets.token_urlsafe(24)}"
            if sent is None:
                return cast(Response, view(**parts))
            known = _known(sent)
            if known is None:
                try:
                    with noting(sent, now()):
                        answer = cast(Response, view(**parts))
                    keep_done(site().runtime, sent, _about(), now())
                    return answer
                except DoneMeanwhileError:
                    known = _known(sent)
            answer = again(known or "", **parts)
            answer.headers[REPLAYED] = "true"
            return answer

        return counted  # type: ignore[return-value]  # the same view, with a check before it

    return around


def sent_as() -> str:
    """Return by what it is known what was sent: of the same, sent again under its key, the same."""
    return str(g.sent_as)


def _known(sent: Sent) -> str | None:
    try:
        return done_before(site().runtime, sent, now())
    except OtherContentError as error:
        detail = _(
            "Met deze sleutel werd al iets anders verstuurd. Geef elk verzoek een sleutel van zichzelf."
        )
        raise ProblemError(problem(422, _("Deze sleutel is al gebruikt"), detail)) from error


def _about() -> tuple[str, str]:
    """Return the organisation and the dossier of the address, where it names any."""
    opened: OpenedDossier | None = g.get("opened")
    if opened is not None:
        return opened.dossier.organisation, opened.dossier.id
    return str((request.view_args or {}).get("organisation", "")), ""


def _sent() -> Sent | None:
    key = request.headers.get(HEADER)
    if key is None:
        return None
    if _KEY.fullmatch(key) is None:
        detail = _(
            "Gebruik voor Idempotency-Key een tot tweehonderd letters, cijfers of leestekens, zonder spatie."
        )
        raise ProblemError(problem(400, _("Dit verzoek kunnen wij niet lezen"), detail))
    digest = hashlib.sha256(f"{request.method} {request.path}\n{request.mimetype}\n".encode())
    if request.mimetype == "multipart/form-data":
        digest.update(content_sent("").encode())
    else:
        digest.update(request.get_data(cache=True))
    return Sent(me().name, key, digest.hexdigest(), site().repeats_for)
