"""What was done with accounts, for who manages them: of one account, and of all that they manage."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from gehoor.core.access.account_log import AccountEntry
from gehoor.services.access.authorisation import Actor
from gehoor.services.accounts.administration import Managed, managed_by, seen_account
from gehoor.services.register.register import Register, reading
from gehoor.services.register.runtime import Runtime


@dataclass(frozen=True, slots=True)
class Narrowed:
    """Which changes somebody asks for. ``who``: words in the names of whose account it is, or of who did it;
    ``since_at`` and ``until_at``: instants (UTC text), from the first until just before the second; empty: all."""

    who: str = ""
    since_at: str = ""
    until_at: str = ""


def account_history(runtime: Runtime, name: str, actor: Actor, now: datetime) -> list[AccountEntry]:
    """Return what was done with an account, the latest first; of roles only those that the actor manages. Raises
    ``UnknownAccountError``."""
    with reading(runtime.store) as register:
        managed = seen_account(runtime, register, name, actor, now)[1]
        return [_told(one, managed) for one in reversed(register.account_log(name))]


def all_changes(
    runtime: Runtime, actor: Actor, now: datetime, wanted: Narrowed, page: tuple[int, int]
) -> tuple[list[AccountEntry], int]:
    """Return what was done with all accounts that exist for an actor, the latest first, and how many there are in all.
    What was about roles that are not theirs is not among them. ``page``: after how many, and how many at most."""
    with reading(runtime.store) as register:
        found = list(_changes(runtime, register, actor, now, wanted))
    first, most = page
    return found[first : first + most], len(found)


def _changes(
    runtime: Runtime, register: Register, actor: Actor, now: datetime, wanted: Narrowed
) -> Iterator[AccountEntry]:
    managed, staff = managed_by(runtime, register, actor, now), runtime.staff.of(register, now)
    seen = {one.name for one in register.accounts() if managed.sees(one)}
    words = wanted.who.casefold().split()
    for one in register.account_deeds(wanted.until_at):
        if one.at < wanted.since_at:
            return
        told = _told(one, managed)
        about_roles = (one.came or one.went) and not (told.came or told.went or told.changed)
        if one.account not in seen or about_roles:
            continue
        people = " ".join(f"{name} {staff.full_name(name)}" for name in (one.account, one.by)).casefold()
        if all(word in people for word in words):
            yield told


def _told(one: AccountEntry, managed: Managed) -> AccountEntry:
    return replace(one, came=tuple(filter(managed.has, one.came)), went=tuple(filter(managed.has, one.went)))
