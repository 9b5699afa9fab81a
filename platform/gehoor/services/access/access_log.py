"""Logging that a dossier was read, and telling who read it."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from gehoor.core.dossier.access_log import Access, hour_of
from gehoor.services.access.authorisation import Actor, name_of
from gehoor.services.ports.store import StoreUnavailableError
from gehoor.services.register.register import reading, writing
from gehoor.services.register.runtime import Runtime

_log = logging.getLogger(__name__)

MOST: Final = 500
"""So many of the latest entries a page shows."""
_AT_ONCE: Final = 200
"""So many dossiers are noted in one transaction."""


@dataclass(frozen=True, slots=True)
class Reader:
    """An entry of the log, with how people know who it was."""

    access: Access
    name: str


def log_access(runtime: Runtime, dossier: str, reader: Actor, way: str, now: datetime, zone: str) -> None:
    """Note that somebody opened a dossier, or was refused something in it, in the local hours of ``zone``. Where
    nothing can be written now, what they asked for goes on, and the log of the server says so."""
    log_accesses(runtime, [(dossier, zone)], reader, way, now)


def log_accesses(
    runtime: Runtime, opened: Iterable[tuple[str, str]], reader: Actor, way: str, now: datetime
) -> None:
    """Note that somebody opened some dossiers, each with the time zone of its local hours, as ``log_access`` does. Many
    are written some at a time, so that nobody waits long to write as well."""
    name = name_of(reader)
    entries = [(one, zone, (one, name, way, hour_of(now, zone))) for one, zone in opened]
    new = [one for one in entries if one[2] not in runtime.recent_accesses]
    for first in range(0, len(new), _AT_ONCE):
        some = new[first : first + _AT_ONCE]
        try:
            with writing(runtime.store) as register:
                for dossier, zone, _known in some:
                    register.add_access(dossier, name, way, now, zone)
        except StoreUnavailableError as error:
            # Who it was is nobody's business there.
            which = ", ".join(one[0] for one in some)
            _log.error("not in the access log: dossier %s was opened (%s): %s", which, way, error)
            continue
        for _dossier, _zone, known in some:
            runtime.recent_accesses.add(known)


def readers_of(
    runtime: Runtime, dossier: str, now: datetime, span: tuple[str, str] = ("", "")
) -> list[Reader]:
    """Return who opened a dossier, the latest first. ``span``: from an instant until just before another (UTC texts;
    empty: no bound)."""
    since, until = span
    with reading(runtime.store) as register:
        entries: Iterable[Access] = reversed(register.access_log(dossier))
        staff = runtime.staff.of(register, now)
    return [
        Reader(one, staff.full_name(one.reader))
        for one in entries
        if one.at >= since and (not until or one.at < until)
    ]
