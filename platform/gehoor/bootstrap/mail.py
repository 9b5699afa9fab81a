"""The mail that goes out: through the server that the environment names, or as files beside the register."""

from __future__ import annotations

import os
import re
from email.utils import getaddresses
from pathlib import Path
from typing import Final
from urllib.parse import SplitResult, unquote, urlsplit

from gehoor.adapters.mail.file import FileMailer
from gehoor.adapters.mail.smtp import SmtpMailer
from gehoor.bootstrap import SetupError
from gehoor.services.ports.outside import Mailer

_ADDRESS: Final = re.compile(r"[^@\s<>,;:\"()\[\]\\]{1,64}@[^@\s<>,;:\"()\[\]\\]{1,253}")
_PORTS: Final = {"smtp": 587, "smtps": 465}


def mailer(store: Path) -> Mailer:
    """Return what sends mail: the server that ``GEHOOR_SMTP`` names, or else a folder beside the register.

    Raises ``SetupError`` when the settings cannot be used.
    """
    text = os.environ.get("GEHOOR_SMTP", "")
    sender = _sender()
    if not text:
        return outbox(store)
    server = _server(text)
    if not sender:
        raise SetupError("GEHOOR_MAIL_FROM ontbreekt: zet daar het adres waarvan de berichten vertrekken.")
    return SmtpMailer(
        host=server.hostname or "",
        port=server.port or _PORTS[server.scheme],
        sender=sender,
        user=unquote(server.username or ""),
        password=unquote(server.password or ""),
        encrypted=server.scheme == "smtps",
    )


def outbox(store: Path) -> Mailer:
    """Return what keeps mail as files, in the folder ``outbox`` beside the register."""
    return FileMailer(store.parent / "outbox", _sender() or "gehoor@localhost")


def _sender() -> str:
    """Return the address that messages come from, perhaps with a name; empty where none was given."""
    text = os.environ.get("GEHOOR_MAIL_FROM", "").strip()
    found = getaddresses([text]) if text.isprintable() else []
    if text and not (len(found) == 1 and _ADDRESS.fullmatch(found[0][1])):
        raise SetupError(
            "GEHOOR_MAIL_FROM kan niet; schrijf een adres, zoals klachten@voorbeeld.be of Klachtendienst "
            "<klachten@voorbeeld.be>."
        )
    return text


def _server(text: str) -> SplitResult:
    refused = SetupError("GEHOOR_SMTP kan niet; schrijf smtp://naam:wachtwoord@server:poort of smtps://...")
    try:
        server = urlsplit(text)
        usable = server.scheme in _PORTS and server.hostname and (server.port is None or server.port > 0)
    except ValueError as error:
        raise refused from error
    if not usable:
        raise refused
    return server
