"""Children with limits that stay, for who asks the same kind of thing again and again: each answers in turn."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from queue import Empty, LifoQueue
from threading import Semaphore
from typing import Any
from weakref import finalize

from gehoor.adapters.sandbox.child import Limits
from gehoor.adapters.sandbox.process import TooHeavy, TooHeavyError, command_of, environment, reason_of

_MOST_ANSWERS = 500
"""After so many a child is replaced: whatever it kept is gone with it."""
_LONGEST_ANSWER = 32 * 1024 * 1024
"""So many signs of an answer are read: what is longer is no answer."""


class _Worker:
    """A child, begun when it is first asked something."""

    def __init__(self, module: str, limits: Limits) -> None:
        self._module, self._limits = module, limits
        self._child: subprocess.Popen[str] | None = None
        self._answers = 0

    def ask(self, request: Any) -> Any:
        child = self._child or self._begin()
        assert child.stdin is not None
        assert child.stdout is not None
        line = ""
        with suppress(OSError):
            child.stdin.write(f"{json.dumps(request)}\n")
            child.stdin.flush()
            line = child.stdout.readline(_LONGEST_ANSWER)
        if not line.endswith("\n"):
            raise TooHeavyError(reason_of(self.end()))
        self._answers += 1
        if self._answers >= _MOST_ANSWERS:
            self.end()
        try:
            return json.loads(line)
        except ValueError as error:
            self.end()
            raise TooHeavyError(TooHeavy.STOPPED) from error

    def _begin(self) -> subprocess.Popen[str]:
        self._answers = 0
        self._child = subprocess.Popen(  # noqa: S603 - the command is ours; what is not trusted goes in as data
            command_of(self._module),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment(),
            text=True,
            encoding="utf-8",
        )
        assert self._child.stdin is not None
        self._child.stdin.write(f"{json.dumps(asdict(self._limits))}\n")
        return self._child

    def end(self) -> int:
        """End the child; return the code that it ended with."""
        child, self._child = self._child, None
        if child is None:
            return 0
        for stream in (child.stdin, child.stdout):
            with suppress(OSError):
                if stream is not None:
                    stream.close()
        return child.wait()


@dataclass
class ConfinedWorkers:
    """So many children at the most (``most``), for which so many requests wait their turn (``waiting``): who asks more
    than that is told so at once, and keeps nobody else from anything."""

    module: str
    limits: Limits
    most: int = 2
    waiting: int = 3
    _free: LifoQueue[_Worker] = field(default_factory=LifoQueue)
    _places: Semaphore = field(init=False)

    def __post_init__(self) -> None:
        self._places = Semaphore(self.most + self.waiting)
        for _ in range(self.most):
            self._free.put(_Worker(self.module, self.limits))
        # Whoever forgets to close leaves no child behind, also when this process ends.
        finalize(self, _end_free, self._free)

    def ask(self, request: Any) -> Any:
        """Return what a child answers; both are plain JSON. Raises ``TooHeavyError``."""
        if not self._places.acquire(blocking=False):
            raise TooHeavyError(TooHeavy.BUSY)
        try:
            with self._worker() as worker:
                return worker.ask(request)
        finally:
            self._places.release()

    def close(self) -> None:
        """End all children, once each has answered."""
        workers = [self._free.get() for _ in range(self.most)]
        for worker in workers:
            worker.end()
            self._free.put(worker)

    @contextmanager
    def _worker(self) -> Iterator[_Worker]:
        # The one that answered last has most at hand.
        worker = self._free.get()
        try:
            yield worker
        finally:
            self._free.put(worker)


def _end_free(free: LifoQueue[_Worker]) -> None:
    # A child that still answers ends by itself, as nobody asks it anything any more.
    with suppress(Empty):
        while True:
            free.get_nowait().end()
