"""Taking out all dossiers of an organisation: each noted in its access log first, and read at a moment at which there
is no other. On a busy register dossiers come in while access is being noted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Final

from gehoor.core.dossier.access_log import Way
from gehoor.services.access.authorisation import Operator
from gehoor.services.exchange.exit_kit.dossiers import dossiers_of
from gehoor.services.projection.projection import project_pending
from gehoor.services.records.keys import event_key
from gehoor.services.records.ledger_entries import found_in
from gehoor.services.register.register import Register, reading, writing
from gehoor.services.register.runtime import Runtime

_LOGGED_AT_ONCE: Final = 50
_ROUNDS: Final = 100
"""So often it is looked whether more came in. The first round takes minutes, each after it a moment."""
_ZONE: Final = "Europe/Brussels"
"""Where what was published names no time zone."""


@contextmanager
def all_noted(
    runtime: Runtime,
    organisation: str,
    actor: Operator,
    now: datetime,
    progress: Callable[[int], None] = lambda _: None,
) -> Iterator[Register]:
    """Note in the access log of each dossier that it is taken out, and open the register at a moment at which every
    dossier that lists know is noted, and lists know every one that they can."""
    project_pending(runtime, stuck_too=True)
    noted: set[str] = set()
    for left in reversed(range(_ROUNDS)):
        with reading(runtime.store) as register:
            zone = _zone(register, organisation)
            waiting = [one for one, _number in dossiers_of(register, organisation) if one not in noted]
            if not left or not (waiting or _came_in(runtime, register, organisation, noted)):
                yield register
                return
        _note(runtime, waiting, (actor, now, zone), progress)
        noted.update(waiting)
        project_pending(runtime)


def _came_in(runtime: Runtime, register: Register, organisation: str, noted: set[str]) -> bool:
    """Say whether a dossier is there that no list knows yet; of one that cannot be worked out, none ever will."""
    stuck = set(runtime.pending.stuck())
    fresh = (one.dossier for one in register.pending(without=stuck) if one.dossier not in noted)
    firsts = (found_in(register.tables, "events", event_key(one, 1)) for one in fresh)
    return any(one is not None and one["data"].get("organisation") == organisation for one in firsts)


def _note(
    runtime: Runtime,
    waiting: Sequence[str],
    how: tuple[Operator, datetime, str],
    progress: Callable[[int], None],
) -> None:
    """Note that dossiers are taken out, some in a transaction."""
    actor, now, zone = how
    for start in range(0, len(waiting), _LOGGED_AT_ONCE):
        batch = waiting[start : start + _LOGGED_AT_ONCE]
        with writing(runtime.store) as register:
            for dossier in batch:
                register.add_access(dossier, actor.name, Way.EXPORT, now, zone)
        progress(len(batch))


def _zone(register: Register, organisation: str) -> str:
    zones = (
        register.publications(of, department)[-1].time_zone
        for of, department in register.published_departments()
        if of == organisation
    )
    return next(filter(None, zones), _ZONE)
