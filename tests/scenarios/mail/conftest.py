"""A mail server, where the system has one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import https_proxy
from tests.support.imap_server import DOVECOT, MailServer, mail_server

HOW = "install the package dovecot-imapd"


@pytest.fixture(scope="session")
def server() -> Iterator[MailServer]:
    """Give the one mail server of this process."""
    if DOVECOT is None:
        pytest.skip(f"Dovecot is not on this computer: {HOW}")
    with mail_server() as one:
        yield one


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a certificate with its key, that nobody knows."""
    return https_proxy.certificate(tmp_path_factory.mktemp("certificate"))


@pytest.fixture(scope="session")
def safe_server(certificate: Path) -> Iterator[MailServer]:
    """Give a mail server that speaks TLS."""
    if DOVECOT is None:
        pytest.skip(f"Dovecot is not on this computer: {HOW}")
    with mail_server(certificate) as one:
        yield one
