"""A website of which the disk can be made unwritable, and writable again, while people are at its pages."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.support.cli_run import publish_all
from tests.support.patience import PATIENCE
from tests.support.places import SOURCE

_NOBODY: Final = 65534
# To an administrator nothing is read-only, so the server takes another identity first. That one may not read the
# standard library: what is imported late is imported before, by a walk through a copy.
_SERVER: Final = """
import os, shutil, sys, tempfile
from pathlib import Path
from waitress.server import create_server
from werkzeug.test import Client
from gehoor.bootstrap.website import Website

file = Path(sys.argv[1])

def opened(file):
    website = Website(file, "http://localhost")
    runtime = website.open()
    return website.app(runtime), runtime

if os.geteuid() == 0:
    with tempfile.TemporaryDirectory() as folder:
        copy = shutil.copy(file, folder)
        client = Client(opened(Path(copy))[0])
        form = {"sleutel": "k", "v_uiteenzetting": "Soep", "v_anoniem": "ja", "naam": "x", "wachtwoord": "x"}
        for path in ("/", "/de-linde/beukenhof/melden/alles", "/de-linde/beukenhof/melden", "/medewerker/aanmelden",
                     "/volgen", "/healthz/ready"):
            client.get(path)
            client.post(path, data=form, headers={"Sec-Fetch-Site": "same-origin"})
    os.setgid(65534)
    os.setuid(65534)
# It was served before: its secrets are there.
opened(file)[1].store.close()
print("served", flush=True)
sys.stdin.readline()
app, _runtime = opened(file)
server = create_server(app, host="127.0.0.1", port=0, threads=4, ident=None)
print(server.effective_port, flush=True)
server.run()
"""


@dataclass(frozen=True)
class Place:
    """Where a register lies: its file and its folder, and the port of its website once that runs."""

    file: Path
    port: int = 0

    @property
    def home(self) -> str:
        """Where the pages are."""
        return f"http://127.0.0.1:{self.port}"

    def close_file(self) -> None:
        """Let nobody write in the register."""
        self._mode(0o400, 0o700)

    def close_folder(self) -> None:
        """Let nobody write anywhere beside it either, as on a disk that is read-only."""
        self._mode(0o400, 0o500)

    def open(self) -> None:
        """Let it be written again."""
        self._mode(0o600, 0o700)

    def _mode(self, file: int, folder: int) -> None:
        self.file.parent.chmod(0o700)
        for one in self.file.parent.iterdir():
            if one.is_file():
                one.chmod(file)
        self.file.parent.chmod(folder)


@contextmanager
def place() -> Iterator[Place]:
    """Make a register of the organisations of the tests. Where pytest keeps things, only who runs it reads."""
    folder = Path(tempfile.mkdtemp(prefix="gehoor-"))
    try:
        made = Place(publish_all(folder / "register.db"))
        if os.geteuid() == 0:
            for one in (folder, *folder.iterdir()):
                os.chown(one, _NOBODY, _NOBODY)
        yield made
    finally:
        folder.chmod(0o700)
        shutil.rmtree(folder)


@contextmanager
def website(at: Place) -> Iterator[Place]:
    """Serve it in a process of its own, that begins while its file cannot be written: so it holds nothing open that was
    opened to be written, which no test can take away."""
    environment = {**os.environ, "PYTHONPATH": str(SOURCE)}
    server = subprocess.Popen(
        [sys.executable, "-c", _SERVER, str(at.file)],
        env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        text=True,
    )  # fmt: skip
    try:
        assert server.stdout is not None
        assert server.stdin is not None
        assert server.stdout.readline() == "served\n", "it did not start"
        at.close_file()
        server.stdin.write("\n")
        server.stdin.flush()
        told = server.stdout.readline()
        assert told.strip(), "it did not start"
        yield Place(at.file, int(told))
    finally:
        server.terminate()
        server.communicate(timeout=PATIENCE)
