"""The sweep that runs beside the website."""

from __future__ import annotations

import logging
import threading

from gehoor import bootstrap
from gehoor.bootstrap.turn import Turn
from gehoor.services.jobs.outbox import deliver
from gehoor.services.jobs.sweep import sweep
from gehoor.services.ports.outside import Mailer
from gehoor.services.register.runtime import Runtime

_log = logging.getLogger(__name__)


class Sweeper(threading.Thread):
    """Sweeps and sends mail every so many seconds, until ``stop`` is set. What goes wrong is tried again.
    Without a mailer, messages wait. With a ``turn`` it sweeps only while no other process does."""

    def __init__(
        self,
        runtime: Runtime,
        mailer: Mailer | None,
        every: float,
        stop: threading.Event,
        turn: Turn | None = None,
    ) -> None:
        # No daemon: a process that ends lets it finish what it is doing.
        super().__init__(name="sweeper", daemon=False)
        self._runtime, self._mailer = runtime, mailer
        self._every, self._stop_asked = every, stop
        self._turn = turn

    def run(self) -> None:
        """Sweep at once, and again and again."""
        try:
            while not self._stop_asked.is_set():
                try:
                    if self._turn is None or self._turn.mine():
                        self._once()
                except Exception:
                    # Whatever it was, the website stays, and the next round tries again.
                    _log.exception("the sweep failed")
                self._stop_asked.wait(self._every)
        finally:
            if self._turn is not None:
                self._turn.over()

    def _once(self) -> None:
        swept = sweep(self._runtime, bootstrap.now())
        for dossier, reason in swept.failed.items():
            _log.error("dossier %s cannot be decided: %s", dossier, reason)
        if self._mailer is not None:
            deliver(self._runtime, self._mailer, bootstrap.now())
