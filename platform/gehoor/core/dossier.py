"""A dossier: what its events add up to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from gehoor.core import rule_names
from gehoor.core.deadline_terms import Suspension
from gehoor.core.events import Event, EventKind
from gehoor.core.fields import StoredValue


@dataclass(frozen=True, slots=True)
class Dossier:
    """A dossier at a moment. ``version`` is the number of its events, ``head`` the hash of the last.

    ``fired`` holds what was already flagged, reminded or told, so that nothing is said twice.
    """

    id: str
    organisation: str = ""
    department: str = ""
    number: str = ""
    agreement: str = ""
    opened_at: datetime | None = None
    opened_with: str = ""
    has_code: bool = False
    values: Mapping[str, StoredValue] = field(default_factory=dict)
    fired: frozenset[str] = frozenset()
    suspensions: Mapping[str, tuple[Suspension, ...]] = field(default_factory=dict)
    """Term -> when it stood still; the last may still run."""
    extensions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Term -> the durations (canonical) it was made longer by."""
    reopened_on: date | None = None
    """The local day on which the dossier was last opened again."""
    version: int = 0
    head: str = ""


def fold(events: Iterable[Event], start: Dossier | None = None) -> Dossier:
    """Add events up to a dossier. Raises ``ValueError`` when there are none and no start."""
    dossier = start
    for event in events:
        dossier = dossier or Dossier(event.dossier)
        applied = _APPLY[event.kind](dossier, event)
        dossier = replace(applied, version=event.sequence, head=event.hash)
    if dossier is None:
        raise ValueError("a dossier has at least one event")
    return dossier


def occurrence_key(name: str, occurrence: int | str) -> str:
    """Name one occurrence of something that fires once."""
    return f"{name}/{occurrence}"


def _opened(dossier: Dossier, event: Event) -> Dossier:
    data = event.data
    return replace(
        dossier,
        organisation=data["organisation"],
        department=data["department"],
        number=data["number"],
        agreement=event.agreement,
        opened_at=event.at,
        opened_with=data["form"],
        has_code=data["follow_up"],
        values=dict(data["values"]),
    )


def _answered(dossier: Dossier, event: Event) -> Dossier:
    kept = {name: value for name, value in dossier.values.items() if name not in event.data["cleared"]}
    return replace(dossier, values={**kept, **event.data["values"]})


def _suspended(dossier: Dossier, event: Event) -> Dossier:
    term, start = event.data["term"], date.fromisoformat(event.data["start"])
    running = (*dossier.suspensions.get(term, ()), Suspension(start, None))
    return replace(dossier, suspensions={**dossier.suspensions, term: running})


def _resumed(dossier: Dossier, event: Event) -> Dossier:
    term, end = event.data["term"], date.fromisoformat(event.data["end"])
    *before, last = dossier.suspensions[term]
    ended = (*before, Suspension(last.start, max(end, last.start)))
    return replace(dossier, suspensions={**dossier.suspensions, term: ended})


def _extended(dossier: Dossier, event: Event) -> Dossier:
    term = event.data["term"]
    longer = (*dossier.extensions.get(term, ()), event.data["by"])
    return replace(dossier, extensions={**dossier.extensions, term: longer})


def _reopened(dossier: Dossier, event: Event) -> Dossier:
    kept = {name: value for name, value in dossier.values.items() if name not in event.data["cleared"]}
    return replace(dossier, values=kept, reopened_on=date.fromisoformat(event.data["day"]))


def _repinned(dossier: Dossier, event: Event) -> Dossier:
    return replace(dossier, agreement=event.data["to"])


def _fires(name: Callable[[Mapping[str, str]], str]) -> Callable[[Dossier, Event], Dossier]:
    def apply(dossier: Dossier, event: Event) -> Dossier:
        key = occurrence_key(name(event.data), event.data.get("occurrence", 1))
        return replace(dossier, fired=dossier.fired | {key})

    return apply


_APPLY: Mapping[EventKind, Callable[[Dossier, Event], Dossier]] = {
    EventKind.OPENED: _opened,
    EventKind.ANSWERED: _answered,
    EventKind.SUSPENDED: _suspended,
    EventKind.RESUMED: _resumed,
    EventKind.EXTENDED: _extended,
    EventKind.REOPENED: _reopened,
    EventKind.REPINNED: _repinned,
    EventKind.DEADLINE_MISSED: _fires(lambda data: rule_names.late(data["term"], 1)),
    EventKind.ESCALATED: _fires(lambda data: rule_names.late(data["term"], int(data["level"]))),
    EventKind.REMINDED: _fires(lambda data: rule_names.reminder(data["term"], int(data["index"]))),
    EventKind.NOTIFIED: _fires(lambda data: rule_names.notice(data["rule"], data["told"])),
}
