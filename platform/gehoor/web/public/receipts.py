"""What this browser sent last, whose receipt can be shown again for a while: after a reload, after going back.

The browser holds by what name it was sent, signed and with until when; the code itself is made again each time.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from flask import session

from gehoor.core.dossier.events import instant_text, parse_instant
from gehoor.services.dossiers.incoming import Receipt
from gehoor.services.dossiers.opening import sent_before
from gehoor.services.register.expiry import astray
from gehoor.web.request.site import now, site

LASTS: Final = timedelta(minutes=30)
"""How long the receipt can be shown again."""
_HELD: Final = "receipt"


def hold_receipt(form: tuple[str, str, str], sent_as: str, content: str = "") -> None:
    """Let this browser show for a while what came of a form (organisation, department and form). ``content``: the
    digest of what was in it."""
    until = instant_text(now() + LASTS)
    session[_HELD] = {"form": list(form), "sent_as": sent_as, "content": content, "until": until}


def held_receipt() -> Receipt | None:
    """Return what came of the form that this browser sent last, while that can be shown."""
    held = _held()
    return sent_before(site().runtime, held["sent_as"]) if held else None


def receipt_of(form: tuple[str, str, str], content: str | None = None) -> Receipt | None:
    """Return what came of this form when it is what this browser sent last; with ``content``, when just that was in
    it."""
    held = _held()
    if held is None or held["form"] != list(form) or (content is not None and held["content"] != content):
        return None
    return held_receipt()


def drop_receipt() -> None:
    """Let this browser forget what it sent."""
    session.pop(_HELD, None)


def _held() -> dict[str, Any] | None:
    held: dict[str, Any] | None = session.get(_HELD)
    if held is None:
        return None
    until = parse_instant(held["until"])
    if until > now() and not astray(until, LASTS, now()):
        return held
    # The cookie stays, empty: without it, the page of the receipt would say that the browser keeps none.
    session[_HELD] = None
    return None
