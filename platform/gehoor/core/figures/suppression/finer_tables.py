"""Finer tables: what follows from two that are agreed on, though no report shows it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence

from gehoor.core.reports.model import LeadTime, ReportTable


def finer_tables(agreed: Sequence[ReportTable]) -> Iterator[ReportTable]:
    """Give the tables that follow from two whose classes of days have other bounds: between those of the one and those
    of the other lies how many dossiers are there."""
    alike: defaultdict[Hashable, list[ReportTable]] = defaultdict(list)
    for one in agreed:
        if one.lead_time:
            by = one.by or ""
            days = one.lead_time
            alike[repr(one.only), by, days.start, days.until, one.years, one.period_by].append(one)
    for same in alike.values():
        bounds = {one.lead_time.bounds for one in same if one.lead_time}
        if len(bounds) > 1 and (lead := same[0].lead_time):
            merged = tuple(sorted({bound for each in bounds for bound in each}))
            yield ReportTable(
                id="+".join(one.id for one in same),
                title="",
                only=same[0].only,
                by=same[0].by,
                lead_time=LeadTime(lead.start, lead.until, merged),
                years=same[0].years,
                period_by=same[0].period_by,
            )


def first_of(finer: ReportTable, agreed: Sequence[ReportTable]) -> ReportTable:
    """Return the first of the tables that a finer one follows from."""
    return next(one for one in agreed if one.id == finer.id.partition("+")[0])
