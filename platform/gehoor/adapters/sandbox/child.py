"""In the child process: limits on itself, then work on something that nobody here trusts, then an answer.

What is read is data, never code. The limits are for a file that takes the reader too long or too much; that nothing
is connected to, written or started is a second lock on a door that the reader does not have.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any, Final

OUT_OF_MEMORY: Final = 3
"""The exit code for that; anything else but 0 is an accident."""

_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_REFUSED = (
    "socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.system", "os.startfile",
    "os.remove", "os.rename", "os.link", "os.symlink", "os.mkdir", "os.rmdir", "os.chmod", "os.truncate", "shutil.",
    "ctypes.", "urllib.",
)  # fmt: skip


def answer_confined(work: Callable[[Any], Any]) -> None:
    """Read a request from standard input, do the work within its limits, and write the answer."""
    asked = json.load(sys.stdin)
    try:
        confine(asked["seconds"], asked["memory"])
        began = time.process_time()
        answer = work(asked["request"])
        used = {"answer": answer, "seconds": time.process_time() - began, "memory": _peak()}
        sys.stdout.write(json.dumps(used))
        sys.stdout.flush()
    except MemoryError:
        os._exit(OUT_OF_MEMORY)


def confine(seconds: float, memory: int) -> None:
    """Allow this process so many more seconds of the processor, and so many bytes of address space, for good."""
    resource = _resource()
    sys.addaudithook(_refuse)
    if resource is None:
        return
    for kind, bound in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CORE, 0), (resource.RLIMIT_FSIZE, 0)):
        _, most = resource.getrlimit(kind)
        lowest = bound if most == resource.RLIM_INFINITY else min(bound, most)
        resource.setrlimit(kind, (lowest, lowest))
    # Ends the process wherever it is, also in the middle of a library; exact, where a limit counts whole seconds.
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_PROF, seconds)


def _resource() -> ModuleType | None:
    """Return what sets limits; on Windows there is nothing, and the parent's patience is the only limit."""
    try:
        return import_module("resource")
    except ImportError:
        return None


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    if event.startswith(_REFUSED):
        raise PermissionError(event)
    if event == "open" and isinstance(arguments[2], int) and arguments[2] & _WRITING:
        raise PermissionError("writing")


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
