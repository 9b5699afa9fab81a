"""A mailbox over IMAP."""

from __future__ import annotations

import imaplib
import re
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from imap_tools.errors import ImapToolsError, MailboxLoginError, MailboxMoveError
from imap_tools.mailbox import BaseMailBox, MailBox, MailBoxUnencrypted

from gehoor.core.mail.model import LARGEST_MAIL
from gehoor.services.ports.mailbox import MailboxError, MailTooLargeError, Pile

_FOLDERS: Final = {
    Pile.DONE: "Gehoor verwerkt",
    Pile.LOOK: "Gehoor nakijken",
    Pile.MACHINE: "Gehoor automatisch",
}
"""What piles are called in the mailbox: one word for each server, whatever stands between folders there."""
_WRONG: Final = (ImapToolsError, imaplib.IMAP4.error, OSError, ValueError, UnicodeError)
_SIZE: Final = re.compile(rb"RFC822\.SIZE (\d+)")
_TIMEOUT: Final = 30
"""Seconds that the server may take for each answer."""


class Security(StrEnum):
    """How what is said to a server is kept from others."""

    TLS = "tls"
    """From the first byte."""
    STARTTLS = "starttls"
    """Before anything else is said, or nothing is."""
    NONE = "none"
    """For a server on this computer."""


@dataclass(frozen=True, repr=False)
class ImapMailbox:
    """A folder of a mailbox."""

    host: str
    port: int
    user: str
    password: str
    folder: str = "INBOX"
    security: Security = Security.TLS

    @contextmanager
    def connection(self) -> Iterator[ImapConnection]:
        """Sign in and open the folder. Raises ``MailboxError``."""
        try:
            box = self._connected()
        except _WRONG as error:
            raise MailboxError(f"De postbus is niet te bereiken ({_why(error)})") from error
        try:
            try:
                box.login(self.user, self.password, initial_folder=self.folder)
                _know_what_it_can(box)
            except MailboxLoginError as error:
                raise MailboxError("De postbus weigert de naam of het wachtwoord") from error
            except _WRONG as error:
                raise MailboxError(f"De postbus gaat niet open ({_why(error)})") from error
            yield ImapConnection(box, f"{self.user}@{self.host}/{self.folder}/{_age(box)}")
        finally:
            with suppress(*_WRONG):
                box.logout()

    def _connected(self) -> BaseMailBox:
        context = ssl.create_default_context()
        if self.security is Security.TLS:
            return MailBox(self.host, self.port, timeout=_TIMEOUT, ssl_context=context)
        box = MailBoxUnencrypted(self.host, self.port, timeout=_TIMEOUT)
        if self.security is Security.STARTTLS:
            try:
                box.client.starttls(context)
            except BaseException:
                box.client.shutdown()
                raise
        return box


def _know_what_it_can(box: BaseMailBox) -> None:
    """Ask what the server can: many say more once somebody signed in, and neither library asks again."""
    status, found = box.client.capability()
    if status == "OK" and found and found[0]:
        box.client.capabilities = tuple(found[0].decode("ascii", "replace").upper().split())


def _age(box: BaseMailBox) -> str:
    """Return what changes once the numbers of e-mails in a folder are no longer those of the same e-mails
    (UIDVALIDITY, RFC 9051)."""
    found = [one for one in box.client.untagged_responses.get("UIDVALIDITY", ()) if isinstance(one, bytes)]
    return found[-1].decode("ascii", "replace") if found else ""


class ImapConnection:
    """A mailbox that is open."""

    def __init__(self, box: BaseMailBox, known_as: str = "") -> None:
        self._box = box
        self.known_as = known_as
        self._there: set[str] = set()

    def waiting(self) -> Sequence[str]:
        """Return the numbers of the e-mails in the folder, the oldest first. Raises ``MailboxError``."""
        try:
            return sorted(self._box.uids("UNDELETED"), key=int)
        except _WRONG as error:
            raise MailboxError(f"De postbus antwoordt niet zoals het hoort ({_why(error)})") from error

    def read(self, name: str) -> bytes | None:
        """Return an e-mail. Raises ``MailTooLargeError`` and ``MailboxError``."""
        size = _SIZE.search(
            b"".join(one for one in self._asked(name, "(RFC822.SIZE)") if isinstance(one, bytes))
        )
        if size is None:
            return None
        if int(size[1]) > LARGEST_MAIL:
            raise MailTooLargeError
        found = [one[1] for one in self._asked(name, "(BODY.PEEK[])") if isinstance(one, tuple)]
        return bytes(found[0]) if found else None

    def put(self, name: str, pile: Pile) -> None:
        """Move an e-mail to a folder, that is made where it is not there yet. Raises ``MailboxError``."""
        folder = _FOLDERS[pile]
        try:
            if "MOVE" not in self._box.client.capabilities:
                # To copy and erase could end between the two, and erase what others marked.
                raise MailboxError("De mailserver kan geen e-mails verplaatsen (MOVE, RFC 6851)")
            if folder not in self._there and not self._box.folder.exists(folder):
                self._box.folder.create(folder)
            self._there.add(folder)
            try:
                self._box.move(name, folder)
            except MailboxMoveError:
                if self._box.uids(f"UID {name}"):
                    raise
        except _WRONG as error:
            raise MailboxError(f"Een e-mail kan niet naar \u201c{folder}\u201d ({_why(error)})") from error

    def _asked(self, name: str, parts: str) -> list[Any]:
        try:
            status, found = self._box.client.uid("fetch", name, parts)
        except _WRONG as error:
            raise MailboxError(f"De verbinding met de postbus brak af ({_why(error)})") from error
        if status != "OK":
            raise MailboxError("De postbus geeft een e-mail niet")
        return [one for one in found if one is not None]


def _why(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return "geen antwoord"
    return getattr(error, "strerror", None) or type(error).__name__
