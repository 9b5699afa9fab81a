"""What whoever starts services (systemd) gives and hears, as its manuals say: ``sd_listen_fds``, ``sd_notify``."""

from __future__ import annotations

import os
import socket
import sys
from contextlib import suppress
from typing import Final

_FIRST: Final = 3
"""The number of the first socket that is given."""


def given_socket() -> socket.socket | None:
    """Return the socket that listens already, where whoever started us has one: it stays open while we are not there,
    so that who comes then waits. Told only to this process, not to those that it starts."""
    process, count = os.environ.pop("LISTEN_PID", ""), os.environ.pop("LISTEN_FDS", "")
    if sys.platform == "win32" or process != str(os.getpid()) or count != "1":
        return None
    given = socket.socket(fileno=_FIRST)
    given.set_inheritable(False)
    return given


def tell_manager(said: str) -> None:
    """Say how it stands, where somebody asked to hear it. Who does not listen misses nothing."""
    place = os.environ.get("NOTIFY_SOCKET", "")
    if not place or sys.platform == "win32":
        return
    # A name that begins with a zero stands in no folder.
    address = f"\0{place[1:]}" if place.startswith("@") else place
    with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as telling:
        telling.sendto(said.encode(), address)
