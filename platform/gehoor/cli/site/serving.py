"""Running the website in this process until someone stops it: for a demo and for a draft, and where there is no other
server than waitress, which is Python only."""

from __future__ import annotations

import logging
import os
import signal
import threading
import time
from collections.abc import Callable
from types import FrameType
from typing import TYPE_CHECKING

import click
from waitress.server import create_server

from gehoor.bootstrap.logs import SETTING, start_logging
from gehoor.cli.site.background import Background, start_background
from gehoor.cli.site.listening import Address
from gehoor.services.ports.outside import Mailer
from gehoor.services.register.runtime import Runtime

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

_log = logging.getLogger(__name__)

_THREADS = 8
_CONNECTIONS = 900
_LONGEST_SILENCE = 30
"""Seconds after which a connection on which nothing comes is closed."""
LONGEST_GOODBYE = 20
"""How many seconds a message that is being sent gets to arrive, when the website stops."""


def run(
    app: WSGIApplication,
    runtime: Runtime,
    mailer: Mailer | None,
    address: Address,
    sweep_every: int | None,
    notice: str = "",
    tell: Callable[[Callable[[], bool]], object] | None = None,
) -> None:
    """Serve until SIGINT or SIGTERM, sweeping every so many seconds. ``notice``: what is to be known of the register;
    ``tell``: tells programs what happened. Raises ``Failure`` for a taken port."""
    start_logging()
    # That requests wait for a moment is no news to whoever looks at the terminal.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    server = create_server(
        app,
        sockets=[address.listen()],
        threads=_THREADS,
        ident=None,
        # What comes in slowly keeps no thread waiting here; but by itself a hundred connections are all there can be.
        connection_limit=_CONNECTIONS,
        channel_timeout=_LONGEST_SILENCE,
        asyncore_use_poll=True,
    )
    stop = threading.Event()
    beside: list[Background] = []
    # SIGINT too: a process that was started in the background begins with it ignored.
    before = {number: signal.signal(number, _interrupt) for number in (signal.SIGTERM, signal.SIGINT)}
    tell_address(address, notice)
    try:
        if sweep_every:
            beside = start_background(runtime, mailer, sweep_every, stop, tell=tell)
        # Waitress ends its work by itself on KeyboardInterrupt.
        server.run()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        stop.set()
        server.close()
        end = time.monotonic() + LONGEST_GOODBYE
        for thread in beside:
            thread.join(max(0, end - time.monotonic()))
    tell_stopped()


def tell_address(address: Address, notice: str = "") -> None:
    """Say where the website is, and what is to be known of its register."""
    if notice:
        if os.environ.get(SETTING) == "json":
            # Whoever reads the log as data gets no other line in it.
            _log.warning(notice)
        else:
            click.echo(notice, err=True)
    click.echo(f"Gehoor staat op {address.url} (stop met Ctrl-C)")


def tell_stopped() -> None:
    """Say that nobody is served any more."""
    click.echo("Gestopt.")


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
