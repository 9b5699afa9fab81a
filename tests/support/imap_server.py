"""A mail server for tests: Dovecot, as the system has it, started without any rights for as long as a test lasts."""

from __future__ import annotations

import imaplib
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.support.patience import PATIENCE

DOVECOT = shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
PASSWORD = "lindebloesem"
HOST = "127.0.0.1"
_LINES = """
base_dir = {home}/run
state_dir = {home}/state
log_path = {home}/log
protocols = imap
listen = {host}
ssl = {ssl}
disable_plaintext_auth = no
default_internal_user = {user}
default_login_user = {user}
default_internal_group = {group}
default_vsz_limit = 256M
mail_location = maildir:{home}/mail/%u
first_valid_uid = 1
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={home}/home/%u
}}
service anvil {{
  chroot =
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
  }}
}}
"""


@dataclass(frozen=True)
class MailServer:
    """A server that listens. Each name is a mailbox of its own; all have the same password."""

    port: int
    tls_port: int = 0
    """Where it speaks TLS from the first byte; 0: nowhere."""

    def put(self, name: str, contents: Iterable[bytes], folder: str = "INBOX") -> None:
        """Put e-mails in a mailbox."""
        with self.signed_in(name) as client:
            for content in contents:
                status, said = client.append(folder, None, None, content)  # type: ignore[arg-type]
                assert status == "OK", said

    def subjects(self, name: str, folder: str = "INBOX") -> list[str]:
        """Return what e-mails in a folder are about; a folder that is not there has none."""
        with self.signed_in(name) as client:
            if client.select(f'"{folder}"', readonly=True)[0] != "OK":
                return []
            numbers = client.search(None, "ALL")[1][0].replace(b" ", b",").decode()
            if not numbers:
                return []
            found = client.fetch(numbers, "(BODY.PEEK[HEADER.FIELDS (SUBJECT)])")[1]
            lines = [one[1] for one in found if isinstance(one, tuple)]
        return sorted(line.decode().strip().removeprefix("Subject: ") for line in lines)

    @contextmanager
    def signed_in(self, name: str) -> Iterator[imaplib.IMAP4]:
        """Give a client that is signed in."""
        with imaplib.IMAP4(HOST, self.port, timeout=PATIENCE) as client:
            client.login(name, PASSWORD)
            yield client


@contextmanager
def mail_server(certificate: Path | None = None) -> Iterator[MailServer]:
    """Start a server, and stop it in the end. ``certificate``: with its key, for TLS."""
    assert DOVECOT is not None
    own = pwd.getpwuid(os.getuid())
    # As root it gives up what it may: nobody is to run a mail server so.
    account = pwd.getpwnam("nobody") if own.pw_uid == 0 else own
    home = Path(tempfile.mkdtemp(prefix="gehoor-imap-"))
    try:
        port, tls_port = _free_port(), _free_port() if certificate else 0
        group = _group_of(account.pw_gid)
        lines = _LINES.format(
            home=home, host=HOST, port=port, tls_port=tls_port, ssl="yes" if certificate else "no",
            password=PASSWORD, user=account.pw_name, group=group,
            uid=account.pw_uid, gid=account.pw_gid,
        )  # fmt: skip
        for folder in ("run", "state", "mail", "home"):
            (home / folder).mkdir()
        if certificate:
            (home / "certificate.pem").write_bytes(certificate.read_bytes())
            lines += "".join(f"ssl_{one} = <{home}/certificate.pem\n" for one in ("cert", "key"))
        (home / "dovecot.conf").write_text(lines)
        less = {}
        if own.pw_uid == 0:
            for one in (home, *home.iterdir()):
                os.chown(one, account.pw_uid, account.pw_gid)
            less = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
        command = [DOVECOT, "-F", "-c", str(home / "dovecot.conf")]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **less) as server:  # type: ignore[call-overload]
            try:
                _wait_for(port, server, home)
                yield MailServer(port, tls_port)
            finally:
                server.terminate()
                server.wait(PATIENCE)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _wait_for(port: int, server: subprocess.Popen[bytes], home: Path) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if server.poll() is not None:
            log = home / "log"
            raise AssertionError(
                f"{server.stdout.read() if server.stdout else ''} {log.read_text() if log.exists() else ''}"
            )
        with socket.socket() as tried:
            if tried.connect_ex((HOST, port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError("the mail server does not listen")


def _free_port() -> int:
    with socket.socket() as one:
        one.bind((HOST, 0))
        return int(one.getsockname()[1])


def _group_of(number: int) -> str:
    import grp

    return grp.getgrgid(number).gr_name
