"""A worker that is told to stop takes in no more connections, and answers those it has.

Granian closes a connection on which nothing was read yet when it stops: whoever had just come in, and was about to say
something, found the door shut. So this process stops listening first, while the socket stays with whoever else has it;
those who came in get the time to say what they came for.
"""

from __future__ import annotations

import os
import signal
import socket
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Final

_TO_SPEAK: Final = 0.5
"""Seconds for who came in last to say what for."""
_OPEN_FILES: Final = Path("/proc/self/fd")
"""Where the system lists what a process has open; elsewhere than on Linux it does not."""


def leave_in_turn(listening: int) -> None:
    """Have this process stop listening when it is told to stop (SIGTERM), and a while later stop (SIGINT).

    Called in the main thread, before others begin: they all leave the signal to one that waits for it, so one that
    comes while a worker still begins is not missed. ``listening``: the number of the socket that it shares with others.
    """
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
    main = threading.main_thread().ident
    assert main is not None
    threading.Thread(target=_wait, args=(listening, main), daemon=True).start()


def _wait(listening: int, main: int) -> None:
    signal.sigwait({signal.SIGTERM})
    _stop_listening(listening)
    time.sleep(_TO_SPEAK)
    # Not to the process: this thread would have to get it too.
    signal.pthread_kill(main, signal.SIGINT)


def _stop_listening(listening: int) -> None:
    """Put a socket to which nobody comes in the place of the one that listens, under each number that it has here."""
    try:
        shared, numbers = os.fstat(listening), [int(one.name) for one in _OPEN_FILES.iterdir()]
        with socket.socket(fileno=os.dup(listening)) as one:
            listens = one.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN)
    except OSError:
        return
    if not listens:
        # Of a process that was started afresh the numbers are its own.
        return
    with socket.create_server(("127.0.0.1", 0), backlog=0) as nobody:
        nobody.setblocking(False)
        for number in numbers:
            with suppress(OSError):
                if os.path.samestat(os.fstat(number), shared):
                    os.dup2(nobody.fileno(), number, inheritable=False)
