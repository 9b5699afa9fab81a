"""Work on something that nobody trusts, in a child process with limits: whatever happens there, this one goes on."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import Any

from gehoor.adapters.sandbox.child import OUT_OF_MEMORY, OUT_OF_STEPS, STANDSTILL, Answered, Limits

_SOURCE = Path(__file__).resolve().parents[3]
_KEPT = ("PATH", "SYSTEMROOT", "TZ", "PYTHONTZPATH")
"""What of the environment a child needs. Settings and passwords are not among it."""


class TooHeavy(StrEnum):
    """Why there is no answer."""

    STEPS = "steps"
    TIME = "time"
    """Time of the processor, inside few steps; never time on the clock."""
    MEMORY = "memory"
    STANDSTILL = "standstill"
    STOPPED = "stopped"
    """The child ended in a way that nobody foresaw."""
    BUSY = "busy"
    """Others are at work, and enough already wait: nothing was begun."""


_REASONS = {OUT_OF_MEMORY: TooHeavy.MEMORY, OUT_OF_STEPS: TooHeavy.STEPS, STANDSTILL: TooHeavy.STANDSTILL} | {
    -getattr(signal, name): reason
    for name, reason in (
        ("SIGPROF", TooHeavy.TIME),
        ("SIGXCPU", TooHeavy.TIME),
        # Python ends so when there is not even memory left to say that there is none.
        ("SIGABRT", TooHeavy.MEMORY),
    )
    if hasattr(signal, name)
}
"""By the code that a child ends with."""


class TooHeavyError(Exception):
    """The work took too long or too much, or ended the child."""

    def __init__(self, reason: TooHeavy) -> None:
        super().__init__(reason.value)
        self.reason = reason


def command_of(module: str) -> list[str]:
    """Return the command that runs a module of ours in a child."""
    # -P: the current folder may hold the files that are not trusted, and is no place to import from.
    return [sys.executable, "-P", "-s", "-B", "-m", module]


def environment() -> dict[str, str]:
    """Return the environment of a child."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    return {**kept, "PYTHONPATH": str(_SOURCE), "PYTHONUTF8": "1"}


def reason_of(returncode: int) -> TooHeavy:
    """Return why a child ended, by the code that it ended with."""
    return TooHeavy(_REASONS.get(returncode, TooHeavy.STOPPED))


def run_confined(module: str, request: Any, limits: Limits) -> Answered:
    """Let a module that calls ``answer_confined`` answer a request; both are plain JSON. Raises ``TooHeavyError``.

    The limits are those of the work itself: starting a child is not counted. The child keeps them by itself, so this
    waits without looking at the clock.
    """
    child = subprocess.run(  # noqa: S603 - the command is ours; what is not trusted goes in as data
        command_of(module),
        input=json.dumps({"request": request, "limits": asdict(limits)}),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment(),
        text=True,
        encoding="utf-8",
        check=False,
    )
    if child.returncode != 0:
        raise TooHeavyError(reason_of(child.returncode))
    try:
        return Answered(**json.loads(child.stdout))
    except (ValueError, TypeError) as error:
        raise TooHeavyError(TooHeavy.STOPPED) from error
