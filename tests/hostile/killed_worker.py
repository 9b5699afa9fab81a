"""A command that is killed at one of its statements: ``WHICH WORDS...``; at 0 it says how many there were."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from typing import Any

from gehoor.adapters.stores.sqlite.connections.session import Session
from gehoor.cli.commands import gehoor

_seen = 0


def _counting(method: Callable[..., Any], which: int) -> Callable[..., Any]:
    def counted(session: Session, *given: Any) -> Any:
        global _seen  # noqa: PLW0603
        _seen += session.writable
        if which and _seen >= which and session.writable:
            os.kill(os.getpid(), signal.SIGKILL)
        return method(session, *given)

    return counted


if __name__ == "__main__":
    place = int(sys.argv[1])
    for name in ("run", "run_many"):
        setattr(Session, name, _counting(getattr(Session, name), place))
    try:
        gehoor(sys.argv[2:], prog_name="gehoor")
    finally:
        sys.stderr.write(f"\nstatements {_seen}\n")
