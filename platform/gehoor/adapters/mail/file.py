"""Mail as files: for trying out, and for organisations that fetch their mail themselves."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from gehoor.adapters.mail.message import as_email, digest_of, key_digest
from gehoor.services.ports.outside import MailError
from gehoor.services.ports.records import Message


class FileMailer:
    """Keeps each message as one ``.eml`` file in a folder; sent again, it takes the place of the first."""

    def __init__(self, folder: Path, sender: str) -> None:
        self._folder = folder
        self._sender = sender

    @contextmanager
    def connection(self) -> Iterator[FileMailer]:
        """Return itself: a folder is always there, or each message says why not."""
        yield self

    def send(self, message: Message) -> None:
        """Write a message, whole or not at all. Raises ``MailError``."""
        mail = as_email(message, self._sender)
        try:
            content = mail.as_bytes()
        except (ValueError, UnicodeError) as error:
            raise MailError("de tekst kan niet in een mail staan") from error
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._write(self._folder / f"{key_digest(message)}.eml", content)
        except OSError as error:
            raise MailError(f"de map voor mail is niet te gebruiken ({error.strerror})") from error

    def forget(self, keys: Iterable[str]) -> None:
        """Remove the files of messages. Raises ``MailError``."""
        try:
            for key in keys:
                (self._folder / f"{digest_of(key)}.eml").unlink(missing_ok=True)
        except OSError as error:
            raise MailError(f"de map voor mail is niet te gebruiken ({error.strerror})") from error

    def _write(self, file: Path, content: bytes) -> None:
        number, draft = tempfile.mkstemp(dir=self._folder, prefix=".", suffix=".tmp")
        try:
            with os.fdopen(number, "wb") as stream:
                stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
            Path(draft).replace(file)
        except BaseException:
            Path(draft).unlink(missing_ok=True)
            raise
