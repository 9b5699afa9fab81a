"""The queue for files that are made anew: one at a time, beside the requests that are answered.

Unpacked, a picture takes a hundred times its size and seconds to make. Whoever waits for that gives up their turn
among the requests that are answered, so that pages go on; and of the places in the queue no network has more than a
part. Who finds none is asked to try again in a moment.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, MutableMapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Any, Final

from flask import Flask, current_app, request

from gehoor.services.ports.outside import FileRefusedError
from gehoor.services.recording.incoming_files import MOST_PIXELS
from gehoor.web.request.shares import network_of

_NAME: Final = "gehoor-cleaning"
_ASIDE: Final = "gehoor.aside"
"""Where a request says how it gives up its turn among those that are answered, and gets one again."""
_PLACES: Final = 16
"""How many files may be worked at or wait at a time in this process."""
_OF_NETWORK: Final = 4
_WITHOUT_ASIDE: Final = 2
"""How many, where each keeps a request from being answered meanwhile."""


class CleaningQueue:
    """Lets one file at a time be made anew; networks go in turn."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._waiting: list[tuple[str, object]] = []
        self._working: str | None = None
        self._last = ""

    @contextmanager
    def turn(self, network: str, aside: Callable[[], AbstractContextManager[None]] | None) -> Iterator[None]:
        """Wait for a turn of this network. ``aside``: gives up, for as long as it is open, what others wait for.
        Raises ``FileRefusedError`` when too many wait already."""
        mine = (network, object())
        with self._changed:
            if self._is_full(network, _PLACES if aside else _WITHOUT_ASIDE):
                raise FileRefusedError("file-busy")
            self._waiting.append(mine)
        if aside is None:
            with self._work(mine):
                yield
        else:
            with aside(), self._work(mine):
                yield

    @contextmanager
    def _work(self, mine: tuple[str, object]) -> Iterator[None]:
        with self._changed:
            self._changed.wait_for(lambda: self._working is None and self._next() is mine)
            self._waiting.remove(mine)
            self._working = self._last = mine[0]
        try:
            yield
        finally:
            with self._changed:
                self._working = None
                self._changed.notify_all()

    def _is_full(self, network: str, places: int) -> bool:
        there = [one for one, _ in self._waiting] + ([] if self._working is None else [self._working])
        return len(there) >= places or there.count(network) >= _OF_NETWORK

    def _next(self) -> tuple[str, object]:
        others = (one for one in self._waiting if one[0] != self._last)
        return next(others, self._waiting[0])


@dataclass
class FormBounds:
    """What making the files of one form anew may take: a turn for each, and so many pixels for all."""

    pixels: int = MOST_PIXELS

    def turn(self) -> AbstractContextManager[None]:
        """Wait for the turn of a file of this request. Raises ``FileRefusedError``."""
        queue: CleaningQueue = current_app.extensions[_NAME]
        return queue.turn(network_of(request.remote_addr or ""), request.environ.get(_ASIDE))

    def spend(self, pixels: int) -> None:
        """Count pixels that are about to be made anew. Raises ``FileRefusedError`` when there are too many."""
        if pixels > self.pixels:
            raise FileRefusedError("pictures-too-large")
        self.pixels -= pixels


def install(app: Flask) -> None:
    """Give this application its queue."""
    app.extensions[_NAME] = CleaningQueue()


def can_step_aside(
    environ: MutableMapping[str, Any], aside: Callable[[], AbstractContextManager[None]]
) -> None:
    """Let a request give up its turn among those that are answered, while it waits for a file."""
    environ[_ASIDE] = aside
