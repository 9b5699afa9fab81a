"""The name under which a request asks for this site: one that is no name, or not ours, is answered before anything else
is asked."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit, urlunsplit

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_NAME: Final = re.compile(
    r"(?:[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*\.?|\[[0-9a-f:.]+\])(?::[0-9]{1,5})?", re.IGNORECASE
)
"""Names of computers as browsers send them (RFC 1035: at most 63 signs between dots), and addresses."""
_ANSWER: Final = b"Dit is geen adres van een website.\n"


class HostNames:
    """Refuses requests for a name that cannot be one: no address can be made with it, not even for a page that says so.
    A request without a name, as of HTTP 1.0, is answered. Where an answer leads on within the site, it leads by path
    alone: the name, and the port, under which somebody asked are theirs, and may lead nowhere."""

    def __init__(self, app: WSGIApplication) -> None:
        self._app = app

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request."""
        name = environ.get("HTTP_HOST", "")
        if not name or _NAME.fullmatch(name):
            return self._app(environ, _leading_here(name, start_response))
        headers = [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(len(_ANSWER)))]
        start_response("400 Bad Request", headers)
        return [_ANSWER]


def _leading_here(asked: str, start_response: StartResponse) -> StartResponse:
    def start(status: str, headers: list[tuple[str, str]], *more: Any) -> Callable[[bytes], object]:
        led = [
            (name, _path_here(asked, value)) if name.lower() == "location" else (name, value)
            for name, value in headers
        ]
        return start_response(status, led, *more)

    return start


def _path_here(asked: str, location: str) -> str:
    """Return where an answer leads: within the site without its name, elsewhere as it is."""
    try:
        said = urlsplit(location)
    except ValueError:
        return "/"
    if said.scheme not in ("http", "https") or (said.netloc and asked and said.netloc != asked):
        return location
    # Two slashes at its beginning would make the name of a computer of it.
    path = f"/{said.path.lstrip('/')}"
    return urlunsplit(("", "", path, said.query, said.fragment))


class OwnName:
    """Answers only under the name that was given to this site, and refuses others: no address is made with them,
    nothing that is sent under them counts as sent here, and a page of somebody else whose name was led to this machine
    reads nothing (DNS rebinding). A name without a dot and an address of a network of one's own are no names of
    somebody else: a proxy in front may ask so, and whoever looks after the server.

    ``home``: the address of the site. One that nobody outside this computer reaches asks for nothing."""

    def __init__(self, app: WSGIApplication, home: str) -> None:
        self._app = app
        self._home = home
        self._own = _plain(urlsplit(home).hostname or "")
        self._any = not self._own or _is_near(self._own)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request."""
        asked = environ.get("HTTP_HOST", "")
        if self._any or not asked or not _NAME.fullmatch(asked):
            return self._app(environ, start_response)
        name = _name_in(asked)
        if name == self._own or (name and _is_near(name)):
            return self._app(environ, start_response)
        body = _ELSEWHERE.format(home=self._home).encode()
        headers = [
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Length", str(len(body))),
            ("Cache-Control", "no-store"),
            ("X-Content-Type-Options", "nosniff"),
        ]
        start_response("421 Misdirected Request", headers)
        return [] if environ.get("REQUEST_METHOD") == "HEAD" else [body]


def _name_in(asked: str) -> str:
    """Return the name that a request asks for; nothing for what is no name."""
    try:
        return _plain(urlsplit(f"//{asked}").hostname or "")
    except ValueError:
        return ""


_ELSEWHERE: Final = (
    "Deze website heeft een ander adres: {home}\nCe site a une autre adresse : {home}\n"
    "This website has another address: {home}\n"
)


def _plain(name: str) -> str:
    """Return a name as it goes over the network, however it was written."""
    lower = name.lower().removesuffix(".")
    try:
        return lower if lower.isascii() else lower.encode("idna").decode()
    except UnicodeError:
        return lower


def _is_near(name: str) -> bool:
    """Say whether a name is of this computer or of a network of one's own, and of nobody else."""
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        return "." not in name or name.endswith(".localhost")
    return address.is_loopback or address.is_private
