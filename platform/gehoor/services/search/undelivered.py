"""What did not go out: messages that were tried in vain, and those that there was nobody for."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Final

from gehoor.core.access.roles import works_in
from gehoor.services.access.confidentiality import is_cleared
from gehoor.services.access.found_dossiers import Known
from gehoor.services.ports.records import Account, Message
from gehoor.services.projection.known_decision import known_decision
from gehoor.services.register.register import Register
from gehoor.services.register.runtime import Runtime

MOST: Final = 200
"""How many a list shows. Where it would show more, it is the mail server, and not a message, that needs looking at."""
_LOOKED_AT: Final = 5000


def did_not_go(message: Message) -> bool:
    """Say whether a message was tried in vain, or had nobody to go to; one that waits for its turn is no news."""
    return message.state == "nobody" or (message.state == "waiting" and bool(message.error))


def without_address(message: Message) -> Message:
    """Return a message without the address of somebody outside: that is an answer in the dossier, which not everybody
    who works there sees."""
    return replace(message, recipients=()) if message.is_outside else message


def all_undelivered(register: Register) -> list[Message]:
    """Return the messages that did not go out, the latest first; those about closed dossiers too."""
    return [message for message in register.unsent_messages(_LOOKED_AT) if did_not_go(message)]


def undelivered_for(
    runtime: Runtime, register: Register, account: Account, now: datetime
) -> list[tuple[Message, str]]:
    """Return the messages that did not go out about open dossiers that somebody may see, each with the number of its
    dossier: those for staff first, and of these the latest."""
    conflicts, staff = register.excluded_dossiers(account.name), runtime.staff.of(register, now)
    numbers: dict[str, str] = {}
    knowing: dict[str, Known | None] = {}
    found = []
    for message in sorted(all_undelivered(register), key=lambda one: one.is_outside):
        if not works_in(account.roles, message.organisation, message.department):
            continue
        if message.dossier in conflicts or not is_cleared(
            register, runtime.library, staff, account.name, register.clearance_key(message.dossier)
        ):
            continue
        if message.dossier not in numbers:
            summary = register.sound_summary(message.dossier)
            numbers[message.dossier] = summary.number if summary and not summary.closed else ""
        if not numbers[message.dossier]:
            continue
        if message.dossier not in knowing:
            viewer = staff, account.name
            knowing[message.dossier] = known_decision(runtime, register, viewer, message.dossier, now)
        known = knowing[message.dossier]
        if known is not None and known.tells_message(message.dossier, message.key):
            found.append((without_address(message), numbers[message.dossier]))
        if len(found) == MOST:
            break
    return found
