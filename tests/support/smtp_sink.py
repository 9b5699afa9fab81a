"""A mail server for tests: it does what its script says, and remembers what it took."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

DATA = "DATA"
END = "."
GREETING = "greeting"
SILENCE = "silence"


@dataclass
class Sink:
    """What came in. ``script`` maps the first word of a command (or END, for the end of the message) to the answer;
    an empty answer hangs up, and SILENCE keeps whoever waits for it waiting until the sink closes.

    ``most``: so many messages it takes over one connection, and then hangs up.
    """

    script: Mapping[str, str] = field(default_factory=dict)
    port: int = 0
    commands: list[str] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)
    connections: int = 0
    most: int | None = None
    asked: threading.Event = field(default_factory=threading.Event)
    """Set once somebody waits for an answer that does not come."""
    closing: threading.Event = field(default_factory=threading.Event)


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    sink: Sink


class _Handler(socketserver.StreamRequestHandler):
    server: _Server

    def handle(self) -> None:
        # Whoever is killed in the middle of a conversation leaves it so.
        with suppress(ConnectionError):
            self._converse()

    def _converse(self) -> None:
        sink = self.server.sink
        sink.connections += 1
        self._say(sink.script.get(GREETING, "220 sink"))
        taken = 0
        while line := self.rfile.readline():
            text = line.decode().rstrip("\r\n")
            self.server.sink.commands.append(text)
            word = text.split(" ")[0].upper()
            if not self._answer(text, word):
                return
            if word == DATA:
                if not self._take():
                    return
                taken += 1
                if taken == sink.most:
                    return

    def _answer(self, text: str, word: str) -> bool:
        usual = {"EHLO": "250 sink", DATA: "354 go on", "QUIT": "221 bye"}.get(word, "250 ok")
        # Python versions write commands in capitals or not; to a server it is the same.
        script = {command.casefold(): answer for command, answer in self.server.sink.script.items()}
        answer = script.get(text.casefold(), script.get(word.casefold(), usual))
        if answer:
            self._say(answer)
        return bool(answer) and word != "QUIT"

    def _take(self) -> bool:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.decode())
        if not line:
            return False  # The end of the message never came: it is none.
        answer = self.server.sink.script.get(END, "250 taken")
        if not answer:
            return False
        if answer.startswith("250"):
            self.server.sink.messages.append("".join(lines))
        self._say(answer)
        return True

    def _say(self, text: str) -> None:
        if text == SILENCE:
            self.server.sink.asked.set()
            self.server.sink.closing.wait()
            raise ConnectionAbortedError
        self.wfile.write(f"{text}\r\n".encode())


@contextmanager
def listening(script: Mapping[str, str] | None = None, most: int | None = None) -> Iterator[Sink]:
    """Run a mail server on this computer."""
    with _Server(("127.0.0.1", 0), _Handler) as server:
        server.sink = Sink(script or {}, server.server_address[1], most=most)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield server.sink
        finally:
            server.sink.closing.set()
            server.shutdown()
            thread.join()
