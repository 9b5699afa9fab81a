"""A sweep that writes nothing: done on a copy of the register in memory."""

from __future__ import annotations

from datetime import datetime

from gehoor.cli.support.copied import copied
from gehoor.services.jobs.sweep import Swept, sweep
from gehoor.services.ports.records import Message
from gehoor.services.register.register import reading
from gehoor.services.register.runtime import Runtime


def rehearse(runtime: Runtime, now: datetime) -> tuple[Swept, list[Message]]:
    """Return what a sweep at an instant (UTC) would do, and the messages that it would add to those that wait."""
    copy = copied(runtime, now)
    with reading(copy.store) as register:
        before = {one.key for one in register.waiting_messages()}
    swept = sweep(copy, now)
    with reading(copy.store) as register:
        return swept, [one for one in register.waiting_messages() if one.key not in before]
