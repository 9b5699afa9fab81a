"""Where a website listens."""

from __future__ import annotations

import socket
from dataclasses import dataclass
from ipaddress import ip_address

from gehoor.cli.site.manager import given_socket
from gehoor.cli.support.click_dutch import Failure

BACKLOG = 1024
"""How many connections may wait to be taken in."""


@dataclass(frozen=True)
class Address:
    """Where the website listens. ``https``: a proxy in front of it takes care of HTTPS."""

    host: str
    port: int
    https: bool = False

    @property
    def is_loopback(self) -> bool:
        """Say whether only this computer can reach it."""
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"

    @property
    def url(self) -> str:
        """Return the address to open in a browser, on this computer."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}"

    def listen(self) -> socket.socket:
        """Return a socket that listens here, or the one that whoever started us gave. Raises ``Failure`` for a port
        that is taken, or not ours to take."""
        if (given := given_socket()) is not None:
            return given
        try:
            family, *_, place = socket.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM)[0]
            listening = socket.create_server(place[:2], family=family, backlog=BACKLOG)
        except OSError as error:
            reason = error.strerror or str(error)
            raise Failure(
                f"Wij kunnen niet luisteren op {self.host}, poort {self.port}: {reason}."
            ) from error
        # For the connections it takes in: else the last part of a page waits 40 ms for the browser to say it has
        # the rest.
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return listening
