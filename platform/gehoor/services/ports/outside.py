"""The ports to the outside world, beside the store (``store.py``) and the rule engine (in ``core/conditions``)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from gehoor.core.figures.register_sheet import RegisterSheets
from gehoor.core.figures.report_document import ReportDocument
from gehoor.core.forms.file_kinds import FileKind
from gehoor.core.letters.paper import PaperLetter
from gehoor.services.ports.records import Message


class MailError(Exception):
    """A message could not be handed over; it may be tried again."""


class MailServerError(MailError):
    """Nothing can be handed over now: no other message either."""


class PartlySentError(MailError):
    """Some of its people have a message. ``left``: the addresses of the others, who may have it later."""

    def __init__(self, why: str, left: tuple[str, ...]) -> None:
        super().__init__(why)
        self.left = left


class MailConnection(Protocol):
    """Where messages are handed over, one after the other."""

    def send(self, message: Message) -> None:
        """Send a message to all its recipients. When this returns, whoever delivers it has it. Raises ``MailError``,
        ``PartlySentError`` when some have it, and ``MailServerError`` when there is no sense in trying another."""
        ...


class Mailer(Protocol):
    """Hands messages over to people."""

    def connection(self) -> AbstractContextManager[MailConnection]:
        """Return a connection for as many messages as there are, and end it after them. Nobody is connected to before
        there is something to send."""
        ...

    def forget(self, keys: Iterable[str]) -> None:
        """Take out what it still keeps of the messages with these keys. Raises ``MailError``."""
        ...


class Likeness(Protocol):
    """Says of two stories whether they may be one, told in other words. People judge it; nothing is decided by it."""

    def maybe_retold(self, one: str, other: str) -> bool:
        """Say whether two texts may tell the same."""
        ...


class PasswordHasher(Protocol):
    """Keeps passwords as hashes that cannot be turned back."""

    def hash(self, password: str) -> str:
        """Return the hash of a password."""
        ...

    def matches(self, password_hash: str, password: str) -> bool:
        """Say whether a password belongs to a hash, in a time that tells nothing."""
        ...

    def matches_nothing(self, password: str) -> None:
        """Do as much work as ``matches``, for a name that is nobody's: the time of an answer tells not who has an
        account."""
        ...

    def outdated(self, password_hash: str) -> bool:
        """Say whether a hash was made at another cost than the one used now."""
        ...


class CommonPasswords(Protocol):
    """Knows what people choose as a password, and those who guess try first."""

    def easy(self, password: str, about: Sequence[str]) -> bool:
        """Say whether a password is quickly guessed, also by who knows these words about its owner."""
        ...


class OneTimeCodes(Protocol):
    """Codes of six digits that change every half minute (RFC 6238), as apps on a phone make them."""

    def new_secret(self) -> str:
        """Return a fresh secret, in letters and digits that can be typed."""
        ...

    def step(self, secret: str, code: str, now: datetime) -> int | None:
        """Return the number of the half minute that a code belongs to, when that is about now; else None."""
        ...

    def address(self, secret: str, account: str, issuer: str) -> str:
        """Return the address that an app reads from a picture."""
        ...


class SingleSignOnError(Exception):
    """Signing in elsewhere did not work. The text says why, for whoever runs the server."""


class SingleSignOn(Protocol):
    """A place elsewhere where people sign in, that then says who they are."""

    @property
    def name(self) -> str:
        """What people call it."""
        ...

    def start(self) -> tuple[str, str]:
        """Return the address to send someone to, and what to keep for when they come back; it is secret. Raises
        ``SingleSignOnError``."""
        ...

    def finish(self, kept: str, given: Mapping[str, str], now: datetime) -> str:
        """Return the name of the account of someone who came back with what was ``given`` in the address. Raises
        ``SingleSignOnError``."""
        ...


class NoKeyError(Exception):
    """The key that stands beside the register cannot be read."""


class Vault(Protocol):
    """Makes texts unreadable with a key that is not in the register: whoever has only the register has nothing."""

    def seal(self, purpose: str, text: str) -> str:
        """Return a text that only ``opened`` can read, for the same purpose."""
        ...

    def opened(self, purpose: str, sealed: str) -> str | None:
        """Return what was sealed; None for what was not sealed here, for this purpose, or was touched."""
        ...

    def digest(self, purpose: str, text: str) -> str:
        """Return a hash that cannot be guessed at without the key."""
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


class CleaningBounds(Protocol):
    """What making files anew may take."""

    def turn(self) -> AbstractContextManager[None]:
        """Wait until a file may be made anew: it takes memory and time. Raises ``FileRefusedError``."""
        ...

    def spend(self, pixels: int) -> None:
        """Count pixels of a picture that is about to be made anew. Raises ``FileRefusedError`` for too many."""
        ...


class LetterPrinter(Protocol):
    """Makes documents of letters."""

    def pdf(self, letter: PaperLetter) -> bytes:
        """Return a letter as a PDF document, with a structure that can be read aloud. In the place of a sign that no
        font has, it shows a box."""
        ...

    def unshown(self, letter: PaperLetter) -> tuple[str, ...]:
        """Return the signs of a letter that no font has, each once."""
        ...


class ReportFiles(Protocol):
    """Makes files of reports. What a text in it says is never read as markup, and never as a formula."""

    def pdf(self, document: ReportDocument) -> bytes | None:
        """Return a report as a PDF document with a structure that can be read aloud; None where none can be made."""
        ...

    def xlsx(self, document: ReportDocument) -> bytes:
        """Return a report as a workbook, its numbers as numbers."""
        ...

    def register_xlsx(self, made: RegisterSheets) -> bytes:
        """Return an export of a register as a workbook, numbers as numbers and days as days."""
        ...


class FileInspector(Protocol):
    """Looks at files that people send, before anything of them is kept."""

    def cleaned(self, content: bytes, kind: FileKind, bounds: CleaningBounds) -> bytes:
        """Return a file of this kind, with nothing in a picture but the picture. Raises ``FileRefusedError``, also
        for what cannot be cleaned and for what goes beyond the bounds. A large picture is made smaller."""
        ...

    def preview(self, content: bytes, kind: FileKind) -> bytes:
        """Return a small JPEG of a picture that was cleaned, to recognise it by."""
        ...
