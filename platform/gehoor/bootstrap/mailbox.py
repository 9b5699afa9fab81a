"""The mailbox that e-mails come in by, when the environment names one."""

from __future__ import annotations

import os
from email.utils import parseaddr
from ipaddress import ip_address
from pathlib import Path
from typing import Final
from urllib.parse import SplitResult, unquote, urlsplit

from gehoor.bootstrap import SetupError
from gehoor.services.ports.mailbox import Mailbox

_PORTS: Final = {"imaps": 993, "imap": 143}


def mailbox() -> Mailbox:
    """Return the mailbox that ``GEHOOR_IMAP`` names. Raises ``SetupError``."""
    server = _server(os.environ.get("GEHOOR_IMAP", ""))
    # Only here: without this setting nobody needs the library.
    from gehoor.adapters.mail.imap import ImapMailbox, Security  # noqa: PLC0415

    return ImapMailbox(
        host=server.hostname or "",
        port=server.port or _PORTS[server.scheme],
        user=unquote(server.username or ""),
        password=_password(),
        folder=unquote(server.path.strip("/")) or "INBOX",
        security=Security(_security(server)),
    )


def own_addresses() -> tuple[str, ...]:
    """Return the addresses that our own messages come from."""
    address = parseaddr(os.environ.get("GEHOOR_MAIL_FROM", ""))[1]
    return (address,) if address else ()


def _server(text: str) -> SplitResult:
    if not text:
        raise SetupError("GEHOOR_IMAP ontbreekt: zet daar de postbus, als imaps://naam@server.")
    refused = SetupError(
        "GEHOOR_IMAP kan niet; schrijf imaps://naam@server of imaps://naam@server:poort/map."
    )
    try:
        server = urlsplit(text)
        usable = server.scheme in _PORTS and server.hostname and server.username and server.port != 0
    except ValueError as error:
        raise refused from error
    if not usable:
        raise refused
    if server.password:
        raise SetupError(
            "Zet het wachtwoord niet in GEHOOR_IMAP, maar in het bestand van GEHOOR_IMAP_PASSWORD_FILE."
        )
    return server


def _security(server: SplitResult) -> str:
    if server.scheme == "imaps":
        return "tls"
    return "none" if _is_here(server.hostname or "") else "starttls"


def _password() -> str:
    file = os.environ.get("GEHOOR_IMAP_PASSWORD_FILE", "")
    if not file:
        raise SetupError("GEHOOR_IMAP_PASSWORD_FILE ontbreekt: noem daar het bestand met het wachtwoord.")
    try:
        password = Path(file).read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SetupError(
            f"Het bestand in GEHOOR_IMAP_PASSWORD_FILE kan niet gelezen worden: {file}"
        ) from error
    if not password:
        raise SetupError(f"Het bestand in GEHOOR_IMAP_PASSWORD_FILE is leeg: {file}")
    return password


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
