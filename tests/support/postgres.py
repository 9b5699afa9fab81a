"""A PostgreSQL server of the tests' own: in a folder of its own, reached by a socket in it, and gone afterwards."""

from __future__ import annotations

import itertools
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Final
from urllib.parse import quote

import psycopg

from tests.support.patience import PATIENCE

_SETTINGS: Final = {
    # The tests kill servers, never the computer: what the system was given is there.
    "fsync": "off",
    "full_page_writes": "off",
    "listen_addresses": "",
    "max_connections": "60",
    "shared_buffers": "32MB",
    "autovacuum": "off",
    "jit": "off",
}

BOSS: Final = "baas"
"""Who may do anything in the servers of the tests."""
_WORKER: Final = (
    "DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'gehoor') THEN CREATE ROLE gehoor LOGIN; "
    "GRANT ALL ON SCHEMA public TO gehoor; END IF; END $$"
)


@cache
def binaries() -> Path | None:
    """Return the folder with the programs of PostgreSQL 15 or later, None where there is none."""
    places = [Path(found).resolve().parent for found in [shutil.which("postgres")] if found]
    debian = Path("/usr/lib/postgresql")
    places += sorted(debian.glob("*/bin"), key=lambda one: int(one.parent.name), reverse=True)
    return next((place for place in places if _fits(place)), None)


def _fits(place: Path) -> bool:
    if not all((place / name).exists() for name in ("postgres", "initdb", "pg_ctl")):
        return False
    said = subprocess.run(
        [place / "postgres", "--version"], capture_output=True, text=True, check=False
    ).stdout
    number = said.split()[-1].split(".")[0] if "(Debian" not in said else said.split()[2].split(".")[0]
    return number.isdigit() and int(number) >= 15


class Server:
    """A server; ``kill`` and ``start`` it as often as a test likes."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self.folder = folder
        self.data = folder / "data"
        self._settings = {**_SETTINGS, **settings}
        self._numbers = itertools.count(1)

    def make(self) -> None:
        """Make the cluster, with a user that may do anything, and that anybody on this computer may be."""
        words = [
            "--username",
            BOSS,
            "--auth",
            "trust",
            "--encoding",
            "UTF8",
            "--locale",
            "C",
            "--no-sync",
        ]
        self._run("initdb", "--pgdata", str(self.data), *words)

    def start(self) -> None:
        """Start the server and wait until it answers."""
        settings = {**self._settings, "unix_socket_directories": str(self.folder)}
        options = " ".join(f"-c {name}='{value}'" for name, value in settings.items())
        log = str(self.folder / "log")
        self._run("pg_ctl", "--pgdata", str(self.data), "-l", log, "-w", "-o", options, "start")
        with psycopg.connect(self.boss_address(), autocommit=True) as connection:
            (place,) = connection.execute("SHOW data_directory").fetchone() or ("",)
            assert Path(place) == self.data, "another server answers"
            if connection.execute("SELECT pg_is_in_recovery()").fetchone() != (True,):
                # Who works with a register may do no more than with what is theirs.
                connection.execute(_WORKER)

    def stop(self, mode: str = "immediate") -> None:
        """Stop it: ``immediate`` as by ``kill -9``, ``fast`` in good order."""
        self._run("pg_ctl", "--pgdata", str(self.data), "-w", "-m", mode, "stop")

    def restart(self, mode: str = "immediate") -> None:
        """Stop it and start it again."""
        self.stop(mode)
        self.start()

    @contextmanager
    def standby(self, name: str) -> Iterator[Server]:
        """Run a server that follows this one, and can take over; it answers to what waits for ``name``."""
        with _folder() as folder:
            other = Server(folder, **{**self._settings, "hot_standby": "on"})
            source = f"host={self.folder} user={BOSS} application_name={name}"
            self._run("pg_basebackup", "-D", str(other.data), "-d", source, "-R", "--checkpoint=fast")
            other.start()
            try:
                yield other
            finally:
                if (other.data / "postmaster.pid").exists():
                    other.stop()

    def promote(self) -> None:
        """Have a standby take over."""
        self._run("pg_ctl", "--pgdata", str(self.data), "-w", "promote")

    def address(self, schema: str = "public") -> str:
        """Return where it is reached, for one who works in a schema."""
        place, path = quote(str(self.folder), safe=""), quote(f"-csearch_path={schema}")
        return f"postgresql://gehoor@{place}/postgres?options={path}"

    def boss_address(self, address: str = "") -> str:
        """Return the same for one who may do anything there, and is held to nothing."""
        return (address or self.address()).replace("//gehoor@", f"//{BOSS}@")

    def new_address(self) -> str:
        """Return where a place is reached that nobody used yet."""
        schema = f"t{os.getpid()}_{next(self._numbers)}"
        with psycopg.connect(self.boss_address(), autocommit=True) as connection:
            connection.execute(f"CREATE SCHEMA {schema} AUTHORIZATION gehoor".encode())
        return self.address(schema)

    def ask(self, sql: str, address: str = "") -> list[tuple[object, ...]]:
        """Ask something of the server, outside Gehoor, as one who may do anything."""
        with psycopg.connect(self.boss_address(address), autocommit=True) as connection:
            cursor = connection.execute(sql.encode())
            return cursor.fetchall() if cursor.description else []

    def _run(self, name: str, *words: str) -> None:
        place = binaries()
        assert place is not None
        run_as_nobody([str(place / name), *words])


def run_as_nobody(command: list[str]) -> None:
    """Run a command as the user that the servers of the tests run as."""
    # Not a pipe: what a server that is started inherits would keep it open.
    with tempfile.TemporaryFile() as said:
        done = subprocess.run(
            command, stdout=said, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
            check=False, timeout=PATIENCE, cwd="/", **_as_somebody(),
        )  # fmt: skip
        said.seek(0)
        assert done.returncode == 0, said.read().decode(errors="replace")


def _as_somebody() -> dict[str, object]:
    """Return how a process is run by somebody else than root, whom PostgreSQL refuses."""
    if os.geteuid() != 0:
        return {}
    user = _nobody()
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def _nobody() -> pwd.struct_passwd:
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise AssertionError("there is no user to run a server as")


@contextmanager
def running(**settings: str) -> Iterator[Server]:
    """Run a server for as long as the block takes."""
    with _folder() as folder:
        server = Server(folder, **settings)
        try:
            server.make()
            server.start()
            yield server
        finally:
            if (server.data / "postmaster.pid").exists():
                server.stop()


@contextmanager
def _folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="gehoor-pg-"))
    if os.geteuid() == 0:
        os.chown(folder, _nobody().pw_uid, _nobody().pw_gid)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def why_not() -> str:
    """Return why no server can be run here; empty when one can."""
    if sys.platform == "win32":
        return "PostgreSQL is not run by these tests on Windows"
    return "" if binaries() else "PostgreSQL 15 or later is not on this computer"


if __name__ == "__main__":
    sys.exit(why_not() or None)
