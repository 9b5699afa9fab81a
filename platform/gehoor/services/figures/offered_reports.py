"""Reports that somebody may make or read: of which departments, and over which years."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from gehoor.core.agreement.actions import Action
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


@dataclass(frozen=True, slots=True)
class Offered:
    """A report that somebody may make or read: of which departments (``organisation/department``, with their names)."""

    organisation: str
    organisation_name: str
    report: Report
    departments: Mapping[str, str]
    years: tuple[int, ...]


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
    this_year = today_in(seen, first).year
    return Offered(
        first[0],
        agreement.organisation_name,
        report,
        {"/".join(place): seen.agreements[place].department_name for place, _ in agreed},
        tuple(range(this_year, this_year - _MOST_YEARS, -1)),
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
        return one, [place for place in seen.agreements if "/".join(place) in wanted]
    raise NoSuchReportError(asked.report)
