"""What someone typed in a dossier, or a letter of it, and did not save yet: kept for them alone, until they save or
throw it away.

It is no answer: nothing that holds is decided on it, and nobody else sees it. Whoever types it can be told what would.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from gehoor.core.decision.decide import decide
from gehoor.core.dossier.events import EventKind, instant_text, parse_instant
from gehoor.core.forms.fields import StoredValue
from gehoor.services.dossiers.viewing import OpenedDossier
from gehoor.services.ports.store import DamagedError
from gehoor.services.recording.answers import read_answers
from gehoor.services.records.ledger_entries import found_in
from gehoor.services.register.expiry import drop_due
from gehoor.services.register.register import reading, writing
from gehoor.services.register.runtime import Runtime

LASTS: Final = timedelta(days=30)
"""What nobody came back to for so long is erased."""
_TABLE: Final = "unsaved"


@dataclass(frozen=True)
class Unsaved:
    """What was typed in a page that showed the dossier at ``version``: names and values as the browser sends them.

    ``at`` is a UTC instant."""

    version: int
    typed: tuple[tuple[str, str], ...]
    at: datetime


@dataclass(frozen=True)
class Change:
    """What someone else did to a field in between. ``value`` is what is there now; None: nothing."""

    field: str
    by: str
    at: datetime
    value: StoredValue | None


def keep(runtime: Runtime, dossier: str, account: str, unsaved: Unsaved, *, form: str = "") -> None:
    """Keep what was typed, in the place of what was kept before. ``form``: which form of the dossier was filled in,
    here and below; empty: the dossier itself."""
    key = _key(dossier, account, form)
    document = {
        "dossier": dossier,
        "version": unsaved.version,
        "typed": [list(pair) for pair in unsaved.typed],
        "id": key,
        "kept": instant_text(unsaved.at),
        "until_at": instant_text(unsaved.at + LASTS),
    }
    with writing(runtime.store) as register:
        register.tables.put(_TABLE, key, document)


def unsaved_of(
    runtime: Runtime, dossier: str, account: str, now: datetime, *, form: str = ""
) -> Unsaved | None:
    """Return what someone typed in a dossier and did not save, when there is any."""
    with reading(runtime.store) as register:
        found = found_in(register.tables, _TABLE, _key(dossier, account, form))
    if found is None or now >= parse_instant(found["until_at"]):
        return None
    typed = tuple((name, value) for name, value in found["typed"])
    return Unsaved(found["version"], typed, parse_instant(found["kept"]))


def forget(runtime: Runtime, dossier: str, account: str, *, form: str = "") -> None:
    """Throw away what someone typed and did not save."""
    key = _key(dossier, account, form)
    with reading(runtime.store) as register:
        try:
            there = register.tables.get(_TABLE, key) is not None
        except DamagedError:
            there = True
    if there:
        with writing(runtime.store) as register:
            register.tables.delete(_TABLE, key)


def drop_old(runtime: Runtime, now: datetime) -> None:
    """Erase what nobody came back to in time."""
    drop_due(runtime, _TABLE, now, ahead=(now, LASTS))


def changes_since(opened: OpenedDossier, version: int, shown: Collection[str]) -> list[Change]:
    """Return what others changed in fields of a page that showed the dossier at ``version``, the latest of each.

    ``shown``: the names of those fields. A browser says so, and may name any: only what stands in the dossier as
    whoever looks may see it is told, and only of fields that it still has.
    """
    asked = set(opened.agreement.dossier_form.fields).intersection(shown)
    latest: dict[str, Change] = {}
    for event in opened.events:
        if event.sequence <= version or event.kind is not EventKind.ANSWERED:
            continue
        for name in asked.intersection([*event.data["values"], *event.data["cleared"]]):
            latest[name] = Change(name, event.actor, event.at, opened.dossier.values.get(name))
    return list(latest.values())


def foreseen(
    runtime: Runtime, opened: OpenedDossier, answers: Mapping[str, Any], now: datetime
) -> OpenedDossier:
    """Return a dossier as it would be shown with these answers. What cannot be read yet, counts for nothing.

    It is judged by nothing but what whoever types sees of the dossier, so that trying answers tells no more. Nothing is
    written. Raises ``RuleEngineError``.
    """
    agreement, dossier = opened.agreement, opened.dossier
    read = read_answers(agreement.dossier_form, answers, ZoneInfo(agreement.time_zone))
    kept = {name: value for name, value in dossier.values.items() if name not in read.empty}
    supposed = replace(dossier, values={**kept, **read.values})
    return replace(opened, decision=decide(agreement, supposed, now, runtime.engine))


def _key(dossier: str, account: str, form: str) -> str:
    return "/".join(part for part in (dossier, account, form) if part)
