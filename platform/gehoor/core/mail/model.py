"""What there is to know of an e-mail that came in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

LARGEST_MAIL: Final = 25 * 1024 * 1024
"""The size of the largest e-mail that is read, in bytes: what mail servers usually take."""


class UnreadableMailError(Exception):
    """This is no e-mail that can be read. ``code`` says why: ``mail-too-large``, ``mail-no-mail``, ``mail-tangled``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class MailKind(StrEnum):
    """Who or what wrote an e-mail."""

    PERSON = "person"
    AUTOMATIC = "automatic"
    """A machine answered, or wrote to a list."""
    BOUNCE = "bounce"
    """A mail server says that something did not arrive."""
    OWN = "own"
    """It comes from where our own messages come from."""


@dataclass(frozen=True, slots=True)
class MailFile:
    """A file that came with an e-mail, as it came: nobody looked at it yet."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class IncomingMail:
    """An e-mail. What it does not say, or not legibly, is empty or None; instants are UTC."""

    kind: MailKind
    sender_name: str = ""
    sender_address: str = ""
    subject: str = ""
    text: str = ""
    sent_at: datetime | None = None
    """By the clock of whoever sent it."""
    received_at: datetime | None = None
    """By the clock of the last server that passed it on."""
    message_id: str = ""
    files: tuple[MailFile, ...] = ()
    unread: tuple[str, ...] = ()
    """The names of what is in it and could not be taken out."""
