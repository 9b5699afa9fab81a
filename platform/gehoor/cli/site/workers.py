"""Running the website in processes of their own until someone stops it, by Granian.

This process listens and looks after the others; it answers nobody and has no register open. Each worker makes its own
application and its own connections.
"""

from __future__ import annotations

import gc
import resource
import signal
import sys
import threading
import time
from ctypes import c_bool
from dataclasses import dataclass
from multiprocessing.sharedctypes import RawValue
from types import FrameType
from typing import TYPE_CHECKING, Any

from granian._granian import SocketHolder
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server.mp import MPServer

from gehoor import bootstrap
from gehoor.bootstrap.exchange.hooks import tell_programs
from gehoor.bootstrap.logs import start_logging
from gehoor.bootstrap.mail import mailer
from gehoor.bootstrap.readiness import drain, stops_when
from gehoor.bootstrap.register import store_notice
from gehoor.bootstrap.website import Door, Website
from gehoor.cli.site.background import start_background
from gehoor.cli.site.last_connections import leave_in_turn
from gehoor.cli.site.listening import BACKLOG, Address
from gehoor.cli.site.manager import tell_manager
from gehoor.cli.site.serving import LONGEST_GOODBYE, tell_address, tell_stopped
from gehoor.cli.support.click_dutch import Failure

if TYPE_CHECKING:
    import socket

    from _typeshed.wsgi import WSGIApplication

THREADS = 4
"""How many requests a worker answers at a time: one computes, the others wait for the disk."""

_COMING_IN = 32 * THREADS
"""How many requests with something in them can be coming in beside those that are answered, however slowly."""
_OF_NETWORK = _COMING_IN // 4
_LONGEST_HEADER = 10_000
"""Milliseconds that the first lines of a request may take, and a connection may stay open in between."""
_CONNECTIONS = 4096
"""The most connections that a worker has at a time, as far as the system gives so many."""

_PAUSE = 0.1
"""Seconds between two looks whether a worker answers."""
_REMINDER = 0.5
"""Seconds between two times that a worker is told to stop."""


def run_workers(website: Website, address: Address, sweep_every: int | None, workers: int) -> None:
    """Serve until SIGINT or SIGTERM, sweeping every so many seconds in one of the workers.

    Raises ``Failure`` for a taken port, and when a worker ends again and again.
    """
    start_logging()
    # Without a lock: a worker that is killed holds none then.
    stops, answers = RawValue(c_bool, False), RawValue(c_bool, False)
    with address.listen() as listening:
        server = _Server(listening, address, workers, stops, drain())
        # What is there now, all workers share; looking through it for waste would give each its own copy.
        gc.collect()
        gc.freeze()
        tell_address(address, store_notice(website.place))
        threading.Thread(target=_tell_ready, args=(answers,), daemon=True).start()
        try:
            server.serve(
                target_loader=_Worker(website, listening.fileno(), sweep_every, stops, answers),
                wrap_loader=False,
            )
        except SystemExit as end:
            # Ctrl-C reaches the workers too: those that were quicker than their parent are no reason to complain.
            if not server.interrupt_signal:
                raise Failure(
                    "De website is gestopt: een proces viel telkens weer stil. Zie hierboven."
                ) from end
    tell_stopped()


@dataclass(frozen=True)
class _Worker:
    """What each worker begins with. It is sent to the worker, so it is nothing but settings."""

    website: Website
    listening: int
    """The number of the socket that all workers share."""
    sweep_every: int | None
    stops: c_bool
    """Whether the server is about to stop, for all its processes."""
    answers: c_bool
    """Whether a worker answers."""

    def __call__(self) -> WSGIApplication:
        leave_in_turn(self.listening)
        # Until Granian listens to them, those of the parent are in place, and would have this process wait.
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, _leave)
        start_logging()
        stops_when(lambda: self.stops.value)
        runtime = self.website.open()
        if self.sweep_every:
            stop, store = threading.Event(), self.website.store
            start_background(
                runtime,
                mailer(store),
                self.sweep_every,
                stop,
                store,
                lambda asked: tell_programs(runtime, store, bootstrap.now, asked),
            )
            threading.Thread(target=_when_main_ends, args=(stop,), daemon=True).start()
        app = self.website.app(runtime, Door(THREADS, _OF_NETWORK))
        # What a worker begins with stays: looking through it for waste costs a request some fifty milliseconds.
        gc.collect()
        gc.freeze()
        self.answers.value = True
        return app


def _tell_ready(answers: c_bool) -> None:
    while not answers.value:
        time.sleep(_PAUSE)
    tell_manager("READY=1")


def _leave(_number: int, _frame: FrameType | None) -> None:
    sys.exit(0)


def _when_main_ends(stop: threading.Event) -> None:
    threading.main_thread().join()
    stop.set()


def _connections() -> int:
    """Return how many connections a worker may have, and have the system give it as many files as it may have."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    files = 2 * _CONNECTIONS if most == resource.RLIM_INFINITY else min(most, 2 * _CONNECTIONS)
    resource.setrlimit(resource.RLIMIT_NOFILE, (files, most))
    return files // 2


class _Server(MPServer):
    """Granian on a socket of ours. By itself it opens one for each worker on Linux: then a port that is taken goes
    unnoticed, and a connection waits for the worker it was given to while another has nothing to do."""

    def __init__(
        self, listening: socket.socket, address: Address, workers: int, stops: c_bool, drain: float
    ) -> None:
        super().__init__(
            target="",
            address=address.host,
            port=address.port,
            interface=Interfaces.WSGI,
            http=HTTPModes.http1,
            websockets=False,
            workers=workers,
            # They begin when there is something to wait for, and end when there is not.
            blocking_threads=THREADS + _COMING_IN,
            backlog=BACKLOG,
            backpressure=_connections(),
            http1_settings=HTTP1Settings(header_read_timeout=_LONGEST_HEADER),
            log_level=LogLevels.error,
            # Where all else is told: by itself it writes on the standard output.
            log_dictconfig={"loggers": {"_granian": {"propagate": True}}},
            respawn_failed_workers=True,
            workers_kill_timeout=LONGEST_GOODBYE,
        )
        self._listening, self._stops, self._drain = listening, stops, drain

    def signal_handler_interrupt(self, *given: Any, **named: Any) -> None:
        # Who stops says so first, and closes then. Whoever says it twice, or at a keyboard, does not wait.
        at_once = super().signal_handler_interrupt
        if not self._drain or signal.SIGINT in given or self._stops.value:
            tell_manager("STOPPING=1")
            at_once(*given, **named)  # type: ignore[no-untyped-call]  # theirs has no types
            return
        self._stops.value = True
        later = threading.Timer(self._drain, at_once, given, named)
        later.daemon = True
        later.start()

    def _init_shared_socket(self) -> None:
        self._listening.set_inheritable(True)
        self._ssp, self._sso = None, self._listening
        # What Granian says about its own types lags behind what it does.
        self._sfd = self._listening.fileno()  # type: ignore[assignment]  # declared as None there
        self._shd = SocketHolder(self._sfd, False, BACKLOG)  # type: ignore[assignment,call-arg]  # compiled, its types lag

    def _drop_shared_socket(self) -> None:
        self._listening.close()

    def _stop_workers(self) -> None:
        # Told to stop while it starts, a worker may miss it.
        threading.Thread(target=self._remind, daemon=True).start()
        super()._stop_workers()  # type: ignore[no-untyped-call]  # theirs has no types

    def _remind(self) -> None:
        while waiting := [worker for worker in self.wrks if worker.is_alive()]:
            time.sleep(_REMINDER)
            for worker in waiting:
                worker.terminate()
