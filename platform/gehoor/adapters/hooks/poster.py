"""Telling a program over HTTP, once and with bounds: to a public address only, by the name that its certificate has,
and nowhere else when it says so.

The name is looked up here, and the connection goes to the very address that was judged: a name that leads elsewhere a
moment later leads nowhere (DNS rebinding)."""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final, TypeAlias
from urllib.parse import SplitResult, urlsplit

from gehoor.services.ports.hooks import HookError

_PORTS: Final = {"https": 443, "http": 80}
_TIMEOUT: Final = 10.0
"""Seconds for each step: connecting, and each part that is read or written. Looking up a name cannot be cut off, and
takes as long as this computer is set to: afterwards it is seen whether there is time left."""
_WHOLE: Final = 20.0
"""Seconds for all of it: who answers a sign at a time, is not waited for."""
_BLOCK: Final = 4096
_LARGEST: Final = 64 * 1024
"""How much of an answer is read, in bytes; nothing in it is used."""
_TRANSLATED: Final = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("64:ff9b:1::/48"))

_Address: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolver: TypeAlias = Callable[[str, int], list[str]]


def resolved(host: str, port: int) -> list[str]:
    """Return the addresses of a name, the first first. Raises ``OSError``."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(one[4][0]) for one in found))


@dataclass(frozen=True)
class HttpPoster:
    """Posts to https addresses of others. ``private``: addresses of a network of one's own too; ``plain``: http too;
    ``trusted``: what certificates are held against; ``clock``: seconds that only go on."""

    private: bool = False
    plain: bool = False
    resolve: Resolver = resolved
    trusted: ssl.SSLContext = field(default_factory=ssl.create_default_context)
    clock: Callable[[], float] = time.monotonic

    def refuses(self, address: str) -> str:
        """Return why an address is none that anything is sent to; empty where it may be one."""
        parts = _parts(address)
        if parts is None or not address.isascii() or not address.isprintable() or " " in address:
            return "address"
        if parts.scheme == "http" and not self.plain:
            return "https"
        with suppress(ValueError):
            if not self.private and not _is_public(ipaddress.ip_address(parts.hostname or "")):
                return "private"
        return ""

    def post(self, address: str, headers: Mapping[str, str], body: bytes) -> None:
        """Send something once. Raises ``HookError``."""
        parts = _parts(address)
        if parts is None or self.refuses(address):
            raise HookError("dit adres kan niet")
        host, port = parts.hostname or "", parts.port or _PORTS[parts.scheme]
        connection = http.client.HTTPConnection(host, port, timeout=_TIMEOUT)
        watch = _Watch(self.clock)
        try:
            connection.sock = self._connected(parts.scheme, host, port, watch)
            path = f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"
            sent = {"user-agent": "Gehoor", "connection": "close", **headers}
            connection.request("POST", path, body, sent)
            watch.seconds()
            answer = connection.getresponse()
            read = 0
            while read < _LARGEST and (block := answer.read1(_BLOCK)):
                read += len(block)
            # What was cut off looks as if it ended.
            watch.seconds()
            status = answer.status
        except HookError:
            raise
        except ssl.SSLCertVerificationError as error:
            raise HookError("het certificaat klopt niet") from error
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise HookError("er kwam geen antwoord") from error
        finally:
            watch.end()
            connection.close()
        if 300 <= status < 400:
            raise HookError(f"het verwijst door ({status}), en dat volgen wij niet")
        if not 200 <= status < 300:
            raise HookError(f"het antwoord was {status}")

    def _connected(self, scheme: str, host: str, port: int, watch: _Watch) -> socket.socket:
        try:
            found = [ipaddress.ip_address(one.partition("%")[0]) for one in self.resolve(host, port)]
        except (OSError, UnicodeError, ValueError) as error:
            raise HookError("deze naam bestaat niet") from error
        if not found or (not self.private and not all(map(_is_public, found))):
            # Of a name with one address of ours, nobody knows to which it leads.
            raise HookError("dit adres ligt in een eigen netwerk" if found else "deze naam bestaat niet")
        sock = socket.create_connection((str(found[0]), port), timeout=watch.seconds())
        try:
            watch.over(sock)
            if scheme == "https":
                # Shaking hands is cut off too: not before it is watched over.
                secured = self.trusted.wrap_socket(sock, server_hostname=host, do_handshake_on_connect=False)
                sock = secured
                watch.over(secured)
                secured.do_handshake()
            sock.settimeout(watch.seconds())
        except BaseException:
            sock.close()
            raise
        return sock


def _parts(address: str) -> SplitResult | None:
    try:
        parts = urlsplit(address)
        usable = parts.scheme in _PORTS and parts.hostname and (parts.port is None or parts.port > 0)
    except ValueError:
        return None
    return parts if usable and parts.username is None and parts.password is None else None


def _is_public(address: _Address) -> bool:
    """Say whether an address is of the internet, also one that is written in another."""
    if isinstance(address, ipaddress.IPv6Address):
        if any(address in network for network in _TRANSLATED):
            return False
        teredo = address.teredo
        inner = address.ipv4_mapped or address.sixtofour or (teredo[1] if teredo else None)
        if inner is not None:
            return _is_public(inner)
        if address.is_site_local:
            # Once what private addresses are now: not for the internet, and global to the library.
            return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


class _Watch:
    """Watches over one deadline for all that is done to tell something once: whatever is waited for, ends by it."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._until = clock() + _WHOLE
        self._timer: threading.Timer | None = None

    def seconds(self) -> float:
        """Return how many seconds the next step may take. Raises ``TimeoutError`` where none are left."""
        left = self._until - self._clock()
        if left <= 0:
            raise TimeoutError
        return min(left, _TIMEOUT)

    def over(self, sock: socket.socket) -> None:
        """Cut a connection off once no time is left. Raises ``TimeoutError`` where none is."""
        self.seconds()
        self.end()
        self._timer = threading.Timer(self._until - self._clock(), _cut_off, (sock,))
        self._timer.daemon = True
        self._timer.start()

    def end(self) -> None:
        """Watch no more."""
        if self._timer is not None:
            self._timer.cancel()


def _cut_off(sock: socket.socket) -> None:
    with suppress(OSError):
        # Not as a secured connection does it, which lets go of what another thread is at.
        socket.socket.shutdown(sock, socket.SHUT_RDWR)
