"""Children with limits that stay, for who asks the same kind of thing again and again: each answers in turn."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from queue import Empty, LifoQueue
from typing import Any

from gehoor.adapters.sandbox.child import Limits
from gehoor.adapters.sandbox.process import TooHeavy, TooHeavyError, command_of, environment, reason_of

_MOST_ANSWERS = 500
"""After so many a child is replaced: whatever it kept is gone with it."""


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
            line = child.stdout.readline()
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
    """So many children at the most: more requests than that wait for their turn, and nobody else does."""

    module: str
    limits: Limits
    most: int = 2
    _free: LifoQueue[_Worker] = field(default_factory=LifoQueue)

    def __post_init__(self) -> None:
        for _ in range(self.most):
            self._free.put(_Worker(self.module, self.limits))

    def ask(self, request: Any) -> Any:
        """Return what a child answers; both are plain JSON. Raises ``TooHeavyError``."""
        with self._worker() as worker:
            return worker.ask(request)

    def close(self) -> None:
        """End all children, once each has answered."""
        workers = [self._free.get() for _ in range(self.most)]
        for worker in workers:
            worker.end()
            self._free.put(worker)

    def __del__(self) -> None:
        # Whoever forgets to close leaves no child behind; a child that still answers belongs to nobody any more.
        with suppress(Empty):
            while True:
                self._free.get_nowait().end()

    @contextmanager
    def _worker(self) -> Iterator[_Worker]:
        # The one that answered last has most at hand.
        worker = self._free.get()
        try:
            yield worker
        finally:
            self._free.put(worker)
