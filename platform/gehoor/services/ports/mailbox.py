"""The port to a mailbox in which e-mails wait."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from enum import StrEnum
from typing import Protocol


class MailboxError(Exception):
    """The mailbox cannot be used now. The text says why, for whoever runs the server."""


class MailTooLargeError(Exception):
    """An e-mail is larger than what is read."""


class Pile(StrEnum):
    """Where an e-mail is put once it was read. It is never deleted."""

    DONE = "done"
    LOOK = "look"
    """A dossier was made of it; something that came with it is not in there."""
    MACHINE = "machine"
    """No person wrote it."""


class MailboxConnection(Protocol):
    """A mailbox that is open."""

    @property
    def known_as(self) -> str:
        """By what this mailbox is known for as long as the names that it gives e-mails are those of the same ones."""
        ...

    def waiting(self) -> Sequence[str]:
        """Return what names the e-mails that wait, the oldest first. Raises ``MailboxError``."""
        ...

    def read(self, name: str) -> bytes | None:
        """Return an e-mail, which stays where it is and is not marked as read; None when it is gone. Raises
        ``MailTooLargeError`` and ``MailboxError``."""
        ...

    def put(self, name: str, pile: Pile) -> None:
        """Put an e-mail in a pile, at once and whole. One that is gone is put there by somebody else. Raises
        ``MailboxError``."""
        ...


class Mailbox(Protocol):
    """Where e-mails wait until somebody reads them."""

    def connection(self) -> AbstractContextManager[MailboxConnection]:
        """Open the mailbox, and leave it in the end. Raises ``MailboxError``."""
        ...
