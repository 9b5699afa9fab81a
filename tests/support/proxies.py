"""The proxies whose examples are in ``deploy/``, where they are on this computer, in front of a port of a test."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from tests.scenarios.cli.site.test_serve import free_port, wait_for
from tests.support.https_proxy import certificate
from tests.support.patience import PATIENCE
from tests.support.places import CHECKOUT

DEPLOY: Final = CHECKOUT / "deploy"
_FIRST_CADDY: Final = (2, 7)
"""The first that knows ``request_buffers``."""


def nginx_program() -> str | None:
    """Return where nginx is, if it is here; it lies where only administrators look."""
    return shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")


def caddy_program() -> str | None:
    """Return where a Caddy is that knows what the example says, if there is one here."""
    for folder in (str(Path(sys.prefix) / "bin"), os.environ.get("PATH", "")):
        program = shutil.which("caddy", path=folder)
        if program is None:
            continue
        told = subprocess.run([program, "version"], capture_output=True, text=True, check=False).stdout
        found = re.match(r"v?(\d+)\.(\d+)", told)
        if found and (int(found[1]), int(found[2])) >= _FIRST_CADDY:
            return program
    return None


def nginx_words(folder: Path, port: int, *behind: int) -> list[str]:
    """Write the example of nginx for a test into a folder, before one server or more; returns the command that starts
    it."""
    text = (DEPLOY / "nginx.conf").read_text("utf-8")
    key = certificate(folder)
    for old, new in (
        ("listen 443 ssl;", f"listen 127.0.0.1:{port} ssl;"),
        ("/etc/ssl/klachten.pem", str(key)),
        ("/etc/ssl/klachten.key", str(key)),
        ("/var/log/nginx/gehoor-fouten.log", str(folder / "error.log")),
        ("server 127.0.0.1:8000 ", "\n".join(f"server 127.0.0.1:{one} max_fails=0;" for one in behind) + "#"),
    ):
        assert old in text
        text = text.replace(old, new)
    places = "".join(
        f"{what}_temp_path {folder / what};\n"
        for what in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    # Who works for an administrator is somebody else, who finds no file of a test.
    user = "user root;\n" if os.name == "posix" and os.geteuid() == 0 else ""
    whole = (
        f"{user}daemon off;\npid {folder / 'pid'};\nerror_log {folder / 'error.log'};\n"
        f"events {{ worker_connections 1024; }}\nhttp {{\n{places}{text}}}\n"
    )
    (folder / "nginx.conf").write_text(whole, "utf-8")
    program = nginx_program()
    assert program is not None
    return [program, "-p", str(folder), "-e", str(folder / "error.log"), "-c", str(folder / "nginx.conf")]


def caddy_words(folder: Path, port: int, *behind: int) -> list[str]:
    """Write the example of Caddy for a test into a folder; returns the command that starts it. It speaks no HTTPS:
    the certificates of a test are nobody's."""
    text = (DEPLOY / "Caddyfile").read_text("utf-8")
    for old, new in (
        ("klachten.voorbeeld.be {", f"http://127.0.0.1:{port} {{"),
        ("{\n\tservers", "{\n\tadmin off\n\tservers"),
        ("127.0.0.1:8000", " ".join(f"127.0.0.1:{one}" for one in behind)),
    ):
        assert old in text
        text = text.replace(old, new)
    (folder / "Caddyfile").write_text(text, "utf-8")
    program = caddy_program()
    assert program is not None
    return [program, "run", "--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"]


WORDS: Final[Mapping[str, Callable[..., list[str]]]] = {
    "nginx": nginx_words,
    "caddy": caddy_words,
}
PROGRAMS: Final[Mapping[str, Callable[[], str | None]]] = {"nginx": nginx_program, "caddy": caddy_program}
HTTPS: Final = frozenset({"nginx"})


@contextmanager
def proxy_in_front(which: str, folder: Path, *behind: int) -> Iterator[int]:
    """Have a proxy pass on to a port, or to several; yields the port that it listens at."""
    port = free_port()
    environment = {
        **os.environ,
        "HOME": str(folder),
        "XDG_DATA_HOME": str(folder),
        "XDG_CONFIG_HOME": str(folder),
    }
    process = subprocess.Popen(
        WORDS[which](folder, port, *behind),
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(lambda: process.poll() is not None or _listens(port))
        assert process.poll() is None, "it did not start"
        yield port
    finally:
        process.terminate()
        process.wait(PATIENCE)


def _listens(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE):
            return True
    except OSError:
        return False
