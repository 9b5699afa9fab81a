"""A mail server on paper: it remembers what it was given, and refuses what it is told to."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from gehoor.services.ports.outside import MailError, MailServerError, PartlySentError
from gehoor.services.ports.records import Message


@dataclass
class PaperPost:
    """``down``: it refuses every message; ``gone``: it cannot be reached; ``refuses``: the keys of what it refuses,
    and the addresses."""

    down: bool = False
    gone: bool = False
    refuses: Collection[str] = ()
    messages: list[Message] = field(default_factory=list)
    tried: int = 0

    def forget(self, keys: Iterable[str]) -> None:
        """Paper is not taken back."""

    @contextmanager
    def connection(self) -> Iterator[PaperPost]:
        """Return itself."""
        yield self

    def send(self, message: Message) -> None:
        """Take a message."""
        self.tried += 1
        if self.gone:
            raise MailServerError("de server is weg")
        if self.down or message.key in self.refuses:
            raise MailError("de server antwoordt niet")
        left = tuple(one for one in message.recipients if one in self.refuses)
        if len(left) == len(message.recipients):
            raise MailError("de server weigert elk adres")
        taken = tuple(one for one in message.recipients if one not in left)
        self.messages.append(replace(message, recipients=taken))
        if left:
            raise PartlySentError("de server weigert een adres", left)

    @property
    def sent(self) -> list[str]:
        """The keys of what it took."""
        return [message.key for message in self.messages]

    @property
    def addresses(self) -> list[str]:
        """Whom it took messages for."""
        return [address for message in self.messages for address in message.recipients]
