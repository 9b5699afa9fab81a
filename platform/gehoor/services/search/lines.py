"""Lines of a list: a dossier as somebody may see it, in the words of its department, and how its next term stands."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from gehoor.core.agreement.model import Agreement
from gehoor.core.deadlines.status import TermStatus, as_seen
from gehoor.core.dossier.events import instant_text
from gehoor.services.ports.records import Summary
from gehoor.services.register.staff import Staff
from gehoor.services.search.list_layout import phase_of_term, told_in_columns


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a work list: the dossier, its most urgent term, and how that stands."""

    summary: Summary
    department_name: str
    term: Mapping[str, str] | None
    status: TermStatus
    days: int | None
    """Local days until the due day; below zero when it has passed."""
    kind_name: str = ""
    handler_name: str = ""
    told: Mapping[str, str] = field(default_factory=dict)
    """What stands in the columns that show something by its code, by column."""
    done_in: str = ""
    """The phase in which its most urgent term is done."""


def line_of(
    summary: Summary, agreement: Agreement, staff: Staff, now: datetime, columns: Collection[str] = ()
) -> Line:
    """Return the line of a dossier. ``summary``: as whoever looks may see it; ``agreement``: what is in force in its
    department; ``columns``: what is told of it beside what every list tells."""
    line = _standing(summary, agreement, now)
    handlers = (summary.handler, *summary.beside) if summary.handler else ()
    return replace(
        line,
        handler_name=", ".join(map(staff.full_name, handlers)),
        told=told_in_columns(summary, agreement, columns),
    )


def _standing(summary: Summary, agreement: Agreement, now: datetime) -> Line:
    kind = agreement.kinds.get(summary.kind)
    named = kind.name if kind else summary.kind
    if not summary.terms or summary.closed:
        return Line(summary, agreement.department_name, None, TermStatus.ON_TIME, None, named)
    term = summary.terms[0]
    today = now.astimezone(ZoneInfo(agreement.time_zone)).date()
    due = date.fromisoformat(term["due"][:10])
    if instant_text(now) >= term["late_at"]:
        status = TermStatus.LATE
    elif due <= today:
        status = TermStatus.TODAY
    else:
        status = as_seen(TermStatus.RUNNING, due, today)
    done_in = phase_of_term(agreement, term["term"])
    return Line(summary, agreement.department_name, term, status, (due - today).days, named, done_in=done_in)
