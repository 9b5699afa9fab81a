"""By what dossiers are found again, and which of them then have to look again at what they found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from gehoor.core.agreement.model import Agreement
from gehoor.core.dossier.dossier import Dossier
from gehoor.core.dossier.match_keys import asking_key, is_asking, is_near, is_of_person, match_keys, told_by
from gehoor.core.forms.fields import StoredValue
from gehoor.services.ports.records import MatchKey
from gehoor.services.projection.receipt import kind_of, local_hour, received_hour, received_on
from gehoor.services.records.ledger_entries import group
from gehoor.services.register.register import Register

GOES_ON: Final = "~"
"""Stands before the kind of a message that goes on in another dossier: it is found, and is no message more."""


@dataclass(frozen=True, slots=True)
class _Kept:
    """By what a dossier is found (what it is by -> the key), the day and the kind that stand beside each, and what it
    is told by that two dossiers of one person are two messages."""

    keys: Mapping[str, str]
    day: date
    kind: str
    told: Mapping[str, StoredValue]


def remember(
    register: Register,
    agreement: Agreement,
    before: Mapping[str, StoredValue],
    dossier: Dossier,
    now: datetime,
    keys: Mapping[str, str] | None = None,
    *,
    was_under: Agreement | None = None,
) -> None:
    """Keep by what this dossier is found again, and note which others count something else because of it.

    ``before``: its answers as they were, none when nothing was kept of it, or nothing that counted; ``keys``: its match
    keys, where they were worked out before; ``was_under``: the agreement that it was under, where that is another.
    """
    current = match_keys(agreement, dossier.values) if keys is None else keys
    after = _kept(agreement, dossier.values, now, current)
    if dossier.relations.goes_on_in:
        after = _Kept(current, after.day, f"{GOES_ON}{after.kind}", after.told)
    under = was_under or agreement
    was = _kept(under, before, now, match_keys(under, before)) if before else None
    _keep(register, dossier.id, was, after)
    if not _is_last(agreement, dossier, after.day, now):
        outdated = _outdated(register, was, after) - {dossier.id}
        register.note_recounts(outdated, now)


def remember_anew(register: Register, agreement: Agreement, dossier: Dossier, now: datetime) -> None:
    """Keep by what this dossier is found again, and by nothing else, whatever its answers were before. What others
    counted stays."""
    current = match_keys(agreement, dossier.values)
    for one in group(register.tables, "match_keys", dossier.id):
        if one["id"].partition("/")[2] not in current:
            register.drop_match_key(one["id"])
    after = _kept(agreement, dossier.values, now, current)
    mark = GOES_ON if dossier.relations.goes_on_in else ""
    _keep(register, dossier.id, None, _Kept(current, after.day, f"{mark}{after.kind}", after.told))


def _kept(
    agreement: Agreement, values: Mapping[str, StoredValue], now: datetime, keys: Mapping[str, str]
) -> _Kept:
    day = received_on(agreement, values, now)
    return _Kept(keys, day, kind_of(agreement, values), told_by(agreement, values))


def _keep(register: Register, dossier: str, was: _Kept | None, after: _Kept) -> None:
    register.save_match_keys(
        MatchKey(f"{dossier}/{what}", key, dossier, after.kind, -after.day.toordinal())
        for what, key in _other(after, was)
    )
    for what in was.keys.keys() - after.keys.keys() if was else ():
        register.drop_match_key(f"{dossier}/{what}")


def _other(one: _Kept, than: _Kept | None) -> Iterator[tuple[str, str]]:
    """Give by what a dossier is found of which the key, or what stands beside it, is not the same."""
    same = than is not None and (one.day, one.kind) == (than.day, than.kind)
    for what, key in one.keys.items():
        if than is None or not same or than.keys.get(what) != key:
            yield what, key


def _outdated(register: Register, was: _Kept | None, after: _Kept) -> set[str]:
    """Return the dossiers that count this one, or no longer do, by what changed: those that came in on its day or
    later, the earlier day when it had another."""
    changed = {*_other(after, was), *(_other(was, after) if was else ())}
    if was and was.told != after.told:
        changed |= {
            (what, key) for one in (was, after) for what, key in one.keys.items() if is_of_person(what)
        }
    asking = _asking(changed)
    first = min(one.day for one in (was, after) if one)
    return register.asking_by(asking, first.toordinal()) if asking else set()


def _asking(changed: Iterable[tuple[str, str]]) -> set[str]:
    # Who has an answer that may be the same, mistyped, counts by it: there no other key is kept.
    return {key if is_near(what) else asking_key(key) for what, key in changed if not is_asking(what)}


def _is_last(agreement: Agreement, dossier: Dossier, day: date, now: datetime) -> bool:
    """Say whether a dossier was opened just now, of what came in just now: none came later, and none counts it."""
    if dossier.opened_at != now or day != now.astimezone(ZoneInfo(agreement.time_zone)).date():
        return False
    hour = received_hour(agreement, dossier.values)
    return not hour or hour >= local_hour(agreement, now)
