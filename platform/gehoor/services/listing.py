"""Work lists: the dossiers someone works on, the earliest due first, with how each stands now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from gehoor.core.access import departments_of
from gehoor.core.events import instant_text, parse_instant
from gehoor.core.term_status import TermStatus
from gehoor.services.publications import all_in_force
from gehoor.services.records import Account, Summary
from gehoor.services.register import reading
from gehoor.services.rights import summary_as_seen
from gehoor.services.runtime import Runtime


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


@dataclass(frozen=True, slots=True)
class WorkList:
    """A page of a work list, and how many dossiers there are in all."""

    lines: tuple[Line, ...]
    total: int
    late: int


PAGE = 50


def work_list(
    runtime: Runtime, account: Account, now: datetime, *, closed: bool = False, page: int = 1
) -> WorkList:
    """Return the dossiers of the departments that someone works in."""
    with reading(runtime.store) as register:
        mine = departments_of(account.roles, register.published_departments())
        agreements = {
            (one.agreement.organisation, one.agreement.department): one.agreement
            for one in all_in_force(register, runtime.library, mine, now)
        }
        departments = list(agreements)
        summaries = register.summaries(departments, closed=closed, limit=PAGE, offset=(page - 1) * PAGE)
        accounts = register.accounts()
        total = register.count(departments, closed=closed)
    lines = []
    for summary in summaries:
        agreement = agreements[(summary.organisation, summary.department)]
        kind = agreement.kinds.get(summary.kind)
        lines.append(
            _line(
                summary_as_seen(summary, agreement, account, accounts),
                agreement.department_name,
                agreement.time_zone,
                now,
                kind.name if kind else summary.kind,
            )
        )
    return WorkList(tuple(lines), total, sum(line.status is TermStatus.LATE for line in lines))


def _line(summary: Summary, department: str, zone: str, now: datetime, kind: str) -> Line:
    if not summary.terms or summary.closed:
        return Line(summary, department, None, TermStatus.ON_TIME, None, kind)
    term = summary.terms[0]
    today = now.astimezone(ZoneInfo(zone)).date()
    due = date.fromisoformat(term["due"][:10])
    moment = instant_text(now)
    if moment >= term["late_at"]:
        status = TermStatus.LATE
    elif due <= today:
        status = TermStatus.TODAY
    elif term["remind_at"] and parse_instant(term["remind_at"]) <= now:
        status = TermStatus.REMINDER
    else:
        status = TermStatus.RUNNING
    return Line(summary, department, term, status, (due - today).days, kind)
