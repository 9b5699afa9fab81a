"""The website of a register, opened and put together: for ``gehoor serve`` and for any other WSGI server."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from werkzeug.middleware.proxy_fix import ProxyFix

from gehoor import bootstrap
from gehoor.bootstrap import Place, SetupError, beside
from gehoor.bootstrap.drafting.folder import folder_of
from gehoor.bootstrap.drafting.preview_files import previews_of
from gehoor.bootstrap.metrics import measured
from gehoor.bootstrap.readiness import late, probes
from gehoor.bootstrap.register import is_there, no_register, open_runtime
from gehoor.bootstrap.register_files.key import key_file
from gehoor.bootstrap.site_address import over_https, read_address
from gehoor.bootstrap.web import WebOptions, web_app
from gehoor.services.register.runtime import Runtime
from gehoor.web.request.draft import Draft
from gehoor.web.request.health import Health
from gehoor.web.security.bodies_first import BodiesFirst
from gehoor.web.security.host_names import OwnName

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_PROXIES = frozenset("012345")
ALL_ONE: Final = (
    "Let op: voor Gehoor komt elk verzoek van de proxy, dus elk adres deelt in dezelfde beperkingen. Zet in "
    "GEHOOR_PROXIES hoeveel proxy's ervoor X-Forwarded-For invullen, of 0 als dat zo hoort."
)
"""What is told at the start of a website behind a proxy of which nobody said whether it is trusted."""


class Door(NamedTuple):
    """How many requests are answered at a time, and how many of one network may be coming in meanwhile."""

    at_once: int
    of_network: int


@dataclass(frozen=True)
class Website:
    """What a website is made from. ``home`` is the address that people type; ``https`` says that they come over
    HTTPS, by a proxy in front."""

    place: Place
    home: str
    https: bool = False
    proxies: int = 0
    """How many proxies in front are trusted to say in ``X-Forwarded-For`` from where a request comes."""
    workspace: str | None = None
    """The folder with the files of the agreements, where somebody named one."""

    @property
    def store(self) -> Path:
        """What the files beside the register are named after."""
        return beside(self.place)

    def open(self) -> Runtime:
        """Open the register. Raises ``SetupError`` when there is none, and ``StoreUnavailableError``."""
        if not is_there(self.place):
            raise SetupError(no_register(self.place))
        return open_runtime(self.place, self.home)

    def app(self, runtime: Runtime, door: Door | None = None) -> WSGIApplication:
        """Return the application on an open register. ``door``: for a server that hands over requests before they are
        whole. Raises as ``web_app`` does."""
        app = application(
            runtime,
            self.https,
            options=WebOptions(
                key_file(self.store), self.home, folder_of(self.workspace), previews_of(self.store)
            ),
        )
        if named := bootstrap.named_url():
            app = OwnName(app, named)
        if door is not None:
            app = BodiesFirst(app, door.at_once, door.of_network)
        if self.proxies:
            app = ProxyFix(app, x_for=self.proxies, x_proto=0)
        app = measured(app, runtime, self.store)
        # Before the door: whoever asks whether all is well is answered also when it is busy.
        return Health(app, probes(runtime, self.place), lambda: late(self.store))


def application(
    runtime: Runtime, https: bool, *, draft: Draft | None = None, options: WebOptions | None = None
) -> WSGIApplication:
    """Return the application of a register, for any server: none of them knows that a proxy speaks https for it."""
    app = web_app(runtime, secure_cookies=https, draft=draft, options=options)
    return _OverHttps(app) if https else app


def from_environment() -> Website:
    """Return the website that the settings describe: ``GEHOOR_STORE`` or ``GEHOOR_WORKSPACE``, ``GEHOOR_URL``, and
    ``GEHOOR_HTTPS`` (1 or 0; without it, what ``GEHOOR_URL`` begins with). Raises ``SetupError``."""
    read_address()
    return Website(
        bootstrap.register_place(None, None), bootstrap.base_url(), over_https(), trusted_proxies() or 0
    )


def trusted_proxies() -> int | None:
    """Return how many proxies in front are trusted: the setting ``GEHOOR_PROXIES``; None when it is not there. Raises
    ``SetupError``."""
    text = os.environ.get("GEHOOR_PROXIES", "")
    if not text:
        return None
    if text not in _PROXIES:
        raise SetupError(
            "GEHOOR_PROXIES kan niet; schrijf hoeveel proxy's ervoor het adres van bezoekers doorgeven: 0 tot 5."
        )
    return int(text)


class _OverHttps:
    def __init__(self, app: WSGIApplication) -> None:
        self._app = app

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        changed: dict[str, Any] = environ
        changed["wsgi.url_scheme"] = "https"
        return self._app(changed, start_response)
