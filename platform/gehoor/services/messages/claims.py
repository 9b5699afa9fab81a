"""Claims on messages: who sends which, so that of many senders at once each message has one.

A claim is a lease: a sender that is killed keeps nobody waiting for longer than ``LEASE``. It stands in the message
itself, under the writing transaction of the store, so that it holds between threads, processes and computers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from operator import itemgetter
from typing import Final

from gehoor.core.dossier.events import instant_text, parse_instant
from gehoor.services.ports.records import Message
from gehoor.services.register.register import Register, reading, writing
from gehoor.services.register.runtime import Runtime

LEASE: Final = timedelta(minutes=10)
"""How long a claim holds. Half of it is for the last message that is begun under it: a mail server gets that long."""

ASTRAY: Final = timedelta(hours=12)
"""A message waits for no longer: one that would, was put off while the clock was ahead."""
_LOOKED_AT: Final = 1000
"""Among so many is looked for what goes first."""


WAITING: Final = "waiting"
"""The state of a message to people that waits."""
POSTING: Final = "posting"
"""The state of an event for a program that waits."""
UNTOLD: Final = "untold"
"""The state of an event of which nobody knows for which programs it is, as that cannot be read now."""
_FIRST_WAIT: Final = timedelta(minutes=1)
_GONE_OUT: Final = ("sent", "posted")


def claim(runtime: Runtime, sender: str, now: datetime, limit: int, state: str = WAITING) -> list[Message]:
    """Claim messages that may be sent now and that nobody else has, the oldest first: those for staff, then those for
    people outside that were not tried yet, then the others. What strangers have us send keeps nobody else waiting. Of
    events each program gets its share. ``state``: what they wait as. Returns them as they were."""
    with reading(runtime.store) as register:
        if not (register.messages_to_send(now, 1, state) or register.messages_astray(now + ASTRAY, 1, state)):
            return []  # Most of the time; nobody is kept from writing for it.
    with writing(runtime.store) as register:
        waiting = [
            *register.messages_to_send(now, _LOOKED_AT, state),
            *register.messages_astray(now + ASTRAY, _LOOKED_AT, state),
        ]
        shared = _first_of_each_first(waiting) if state == POSTING else waiting
        found = sorted(shared, key=lambda one: (one.is_outside, one.is_outside and one.attempts > 0))[:limit]
        until = instant_text(now + LEASE)
        for message in found:
            register.save_message(replace(message, claimed_by=sender, next_at=until))
    return found


def claimed(register: Register, sender: str, key: str, now: datetime) -> Message | None:
    """Return a message as it is now; nothing when it is not the sender's any more, or not for long enough."""
    message = register.message(key)
    if not _is_of(message, sender) or message is None or message.next_at is None:
        return None
    return message if parse_instant(message.next_at) - now >= LEASE / 2 else None


def settle(runtime: Runtime, sender: str, message: Message) -> None:
    """Keep what became of a message. That it was sent holds, whoever has it by now; all else only from who has it."""
    with writing(runtime.store) as register:
        kept = register.message(message.key)
        gone = message.state in _GONE_OUT and kept is not None and kept.state not in _GONE_OUT
        if _is_of(kept, sender) or gone:
            register.save_message(replace(message, claimed_by=None))


def give_back(runtime: Runtime, sender: str, messages: Iterable[Message]) -> None:
    """Let others have messages that this sender claimed and did not send, as they were before."""
    with writing(runtime.store) as register:
        for message in messages:
            if _is_of(register.message(message.key), sender):
                register.save_message(replace(message, claimed_by=None))


def put_off(runtime: Runtime, hook: str, now: datetime, like: Callable[[Message], Message]) -> None:
    """Let the events that wait for a program, and may be told now, become ``like`` something, so that others go
    first."""
    while True:
        with writing(runtime.store) as register:
            theirs = [one for one in register.messages_to_send(now, _LOOKED_AT, POSTING) if one.hook == hook]
            for message in theirs:
                register.save_message(like(message))
            still = {one.key for one in register.messages_to_send(now, _LOOKED_AT, POSTING)}
        # What is due again by now, as telling took so long, is not put off for ever.
        if not theirs or not still.isdisjoint(one.key for one in theirs):
            return


def _first_of_each_first(messages: Iterable[Message]) -> list[Message]:
    """Put the first event of each program before the second of any."""
    seen = Counter[str | None]()
    turns = []
    for message in messages:
        turns.append((seen[message.hook], message))
        seen[message.hook] += 1
    return [message for _turn, message in sorted(turns, key=itemgetter(0))]


def backoff(attempts: int, longest: timedelta) -> timedelta:
    """Return how long to wait after so many tries: a minute, and twice as long each time."""
    doubled: timedelta = _FIRST_WAIT * 2 ** min(max(attempts, 1) - 1, 10)
    return min(doubled, longest)


def _is_of(message: Message | None, sender: str) -> bool:
    return message is not None and message.state in (WAITING, POSTING) and message.claimed_by == sender
