"""What is told when nobody reads files of agreements: they are too much, or others come first. What was typed stays."""

from __future__ import annotations

from typing import Final, TypeAlias

from flask import Flask, render_template, request
from flask_babel import gettext as _

from gehoor.core.proposals.sources import SourcesError
from gehoor.services.ports.drafting import BusyDrafterError, TooHeavySourcesError
from gehoor.web.workbench.shown import refusal

_SECONDS: Final = 5
"""After how long it is worth trying again."""
BUSY: Final = "gehoor.busy"
"""In what a server hands over: what somebody wants to try is not made yet."""
_NOT_TYPED: Final = "csrf_token"

_Answer: TypeAlias = "tuple[str, int, dict[str, str]]"


def install(app: Flask) -> None:
    """Answer with a page of its own wherever files are not read."""
    app.register_error_handler(TooHeavySourcesError, _unread)
    app.register_error_handler(SourcesError, _unread)
    app.before_request(_being_made)


def _being_made() -> _Answer | None:
    if BUSY not in request.environ:
        return None
    title = _("Even wachten")
    text = _("Dit wordt klaargemaakt, of het is nu te druk. Herlaad de pagina over enkele tellen.")
    return render_template("error.html", title=title, text=text), 503, {"Retry-After": str(_SECONDS)}


def _unread(error: Exception) -> _Answer:
    busy = isinstance(error, BusyDrafterError)
    typed = [one for one in request.form.items(multi=True) if one[0] != _NOT_TYPED]
    proposal = (request.view_args or {}).get("proposal", "")
    page = render_template(
        "workbench/unread.html", busy=busy, sentence=refusal(error), typed=typed, about=proposal
    )
    return page, 503 if busy else 422, {"Retry-After": str(_SECONDS)} if busy else {}
