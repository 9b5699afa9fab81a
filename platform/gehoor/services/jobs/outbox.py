"""Sending the messages that wait: again and again until it works, and visibly so."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from gehoor.core.dossier.events import instant_text
from gehoor.services.ports.outside import Mailer, MailError
from gehoor.services.ports.records import Message
from gehoor.services.register.register import Register, reading, writing
from gehoor.services.register.runtime import Runtime

_BATCH = 50
_FIRST_WAIT = timedelta(minutes=1)
_LONGEST_WAIT = timedelta(hours=6)


def deliver(runtime: Runtime, mailer: Mailer, now: datetime) -> tuple[int, int]:
    """Try to send every message that may be tried now. Returns how many went out, and how many must wait.

    When none of a batch goes out, the server is down, and the rest is not tried now either.
    """
    sent = waiting = 0
    while True:
        with reading(runtime.store) as register:
            messages = [_still_for(runtime, register, one) for one in register.messages_to_send(now, _BATCH)]
        states = []
        for message in messages:
            after = _try(mailer, message, now)
            # Saved one by one: what went out is known before the next one is tried.
            with writing(runtime.store) as register:
                register.save_message(after)
            states.append(after.state)
        sent += states.count("sent")
        waiting += states.count("waiting")
        if states.count("waiting") == len(states):
            return sent, waiting


def _still_for(runtime: Runtime, register: Register, message: Message) -> Message:
    """Return a message without the people for whom its dossier does not exist since it was written; when nobody is
    left, for whoever acts for the role now."""
    names = register.excluded_from(message.dossier)
    if not names:
        return message
    staff = runtime.staff.of(register)
    excluded = {staff.accounts[name].email for name in names if name in staff.accounts}
    left = tuple(one for one in message.recipients if one not in excluded)
    if message.recipients and not left and message.role:
        agreement = runtime.library.agreement(register, register.dossier(message.dossier).agreement)
        _, people = staff.acting(agreement, message.role, names)
        left = tuple(person.email for person in people if person.email and person.email not in excluded)
    return replace(message, recipients=left)


def _try(mailer: Mailer, message: Message, now: datetime) -> Message:
    attempts = message.attempts + 1
    if not message.recipients:
        return replace(
            message, state="nobody", attempts=attempts, next_at=None, error="niemand heeft deze rol"
        )
    try:
        mailer.send(message)
    except MailError as error:
        wait = min(_FIRST_WAIT * 2 ** min(attempts - 1, 10), _LONGEST_WAIT)
        return replace(message, attempts=attempts, next_at=instant_text(now + wait), error=str(error))
    return replace(message, state="sent", attempts=attempts, next_at=None, error="")
