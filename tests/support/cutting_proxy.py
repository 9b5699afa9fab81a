"""A connection to PostgreSQL that breaks at the worst moment: when a transaction was committed, and nobody was told."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class CuttingProxy:
    """Passes on what is said, until it is told to cut at the next COMMIT of who wrote: ``before`` it reaches the
    server, or ``after``, when only the answer is lost. ``cuts``: how often it did."""

    folder: Path
    server: Path
    cut: str = ""
    cuts: int = 0
    _listening: socket.socket = field(init=False)

    def start(self) -> None:
        self._listening = socket.socket(socket.AF_UNIX)
        self._listening.bind(str(self.folder / ".s.PGSQL.5432"))
        self._listening.listen()
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        with suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listening.accept()
            except OSError:
                return
            server = socket.socket(socket.AF_UNIX)
            server.connect(str(self.server / ".s.PGSQL.5432"))
            threading.Thread(target=self._to_server, args=(client, server), daemon=True).start()
            threading.Thread(target=self._to_client, args=(client, server), daemon=True).start()

    def _to_server(self, client: socket.socket, server: socket.socket) -> None:
        writes = False
        with suppress(OSError):
            while data := client.recv(65536):
                writes = writes or b"moment + 1" in data
                if self.cut and writes and b"COMMIT\0" in data:
                    how, self.cut = self.cut, ""
                    self.cuts += 1
                    if how == "after":
                        # The server does it, and finds nobody to tell.
                        client.shutdown(socket.SHUT_RDWR)
                        server.sendall(data)
                        while server.recv(65536):
                            pass
                    break
                server.sendall(data)
        _close(client, server)

    @staticmethod
    def _to_client(client: socket.socket, server: socket.socket) -> None:
        with suppress(OSError):
            while data := server.recv(65536):
                client.sendall(data)
        _close(client, server)


def _close(*ends: socket.socket) -> None:
    for end in ends:
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
        end.close()


@contextmanager
def cutting(folder: Path, server: Path) -> Iterator[CuttingProxy]:
    """Run a proxy to the server with its socket in a folder."""
    proxy = CuttingProxy(folder, server)
    proxy.start()
    try:
        yield proxy
    finally:
        proxy.close()
