"""A mail server, where the system has one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.imap_server import DOVECOT, MailServer, mail_server

HOW = "install the package dovecot-imapd"


@pytest.fixture(scope="session")
def server() -> Iterator[MailServer]:
    """Give the one mail server of this process."""
    if DOVECOT is None:
        pytest.skip(f"Dovecot is not on this computer: {HOW}")
    with mail_server() as one:
        yield one
