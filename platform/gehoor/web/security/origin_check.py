"""What is sent here, before anything of it is read: how large it may be, and that this site itself sent it.

Nothing is changed here by a page of somebody else's, opened in the same browser.

A form of the pages for staff carries a token that belongs to the session. A form of the pages for everyone carries
none, so that reading and telling ask no cookie: there the browser has to say that the form came from this site.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from flask import Flask, current_app, g, request
from flask_wtf import CSRFProtect
from flask_wtf.csrf import CSRFError

from gehoor.web.forms.uploads import make_room
from gehoor.web.request.addresses import split
from gehoor.web.request.problems import is_api
from gehoor.web.request.site import site
from gehoor.web.security.policies import Policy, policy_of

_SAFE_SCHEME: Final = "https"
_SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_HERE: Final = frozenset({"same-origin", "none"})
"""What browsers call this site itself, and what somebody does by hand: sending once more what was sent before."""


def install(app: Flask) -> None:
    """Refuse what another site sends, before anything else looks at it. Raises ``CSRFError``."""
    tokens = CSRFProtect(app)

    def check() -> None:
        if request.method in _SAFE or request.endpoint is None:
            return
        make_room()
        if is_api():
            return  # Only a token counts there, that no browser sends by itself.
        from_here = _says_from_here()
        g.from_here = from_here is True
        if from_here is False:
            raise CSRFError("Sent by another site.")
        if not (from_here and _for_everyone()):
            tokens.protect()

    app.before_request(check)


def _says_from_here() -> bool | None:
    """Say whether the browser calls this a request of this site itself; None when it says nothing.

    Every browser in use sends the first of these over https, and the second with each form.
    """
    said = request.headers.get("Sec-Fetch-Site")
    if said is not None:
        return said in _HERE
    origin = request.headers.get("Origin")
    return None if origin is None else _ours(origin)


def led_here() -> bool:
    """Say whether a link on a page of this site led here: by hand, from elsewhere or ahead of time does not count."""
    if "Sec-Purpose" in request.headers:
        return False
    said = request.headers.get("Sec-Fetch-Site")
    return said == "same-origin" if said is not None else _ours(request.referrer or "")


def _ours(address: str) -> bool:
    home, parts = urlsplit(site().runtime.home), split(address)
    if parts is None or not parts.netloc:
        return False
    if parts.netloc == home.netloc and home.scheme == _SAFE_SCHEME:
        # What came over no safe connection, anybody on the way may have written.
        return parts.scheme == _SAFE_SCHEME
    # A proxy in front may ask for us under a name that nobody typed.
    return parts.netloc in {request.host, home.netloc}


def _for_everyone() -> bool:
    allowed = policy_of(current_app.view_functions[request.endpoint or ""])
    return allowed is not None and allowed.policy is Policy.PUBLIC
