"""Work on something that nobody trusts, in a child process with limits: whatever happens there, this one goes on."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from gehoor.adapters.sandbox.child import OUT_OF_MEMORY

MEMORY = 256 * 1024 * 1024
"""How many bytes of address space a child gets."""
PATIENCE = 5
"""How many times its seconds of the processor a child may take on the clock: the computer may be busy."""

_SOURCE = Path(__file__).resolve().parents[3]
_KEPT = ("PATH", "SYSTEMROOT", "TZ", "PYTHONTZPATH")
"""What of the environment a child needs. Settings and passwords are not among it."""


class TooHeavy(StrEnum):
    """Why there is no answer."""

    TIME = "time"
    MEMORY = "memory"
    STOPPED = "stopped"
    """The child ended in a way that nobody foresaw."""


class TooHeavyError(Exception):
    """The work took too long or too much, or ended the child."""

    def __init__(self, reason: TooHeavy) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Answered:
    """What the child answered, and what that took: seconds of the processor, and bytes at the most."""

    answer: Any
    seconds: float
    memory: int


def run_confined(module: str, request: Any, seconds: float, memory: int = MEMORY) -> Answered:
    """Let a module that calls ``answer_confined`` answer a request; both are plain JSON. Raises ``TooHeavyError``.

    ``seconds`` is time of the processor for the work itself: starting a child is not counted. Where limits cannot be
    set, only the clock limits.
    """
    # -P: the current folder may hold the files that are not trusted, and is no place to import from.
    command = [sys.executable, "-P", "-s", "-B", "-m", module]
    asked = json.dumps({"request": request, "seconds": seconds, "memory": memory})
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    environment = {**kept, "PYTHONPATH": str(_SOURCE), "PYTHONUTF8": "1"}
    with subprocess.Popen(  # noqa: S603 - the command is ours; what is not trusted goes in as data
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        text=True,
        encoding="utf-8",
    ) as child:
        try:
            said, _ = child.communicate(asked, timeout=seconds * PATIENCE)
        except subprocess.TimeoutExpired as error:
            child.kill()
            raise TooHeavyError(TooHeavy.TIME) from error
    if child.returncode != 0:
        raise TooHeavyError(_reason(child.returncode))
    try:
        return Answered(**json.loads(said))
    except (ValueError, TypeError) as error:
        raise TooHeavyError(TooHeavy.STOPPED) from error


def _reason(code: int) -> TooHeavy:
    if code == OUT_OF_MEMORY:
        return TooHeavy.MEMORY
    timed = [getattr(signal, name, None) for name in ("SIGPROF", "SIGXCPU")]
    return TooHeavy.TIME if -code in timed else TooHeavy.STOPPED
