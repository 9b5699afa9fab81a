"""The ports to the outside world, beside the store (``tables.py``) and the rule engine (``core/engine.py``)."""

from __future__ import annotations

from typing import Protocol

from gehoor.core.file_kinds import FileKind
from gehoor.services.records import Message


class MailError(Exception):
    """A message could not be handed over; it may be tried again."""


class Mailer(Protocol):
    """Hands messages over to people."""

    def send(self, message: Message) -> None:
        """Send a message to all its recipients. Raises ``MailError``."""
        ...


class PasswordHasher(Protocol):
    """Keeps passwords as hashes that cannot be turned back."""

    def hash(self, password: str) -> str:
        """Return the hash of a password."""
        ...

    def matches(self, password_hash: str, password: str) -> bool:
        """Say whether a password belongs to a hash, in a time that tells nothing."""
        ...


class SealBrokenError(Exception):
    """What was sealed cannot be opened with this key, or is not what it was."""


class Sealer(Protocol):
    """Seals what only the holder of a key may read."""

    def seal(self, key: bytes, plain: bytes) -> bytes:
        """Seal something under a key of 32 bytes."""
        ...

    def unseal(self, key: bytes, sealed: bytes) -> bytes:
        """Return what was sealed. Raises ``SealBrokenError``."""
        ...


class FileRefusedError(Exception):
    """A file cannot be kept. ``code`` is that of the objection to it."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class FileInspector(Protocol):
    """Looks at files that people send, before anything of them is kept."""

    def cleaned(self, content: bytes, kind: FileKind) -> bytes:
        """Return a file of this kind, with nothing in a picture but the picture. Raises ``FileRefusedError``, also
        for what cannot be cleaned."""
        ...
