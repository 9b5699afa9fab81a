"""What runs beside the website: the sweep, and sending what waits. They run apart, so that no mail server, however slow
or silent, holds up what has to be flagged."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from pathlib import Path

from gehoor import bootstrap
from gehoor.bootstrap.drafting.preview_files import forget_ended, previews_of
from gehoor.bootstrap.metrics import count_sent, count_swept, round_of
from gehoor.bootstrap.register_files.marks import mark
from gehoor.bootstrap.register_files.turn import Turn
from gehoor.services.jobs.sweep import sweep
from gehoor.services.messages.sending import deliver
from gehoor.services.ports.outside import Mailer
from gehoor.services.projection.projection import project_pending
from gehoor.services.records.within import everywhere
from gehoor.services.register.runtime import Runtime

_log = logging.getLogger(__name__)

_SEND_EVERY = 5
"""The most seconds between two looks for messages that wait; a look that finds none costs next to nothing."""


class Background(threading.Thread):
    """Does a task at once and then every so many seconds, until ``stop`` is set. What goes wrong is tried again. With a
    ``turn`` it works only while no other process does. ``at_end``: what is done once it stopped."""

    def __init__(
        self,
        name: str,
        task: Callable[[], object],
        every: float,
        stop: threading.Event,
        turn: Turn | None = None,
        at_end: Callable[[], object] = lambda: None,
    ) -> None:
        # No daemon: a process that ends lets it finish what it is doing.
        super().__init__(name=name, daemon=False)
        self._task, self._every, self._stop_asked = task, every, stop
        self._turn, self._at_end = turn, at_end

    def run(self) -> None:
        """Work at once, and again and again, within all organisations."""
        try:
            with everywhere():
                self._go_round()
                self._end()
        finally:
            if self._turn is not None:
                self._turn.over()

    def _go_round(self) -> None:
        while not self._stop_asked.is_set():
            try:
                if self._turn is None or self._turn.mine():
                    self._task()
            except Exception:
                # Whatever it was, the website stays, and the next round tries again.
                _log.exception("the %s failed", self.name)
            self._stop_asked.wait(self._every)

    def _end(self) -> None:
        try:
            self._at_end()
        except Exception:
            _log.exception("the %s could not be ended well", self.name)


def start_background(
    runtime: Runtime,
    mailer: Mailer | None,
    every: float,
    stop: threading.Event,
    store: Path | None = None,
    tell: Callable[[Callable[[], bool]], object] | None = None,
) -> list[Background]:
    """Start sweeping every so many seconds, and sending beside it; without a mailer, messages wait. ``store``: the
    register, where other processes may do the same; ``tell``: tells programs what happened, apart from all else, until
    it is asked to stop."""

    def turn(task: str) -> Turn | None:
        return Turn(store, task) if store else None

    started = [
        Background(
            "sweep",
            lambda: _sweep(runtime, store, stop),
            every,
            stop,
            turn("sweep"),
            lambda: project_pending(runtime),
        )
    ]
    if mailer is not None:
        send = _sending(runtime, mailer, stop, store)
        started.append(Background("sending", send, min(every, _SEND_EVERY), stop, turn("send")))
    if tell is not None:
        started.append(
            Background("telling", lambda: tell(stop.is_set), min(every, _SEND_EVERY), stop, turn("tell"))
        )
    for thread in started:
        thread.start()
    return started


def _sweep(runtime: Runtime, store: Path | None, stop: threading.Event) -> None:
    with round_of("sweep"):
        swept = sweep(runtime, bootstrap.now(), stop=stop.is_set)
    count_swept(swept)
    if store is not None and not stop.is_set():
        forget_ended(previews_of(store), bootstrap.now().timestamp())
        mark(store, "sweep", bootstrap.now())
    for dossier, reason in swept.failed.items():
        # What the reason says after its kind may quote what somebody typed.
        _log.error("dossier %s cannot be decided: %s", dossier, reason.partition(":")[0])


def _sending(
    runtime: Runtime, mailer: Mailer, stop: threading.Event, store: Path | None
) -> Callable[[], object]:
    def send() -> None:
        with round_of("send"):
            count_sent(deliver(runtime, mailer, bootstrap.now, stop.is_set))
        if store is not None:
            mark(store, "send", bootstrap.now())

    return send
