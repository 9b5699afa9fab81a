"""A list as a file: a row for each dossier that it shows, as whoever takes it out may see it, and noted in each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from gehoor.core.agreement.actions import Action
from gehoor.core.agreement.model import Agreement
from gehoor.core.deadlines.status import TermStatus
from gehoor.core.dossier.access_log import Way
from gehoor.core.figures.register_sheet import Cell, RegisterSheets, Sheet
from gehoor.services.access.access_log import log_accesses
from gehoor.services.access.confidentiality import exists_for
from gehoor.services.access.summary_rights import sees_there, summary_for
from gehoor.services.figures.looking import Looking, looking
from gehoor.services.ports.documents import summary_of
from gehoor.services.ports.records import Account, Summary
from gehoor.services.ports.store import Document, Where
from gehoor.services.register.runtime import Runtime
from gehoor.services.search.flags import flags_for
from gehoor.services.search.lines import Line, line_of

MOST: Final = 5000
"""So many dossiers go into one file: to make it takes seconds. Of a longer list, part is asked at a time."""
_AT_ONCE: Final = 500
"""So many are read by their ids at once."""


@dataclass(frozen=True, slots=True)
class Listed:
    """The dossiers of a list (ids) in its order. ``times``: how often each counts in the figure that the list is
    behind; None: it is behind none."""

    ids: Sequence[str]
    times: Mapping[str, int] | None = None


@dataclass(frozen=True, slots=True)
class ListWords:
    """What the sheet and its columns are called, and what stands in them that is no answer."""

    sheet: str
    number: str
    subject: str
    kind: str
    received: str
    phase: str
    handler: str
    responsible: str
    department: str
    term: str
    due: str
    standing: str
    flags: str
    danger: str
    unanswered: str
    closed: str
    closed_on: str
    times: str
    yes: str
    no: str
    standings: Mapping[TermStatus, str]


def list_sheets(
    runtime: Runtime, account: Account, now: datetime, listed: Listed, words: ListWords
) -> RegisterSheets:
    """Return the dossiers of a list that an account may take out: those of departments where an agreement names it for
    that. Each is noted in its access log."""
    with looking(runtime, account, now, Action.EXPORT_DOSSIERS) as seen:
        found = list(_lines(seen, account, listed.ids))
        rows = tuple(
            (*_row(one, closed_on, words), *((listed.times[one.summary.id],) if listed.times else ()))
            for one, _agreement, closed_on in found
        )
    taken = [(one.summary.id, agreement.time_zone) for one, agreement, _closed_on in found]
    log_accesses(runtime, taken, account.name, Way.EXPORT, now)
    heads = (
        words.number, words.subject, words.kind, words.received, words.phase, words.handler, words.responsible,
        words.department, words.term, words.due, words.standing, words.flags, words.closed, words.closed_on,
        *((words.times,) if listed.times else ()),
    )  # fmt: skip
    return RegisterSheets((Sheet(words.sheet, tuple((one, "") for one in heads), rows),), [])


def _lines(
    seen: Looking, account: Account, ids: Sequence[str]
) -> Iterator[tuple[Line, Agreement, date | None]]:
    """Give each dossier that may be taken out, with what is in force in its department, and the day on which it was
    closed."""
    reading = (seen.runtime, seen.register, seen.staff)
    for document in _documents(seen, ids):
        kept = summary_of(document)
        agreement = seen.agreements.get((kept.organisation, kept.department))
        if agreement is None or not _still_exists(seen, account, kept):
            continue
        if not seen.may_with(kept, Action.EXPORT_DOSSIERS):
            continue
        told = replace(
            summary_for(
                account, kept, register=seen.register, library=seen.runtime.library, staff=seen.staff
            ),
            flags=flags_for(reading, account.name, kept, seen.now),
        )
        line = line_of(told, agreement, seen.staff, seen.now)
        yield line, agreement, _closed_on(seen, account, kept)


def _still_exists(seen: Looking, account: Account, summary: Summary) -> bool:
    """Say whether a dossier exists for an account now: the list was asked a moment ago."""
    return exists_for(seen.register, seen.runtime.library, seen.staff, account, summary)


def _documents(seen: Looking, ids: Sequence[str]) -> Iterator[Document]:
    for first in range(0, len(ids), _AT_ONCE):
        some = list(ids[first : first + _AT_ONCE])
        asked = Where({"id": some}, sound_only=True)
        found = {one["id"]: one for one in seen.select(asked)}
        yield from (found[one] for one in some if one in found)


def _closed_on(seen: Looking, account: Account, summary: Summary) -> date | None:
    """Return the local day on which a dossier was closed, where whoever takes it out sees the field that says it."""
    agreement = seen.agreement_under(summary.agreement)
    if not summary.closed or not summary.closed_at or agreement is None:
        return None
    fields = [one.field for one in agreement.milestones.values() if one.closes]
    library = seen.runtime.library
    if not sees_there(
        account, summary, (), fields, register=seen.register, library=library, staff=seen.staff
    ):
        return None
    at = datetime.fromisoformat(summary.closed_at)
    return (at.astimezone(ZoneInfo(agreement.time_zone)) if at.tzinfo else at).date()


def _row(line: Line, closed_on: date | None, words: ListWords) -> tuple[Cell, ...]:
    one, term = line.summary, line.term
    return (
        one.number,
        one.subject,
        line.kind_name,
        _day(one.received),
        one.phase,
        line.handler_name,
        line.told["responsible"] if term else "",
        line.department_name,
        term["name"] if term else "",
        _day(term["due"]) if term else None,
        words.standings[line.status] if term else "",
        ", ".join(_marks(one, words)),
        words.yes if one.closed else words.no,
        closed_on,
    )


def _marks(one: Summary, words: ListWords) -> Iterator[str]:
    """Give what a list shows beside the subject."""
    if one.danger and not one.closed and words.danger not in one.flags:
        yield words.danger
    if one.unanswered:
        yield words.unanswered
    yield from one.flags


def _day(text: str) -> Cell:
    """Return the day that a text begins with; the text where it is none, as an organisation may ask for anything."""
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return text or None
