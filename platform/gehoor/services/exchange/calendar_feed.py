"""One's own deadlines for a calendar elsewhere: by an address that is a secret, and says of each no more than which
dossier it is of and what it is called."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from gehoor.services.access.calendar_addresses import (
    address_hash,
    forget_calendar_address,
    has_calendar_address,
    keep_calendar_address,
    named_by,
)
from gehoor.services.dossiers.tasks import tasks_of
from gehoor.services.ports.records import Account
from gehoor.services.register.register import reading, writing
from gehoor.services.register.runtime import Runtime
from gehoor.services.search.worklist import work_list
from gehoor.services.search.worklist_filters import Tab, Wish

_BYTES: Final = 24
_MOST_PAGES: Final = 40
"""So many pages of the work list are in it: nobody handles more."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """Something that is due on a local day. ``number``: of its dossier, for who may open that; ``task`` and ``row``:
    which task it is, of one; ``id``: by what a calendar knows it again."""

    id: str
    day: date
    name: str
    number: str
    dossier: str
    task: str = ""
    row: str = ""


def new_address(runtime: Runtime, name: str) -> str:
    """Return the secret of the address of somebody's calendar, shown this once; the one before counts no more."""
    secret = secrets.token_urlsafe(_BYTES)
    with writing(runtime.store) as register:
        keep_calendar_address(register, name, address_hash(secret))
    return secret


def forget_address(runtime: Runtime, name: str) -> None:
    """Let the address of somebody's calendar count no more."""
    with writing(runtime.store) as register:
        forget_calendar_address(register, name)


def has_address(runtime: Runtime, name: str) -> bool:
    """Say whether somebody has an address for a calendar."""
    with reading(runtime.store) as register:
        return has_calendar_address(register, name)


def whose_calendar(runtime: Runtime, secret: str, now: datetime) -> Account | None:
    """Return whose calendar an address is of, in the roles that they act in now; None for one that is of nobody."""
    with reading(runtime.store) as register:
        name = named_by(register, address_hash(secret))
        account = runtime.staff.of(register, now).active(name) if name else None
    return None if account is None or account.client else account


def own_deadlines(runtime: Runtime, account: Account, now: datetime) -> list[Deadline]:
    """Return what somebody has to do by a day: what runs in the dossiers that they handle, as their work list shows
    those, and their tasks."""
    found = [*_of_dossiers(runtime, account, now), *_of_tasks(runtime, account, now)]
    return sorted(found, key=lambda one: (one.day, one.number, one.name))


def _of_dossiers(runtime: Runtime, account: Account, now: datetime) -> Iterator[Deadline]:
    wish = Wish(tab=Tab.MINE)
    for _ in range(_MOST_PAGES):
        listed = work_list(runtime, account, now, wish)
        for line in listed.lines:
            summary = line.summary
            for term in () if summary.closed else summary.terms:
                # Who is named for a task has it as that.
                if not term.get("named"):
                    name = f"{summary.id}/{term['term']}/{term.get('occurrence', 1)}"
                    day = date.fromisoformat(term["due"][:10])
                    yield Deadline(name, day, term["name"], summary.number, summary.id)
        if listed.after is None:
            return
        wish = replace(wish, cursor=listed.after)


def _of_tasks(runtime: Runtime, account: Account, now: datetime) -> Iterator[Deadline]:
    for one in tasks_of(runtime, account, now):
        state = one.state
        if state.waits and state.due:
            name = f"{one.dossier_id}/{state.task.id}/{state.row}"
            day = date.fromisoformat(str(state.due)[:10])
            yield Deadline(name, day, state.task.name, one.number, one.dossier_id, state.task.id, state.row)
