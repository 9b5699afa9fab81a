"""In the child process: limits on itself, then work on something that nobody here trusts, then an answer.

What is read is data, never code. The limits are for a file that takes the reader too long or too much; that nothing
is connected to, written or started is a second lock on a door that the reader does not have.

Work is limited by the steps it takes, which are the same on every computer. Time of the processor only ends what stays
inside one step, and follows from how long steps take here. No limit is by the clock: a busy computer lets a child wait.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any, Final

from gehoor.adapters.sandbox.counted_steps import count_steps, seconds_per_step
from gehoor.adapters.sandbox.own_files import reads_only, refuse_others

OUT_OF_MEMORY: Final = 3
OUT_OF_STEPS: Final = 4
STANDSTILL: Final = 5
"""The exit codes for that; anything else but 0 is an accident."""

_SLACK: Final = 10
"""How many times the shortest step a step may last on average: those of real work last about twice as long."""
_LEAST_STEPS: Final = 300_000
"""Time of the processor is allowed for so many steps at the least."""
_NICER: Final = 5
_LOOKING: Final = 0.005
"""How many seconds of the processor it takes at the most to look whether anything happens."""
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_REFUSED = (
    "socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.system", "os.startfile",
    "os.remove", "os.rename", "os.link", "os.symlink", "os.mkdir", "os.rmdir", "os.chmod", "os.truncate", "shutil.",
    "ctypes.", "urllib.",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Limits:
    """What a child gets: steps, bytes of address space, and seconds in a row in which it may take no step at all.

    Those seconds are counted by a child that is running, so that waiting for its turn is not among them.
    """

    steps: int
    memory: int = 256 * 1024 * 1024
    standstill: int = 60


@dataclass(frozen=True, slots=True)
class Answered:
    """What the child answered, and what that took: steps, and bytes at the most (0 where nobody counts them)."""

    answer: Any
    steps: int
    memory: int


def answer_confined(work: Callable[[Any], Any]) -> None:
    """Read a request from standard input, do the work within its limits, and write the answer. Of what is on this
    computer the work reads its own libraries, and the folder that the request calls ``workspace``."""
    asked = json.load(sys.stdin)
    try:
        taken = confine(Limits(**asked["limits"]), _workspace(asked["request"]))
        answer = work(asked["request"])
        sys.stdout.write(json.dumps(asdict(Answered(answer, taken(), _peak()))))
        sys.stdout.flush()
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    # At once: an interpreter that cleans up no longer handles the signal to look, and would die of it.
    os._exit(0)


def serve_confined(work: Callable[[Any], Any]) -> None:
    """Answer requests, a line of JSON each, until there are no more: what was read for one is at hand for the next.

    The first line has the limits. Memory is limited for all; the processor for each request, by the time that its steps
    would take here if they were counted: whatever takes longer ends the process, as does what waits for what will not
    come. Of what is on this computer only the libraries are read, and the folder that a request calls ``workspace``.
    """
    limits = Limits(**json.loads(sys.stdin.readline()))
    seconds = seconds_per_step() * max(limits.steps, _LEAST_STEPS) * _SLACK
    resource = _resource()
    _close(None)
    if resource is not None:
        _limit(resource, limits.memory, 0)
        # Whoever works at the desk goes first.
        os.nice(_NICER)
    try:
        for line in sys.stdin:
            request = json.loads(line)
            reads_only(_workspace(request))
            if resource is not None:
                signal.setitimer(signal.ITIMER_PROF, seconds)
                _watch(time.process_time, limits.standstill, _LOOKING)
            answer = json.dumps(work(request))
            if resource is not None:
                signal.setitimer(signal.ITIMER_PROF, 0)
                signal.setitimer(signal.ITIMER_REAL, 0)
            sys.stdout.write(f"{answer}\n")
            sys.stdout.flush()
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    os._exit(0)


def confine(limits: Limits, workspace: str | None = None) -> Callable[[], int]:
    """Limit this process for good; return what says how many steps it took since. ``workspace``: the folder that it
    reads, beside its libraries."""
    resource = _resource()
    seconds = seconds_per_step() * max(limits.steps, _LEAST_STEPS) * _SLACK
    _close(workspace)
    if resource is not None:
        _limit(resource, limits.memory, seconds)
    taken = count_steps(limits.steps, lambda: os._exit(OUT_OF_STEPS))
    if resource is not None:
        # To look takes two steps itself.
        _watch(taken, limits.standstill, 2)
    return taken


def _close(workspace: str | None) -> None:
    reads_only(workspace)
    sys.addaudithook(_refuse)


def _workspace(request: Any) -> str | None:
    found = request.get("workspace") if isinstance(request, dict) else None
    return found if isinstance(found, str) else None


def _limit(resource: ModuleType, memory: int, seconds: float) -> None:
    for kind, bound in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CORE, 0), (resource.RLIMIT_FSIZE, 0)):
        _, most = resource.getrlimit(kind)
        lowest = bound if most == resource.RLIM_INFINITY else min(bound, most)
        resource.setrlimit(kind, (lowest, lowest))
    # Ends the process wherever it is, also in the middle of a library; exact, where a limit counts whole seconds.
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_PROF, seconds)


def _watch(taken: Callable[[], float], standstill: int, looking: float) -> None:
    """End the process when it did nothing in so many looks, a second apart: it waits for what will not come.
    ``taken``: what it did so far, in steps or in seconds; ``looking``: what a look takes of those."""
    seen, still = taken(), 0

    def look(_signal: int, _frame: object) -> None:
        nonlocal seen, still
        now = taken()
        still = still + 1 if now - seen <= looking else 0
        seen = now
        if still > standstill:
            os._exit(STANDSTILL)

    signal.signal(signal.SIGALRM, look)
    signal.setitimer(signal.ITIMER_REAL, 1, 1)


def _resource() -> ModuleType | None:
    """Return what sets limits; on Windows there is nothing, and only steps are limited."""
    try:
        return import_module("resource")
    except ImportError:
        return None


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    if event.startswith(_REFUSED):
        raise PermissionError(event)
    if event == "open" and isinstance(arguments[2], int) and arguments[2] & _WRITING:
        raise PermissionError("writing")
    refuse_others(event, arguments)


def _peak() -> int:
    """Return the most memory that was in use, in bytes; 0 where nobody counts it."""
    # What the system counts for a process includes what its parent held when it began; this counts only its own.
    try:
        status = Path("/proc/self/status").read_text("utf-8")
    except OSError:
        status = ""
    for line in status.splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024
    resource = _resource()
    if resource is None:
        return 0
    peak: int = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024
