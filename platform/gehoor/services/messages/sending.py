"""Sending the messages that wait: again and again until it works, and visibly so.

However many senders there are, each message goes out once: it is claimed first (``claims.py``). What was handed over
and could not be noted, because the sender was killed in between, goes out again as the same mail: same Message-ID.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final, NamedTuple
from uuid import uuid4

from gehoor.core.dossier.events import instant_text
from gehoor.core.text.contacts import is_email
from gehoor.services.messages.addresses import MOOT, NOBODY, UnjudgedError, as_it_goes, left_of, with_code
from gehoor.services.messages.claims import backoff, claim, claimed, give_back, settle
from gehoor.services.ports.outside import MailConnection, Mailer, MailError, MailServerError, PartlySentError
from gehoor.services.ports.records import NO_ROLE, Message
from gehoor.services.ports.store import DamagedError, StoreUnavailableError
from gehoor.services.register.register import reading
from gehoor.services.register.runtime import Runtime

_BATCH: Final = 20
"""How many messages are claimed at a time."""
_VAIN: Final = 5
"""After so many batches of which nothing goes out, it is the server, and not who gave addresses that do not exist."""
_NO_ADDRESS: Final = "het e-mailadres in het dossier kan geen adres zijn: verbeter het daar"
_STRANGE: Final = "dit bericht kan niet verzonden worden ({})"
_LOG: Final = logging.getLogger(__name__)
_LONGEST_WAIT: Final = timedelta(hours=6)
_LONGEST_OUTAGE: Final = timedelta(minutes=15)
"""The longest wait while the mail server is gone: that says nothing of the message, and ends for all at once."""


class Delivered(NamedTuple):
    """How many messages went out, and how many that could be tried must wait."""

    sent: int
    waiting: int


def deliver(
    runtime: Runtime, mailer: Mailer, clock: Callable[[], datetime], stop: Callable[[], bool] = lambda: False
) -> Delivered:
    """Send every message that may be tried now, over one connection, until that is done or ``stop`` says so.

    When the server is gone, or nothing goes out of ``_VAIN`` batches on end, the rest is not tried now either.
    """
    sent = waiting = vain = 0
    with mailer.connection() as connection:
        sender = _Sender(runtime, connection, clock, stop)
        while batch := claim(runtime, sender.name, clock(), _BATCH):
            states = sender.send(batch)
            sent += states.count("sent")
            waiting += states.count("waiting")
            vain = vain + 1 if states.count("waiting") == len(states) else 0
            if sender.server_gone or stop() or vain == _VAIN:
                break
    return Delivered(sent, waiting)


class _Sender:
    """One of perhaps many that send messages at the same time."""

    def __init__(
        self,
        runtime: Runtime,
        connection: MailConnection,
        clock: Callable[[], datetime],
        stop: Callable[[], bool],
    ) -> None:
        self.name = uuid4().hex
        self.server_gone = False
        self._runtime, self._connection = runtime, connection
        self._clock, self._stop = clock, stop

    def send(self, batch: Iterable[Message]) -> list[str]:
        """Send claimed messages, and return what became of those that were tried or must wait. What is left when
        this ends, however it ends, others may have."""
        left = {message.key: message for message in batch}
        states = []
        try:
            for key in [*left]:
                try:
                    after = None if self._stop() else self._what_became(left[key])
                    if after is None:
                        continue
                except DamagedError:
                    del left[key]  # Nothing can be kept of it before it is mended.
                    continue
                except MailServerError as error:
                    self.server_gone = True
                    _put_off(left, key, self._clock(), str(error))
                    states += ["waiting"] * len(left)
                    break
                # Handed over or refused: whatever happens from here on, it is not given back to be sent again.
                del left[key]
                # Saved one by one: what went out is known before the next one is tried.
                with suppress(DamagedError):
                    settle(self._runtime, self.name, after)
                states.append(after.state)
        finally:
            if left:
                give_back(self._runtime, self.name, left.values())
        return states

    def _what_became(self, message: Message) -> Message | None:
        """Try a message. Returns what became of it; nothing when somebody else may have it by now. Whatever it is that
        one message raises is a try of that message in vain, and keeps no other. Raises ``MailServerError``, and as a
        store does."""
        try:
            current = self._current(message.key)
            return None if current is None else self._tried(current)
        except (MailServerError, StoreUnavailableError):
            raise
        except UnjudgedError as error:
            return self._waits(message, str(error))
        except Exception as error:
            # Where it came up tells nobody's words; what it says may.
            _LOG.error("Message about %s cannot be sent: %s", message.dossier, type(error).__name__)
            return self._waits(message, _STRANGE.format(type(error).__name__))

    def _current(self, key: str) -> Message | None:
        """Return a message as it is to be sent now; nothing when somebody else may have it by now."""
        with reading(self._runtime.store) as register:
            now = self._clock()
            message = claimed(register, self.name, key, now)
            return message and as_it_goes(self._runtime, register, message, now)

    def _tried(self, message: Message) -> Message:
        """Hand over a message. Returns what became of it. Raises ``MailServerError`` and ``UnjudgedError``."""
        attempts = message.attempts + 1
        if message.state == MOOT:
            return replace(message, next_at=None, error="")
        if message.state == NOBODY or not message.recipients:
            why = message.error if message.state == NOBODY else NO_ROLE
            return replace(message, state=NOBODY, attempts=attempts, next_at=None, error=why)
        whole = with_code(self._runtime, message)
        if whole.state != message.state:
            return replace(message, state=whole.state, attempts=attempts, next_at=None, error=whole.error)
        try:
            if message.is_outside and not all(map(is_email, whole.recipients)):
                raise MailError(_NO_ADDRESS)
            self._connection.send(whole)
        except MailServerError:
            raise
        except PartlySentError as error:
            return self._waits(left_of(self._runtime, message, error.left), str(error))
        except MailError as error:
            return self._waits(message, str(error))
        return replace(message, state="sent", attempts=attempts, next_at=None, error="", code_of=None)

    def _waits(self, message: Message, why: str) -> Message:
        """Return a message that was tried in vain."""
        attempts = message.attempts + 1
        next_at = instant_text(self._clock() + backoff(attempts, _LONGEST_WAIT))
        return replace(message, attempts=attempts, next_at=next_at, error=why)


def _put_off(left: dict[str, Message], tried: str, now: datetime, error: str) -> None:
    """Have messages wait for a server that is gone. Only for the one that was tried it counts as an attempt; so each
    time another has its turn, and a message on which the server chokes does not stay in front."""
    for key, message in left.items():
        attempts = message.attempts + 1
        next_at = instant_text(now + backoff(attempts, _LONGEST_OUTAGE))
        counted = attempts if key == tried else message.attempts
        left[key] = replace(message, attempts=counted, next_at=next_at, error=error)
