"""Published together: the tables of all reports that departments agreed on, as one set to lay side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from gehoor.core.reports.model import Chapter, Report, ReportTable


@dataclass(frozen=True, slots=True)
class PublishedTogether:
    """All reports as one. ``report``: every table of them, those that count alike once; ``names``: by report and table,
    which of those it is."""

    report: Report
    names: Mapping[tuple[str, str], str]


def published_together(reports: Sequence[Report]) -> PublishedTogether:
    """Return reports as one: what is hidden in one of them is hidden in all. The order of the reports decides, and not
    which of them is made."""
    names: dict[tuple[str, str], str] = {}
    found: dict[tuple[ReportTable, bool], str] = {}
    public: list[ReportTable] = []
    internal: list[ReportTable] = []
    for report in reports:
        for chapter in report.chapters:
            for table in chapter.tables:
                inside = chapter.internal or table.internal
                bare = replace(
                    table,
                    id="",
                    title="",
                    explanation="",
                    chart=None,
                    rate=0,
                    internal=False,
                    in_front=False,
                    front_name="",
                    period_by=report.period_of(table),
                    closed_by=report.closing_of(table) if table.flow else "",
                )
                name = found.get((bare, inside))
                if name is None:
                    name = found[bare, inside] = f"{report.id}/{table.id}"
                    (internal if inside else public).append(replace(bare, id=name))
                names[report.id, table.id] = name
    chapters = (
        Chapter("public", "", tables=tuple(public)),
        Chapter("internal", "", tables=tuple(internal), internal=True),
    )
    least = max(one.least for one in reports)
    return PublishedTogether(Report("together", "", reports[0].period_by, least, chapters), names)
