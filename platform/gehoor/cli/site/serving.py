"""Running the website until someone stops it."""

from __future__ import annotations

import logging
import signal
import socket
import threading
from dataclasses import dataclass
from ipaddress import ip_address
from types import FrameType

import click
from waitress.server import create_server

from gehoor.bootstrap.draft import WorkingFiles
from gehoor.bootstrap.web import WebOptions, web_app
from gehoor.cli.site.background import Sweeper
from gehoor.cli.support.click_dutch import Failure
from gehoor.services.ports.outside import Mailer
from gehoor.services.register.runtime import Runtime

_THREADS = 8
_LONGEST_GOODBYE = 20
"""How many seconds a message that is being sent gets to arrive, when the website stops."""


@dataclass(frozen=True)
class Address:
    """Where the website listens. ``https``: a proxy in front of it takes care of HTTPS."""

    host: str
    port: int
    https: bool = False

    @property
    def is_loopback(self) -> bool:
        """Say whether only this computer can reach it."""
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"

    @property
    def url(self) -> str:
        """Return the address to open in a browser, on this computer."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}"


def run(
    runtime: Runtime,
    mailer: Mailer | None,
    address: Address,
    sweep_every: int | None,
    draft: WorkingFiles | None = None,
    options: WebOptions | None = None,
) -> None:
    """Serve until SIGINT or SIGTERM, sweeping every so many seconds. Raises ``Failure`` for a taken port."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(name)s: %(message)s")
    # That requests wait for a moment is no news to whoever looks at the terminal.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    app = web_app(runtime, secure_cookies=address.https, draft=draft, options=options)
    scheme = "https" if address.https else "http"
    server = create_server(
        app, sockets=[_listening(address)], threads=_THREADS, url_scheme=scheme, ident=None
    )
    stop = threading.Event()
    sweeper = Sweeper(runtime, mailer, sweep_every, stop) if sweep_every else None
    # SIGINT too: a process that was started in the background begins with it ignored.
    before = {number: signal.signal(number, _interrupt) for number in (signal.SIGTERM, signal.SIGINT)}
    click.echo(f"Gehoor staat op {address.url} (stop met Ctrl-C)")
    try:
        if sweeper is not None:
            sweeper.start()
        # Waitress ends its work by itself on KeyboardInterrupt.
        server.run()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        stop.set()
        server.close()
        if sweeper is not None:
            sweeper.join(_LONGEST_GOODBYE)
    click.echo("Gestopt.")


def _listening(address: Address) -> socket.socket:
    try:
        family, *_, place = socket.getaddrinfo(address.host, address.port, type=socket.SOCK_STREAM)[0]
        return socket.create_server(place[:2], family=family)
    except OSError as error:
        reason = error.strerror or str(error)
        raise Failure(
            f"Wij kunnen niet luisteren op {address.host}, poort {address.port}: {reason}."
        ) from error


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
