"""Gehoor for any WSGI server: ``gehoor.wsgi:app``. The settings come from the environment, as with ``gehoor serve``.

Importing this module does nothing yet. Asking for ``app`` opens the register and makes the application, so that a
mistake in the settings stops a server at its start, and each worker has connections of its own.
"""

from __future__ import annotations

import logging
import os
from functools import cache
from typing import TYPE_CHECKING

from gehoor.bootstrap import SetupError, now
from gehoor.bootstrap.doctor.check import Surroundings
from gehoor.bootstrap.doctor.looking import refuse_unsafe
from gehoor.bootstrap.doctor.names import unknown_names
from gehoor.bootstrap.logs import SETTING, start_logging
from gehoor.bootstrap.register import store_notice
from gehoor.bootstrap.website import ALL_ONE, Door, from_environment, trusted_proxies
from gehoor.cli.support.demo_register import is_demo
from gehoor.cli.support.failure_sentences import store_sentence
from gehoor.services.ports.store import StoreUnavailableError
from gehoor.services.records.within import everywhere

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

    app: WSGIApplication

_DOOR = Door(at_once=4, of_network=16)
"""For a server that has more threads than this in a process, and hands over requests before they are whole."""


def __getattr__(name: str) -> WSGIApplication:
    """Return the application, made when it is first asked for. Raises ``SetupError`` when something around it is not
    in place."""
    if name == "app":
        # Who starts it looks whether all is safe; each request says for itself within which organisations it works.
        with everywhere():
            return _app()
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


@cache
def _app() -> WSGIApplication:
    if os.environ.get(SETTING):
        # Otherwise the server that this runs in says how; it knows no request.
        start_logging(logger=logging.getLogger("gehoor"))
    for sentence in unknown_names(os.environ):
        logging.getLogger("gehoor").warning("Let op: %s", sentence)
    website = from_environment()
    if website.https and trusted_proxies() is None:
        logging.getLogger("gehoor").warning(ALL_ONE)
    try:
        runtime = website.open()
    except StoreUnavailableError as error:
        raise SetupError(store_sentence(website.place, str(error))) from error
    if is_demo(runtime):
        raise SetupError(
            "De wachtwoorden van een demo kent iedereen. Probeer een demo met: gehoor demo --serve"
        )
    refuse_unsafe(
        Surroundings(website.place, os.environ, now(), website.https, runtime=runtime, thorough=False)
    )
    if notice := store_notice(website.place):
        logging.getLogger(__name__).warning(notice)
    return website.app(runtime, _DOOR)
