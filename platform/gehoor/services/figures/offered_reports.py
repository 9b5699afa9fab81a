"""Reports that somebody may make or read: of which departments, and over which years."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from gehoor.core.agreement.actions import Action
from gehoor.core.figures.counted import Period
from gehoor.core.figures.periods import Beside, earlier
from gehoor.core.reports.model import Report
from gehoor.services.figures.looking import Looking, Place, today_in

_MOST_YEARS: Final = 60


READING: Final = (Action.MAKE_REPORTS, Action.READ_REPORTS)
"""Who does one of these sees a report as it now stands, and the dossiers behind it that exist for them."""


class NoSuchReportError(LookupError):
    """There is no such report to make or read, for who asks."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which report somebody asks for. ``departments``: as ``organisation/department``; none: all that agreed on it and
    that whoever asks leads."""

    organisation: str
    report: str
    year: int
    departments: tuple[str, ...] = ()
    span: Period | None = None
    """Other days than those of the year: their figures are looked at, and nothing is written beside them or kept."""
    beside: Beside = Beside.YEAR_BEFORE

    @property
    def period(self) -> Period:
        """Return the days that it is about."""
        return self.span or Period.of_year(self.year)

    @property
    def earlier(self) -> Period:
        """Return the days that its figures are held beside."""
        return earlier(self.period, self.beside)


@dataclass(frozen=True, slots=True)
class Offered:
    """A report that somebody may make or read: of which departments (``organisation/department``, with their names).
    ``today``: the local day there."""

    organisation: str
    organisation_name: str
    report: Report
    departments: Mapping[str, str]
    years: tuple[int, ...]
    today: date


def offered_in(seen: Looking) -> list[Offered]:
    """Return the reports of the departments at which somebody looks. Those that agreed on the same one make it
    together."""
    found: dict[tuple[str, str], list[tuple[Place, Report]]] = {}
    for place, agreement in seen.agreements.items():
        for name, report in agreement.reports.items():
            found.setdefault((place[0], name), []).append((place, report))
    return [
        _one_offered(seen, [(place, report) for place, report in agreed if report == same])
        for agreed in found.values()
        for same in _different([report for _, report in agreed])
    ]


def _different(reports: Sequence[Report]) -> list[Report]:
    found: list[Report] = []
    for one in reports:
        if one not in found:
            found.append(one)
    return found


def _one_offered(seen: Looking, agreed: Sequence[tuple[Place, Report]]) -> Offered:
    first, report = agreed[0]
    agreement = seen.agreements[first]
    today = today_in(seen, first)
    return Offered(
        first[0],
        agreement.organisation_name,
        report,
        {"/".join(place): seen.agreements[place].department_name for place, _ in agreed},
        tuple(range(today.year, today.year - _MOST_YEARS, -1)),
        today,
    )


def asked_report(seen: Looking, asked: Asked) -> tuple[Offered, list[Place]]:
    """Return a report that somebody asks for, and the departments that it is of. Raises ``NoSuchReportError``."""
    for one in offered_in(seen):
        if (one.organisation, one.report.id) != (
            asked.organisation,
            asked.report,
        ) or asked.year not in one.years:
            continue
        if not set(asked.departments) <= set(one.departments):
            continue
        wanted = asked.departments or tuple(one.departments)
        offered = replace(one, report=_of_days(one.report)) if asked.span else one
        return offered, [place for place in seen.agreements if "/".join(place) in wanted]
    raise NoSuchReportError(asked.report)


def _of_days(report: Report) -> Report:
    """Return what a report tells of other days than a year: not what goes over years, nor chapters of words alone."""
    chapters = (
        replace(one, tables=tuple(table for table in one.tables if table.years == 1), assesses=())
        for one in report.chapters
    )
    return replace(report, chapters=tuple(one for one in chapters if one.tables))
