"""One's own deadlines for a calendar elsewhere: by an address that is a secret, and says of each no more than which
dossier it is of and what it is called."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from gehoor.services.dossiers.tasks import tasks_of
from gehoor.services.ports.records import Account
from gehoor.services.register.register import reading, writing
from gehoor.services.register.runtime import Runtime
from gehoor.services.search.worklist import work_list
from gehoor.services.search.worklist_filters import Tab, Wish

_WHOSE: Final = "calendar/"
"""With what the settings begin that say whose the address with a hash is; an empty text: nobody's."""
_OF: Final = "calendar-of/"
"""With what those begin that hold the hash of the address of an account; an empty text: there is none."""
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
    _save(runtime, name, _digest(secret))
    return secret


def forget_address(runtime: Runtime, name: str) -> None:
    """Let the address of somebody's calendar count no more."""
    if has_address(runtime, name):
        _save(runtime, name, "")


def has_address(runtime: Runtime, name: str) -> bool:
    """Say whether somebody has an address for a calendar."""
    with reading(runtime.store) as register:
        return bool(register.setting(f"{_OF}{name}"))


def whose_calendar(runtime: Runtime, secret: str, now: datetime) -> Account | None:
    """Return whose calendar an address is of, in the roles that they act in now; None for one that is of nobody."""
    digest = _digest(secret)
    with reading(runtime.store) as register:
        name = register.setting(f"{_WHOSE}{digest}")
        account = runtime.staff.of(register, now).active(name) if name else None
        # Of two settings, both have to say so.
        kept = register.setting(f"{_OF}{name}") if account is not None and not account.client else None
    return account if kept == digest else None


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


def _save(runtime: Runtime, name: str, digest: str) -> None:
    with writing(runtime.store) as register:
        before = register.setting(f"{_OF}{name}")
        if before:
            register.save_setting(f"{_WHOSE}{before}", "")
        register.save_setting(f"{_OF}{name}", digest)
        if digest:
            register.save_setting(f"{_WHOSE}{digest}", name)


def _digest(secret: str) -> str:
    # As long and as random as a key: nobody finds it by trying.
    return hashlib.sha256(f"calendar/{secret}".encode("utf-8", "surrogatepass")).hexdigest()
