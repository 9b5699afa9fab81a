"""Tables of reports in which nothing can ever stand, and days that are counted backwards."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from gehoor.core.agreement.model import Agreement
from gehoor.core.analysis.course_order import reached_before
from gehoor.core.analysis.field_visibility import asked_when
from gehoor.core.analysis.satisfiability import Judge
from gehoor.core.conditions.model import Condition, Not
from gehoor.core.reports.model import ReportTable
from gehoor.core.text.problems import Problem, Severity
from gehoor.loading.checks.check import Check, Pass
from gehoor.loading.checks.conditions.condition_places import figure_places
from gehoor.loading.merge.located_document import Sourced
from gehoor.loading.merge.source_map import Path


def idle_figure_problems(whole: Sourced, agreement: Agreement, judge: Judge) -> Iterator[Problem]:
    """Yield the tables of which what they count is never there in the dossiers that they count."""
    check = _Check(agreement, judge, asked_when(agreement))
    places = {path: said for path, said in figure_places(whole.data) if path[0] == "reports"}
    for path, said in places.items():
        report = agreement.reports.get(str(path[1]))
        tables = report.chapters[int(path[3])].tables if report else ()
        table = next((one for one in tables if one.title == said["name"]), None)
        if table is not None:
            yield from check.of(whole, path, table)


@dataclass(frozen=True)
class _Check:
    agreement: Agreement
    judge: Judge
    asked: Mapping[str, tuple[Condition, ...]]

    def of(self, whole: Sourced, path: Path, table: ReportTable) -> Iterator[Problem]:
        lead = table.lead_time
        if lead is not None and (
            lead.until == lead.start or lead.until in reached_before(self.agreement, lead.start)
        ):
            details = {"value": table.title, "starts": lead.start, "until": lead.until}
            yield Problem(whole.spot((*path, "lead-time")).key, "cijfer-telt-terug", details)
        for key, name, needs in self._needed(table):
            if table.only is not None and not self.judge.possible(table.only, *needs):
                details = {"value": table.title, "name": name}
                yield Problem(whole.spot((*path, key)).value, "cijfer-altijd-leeg", details, Severity.WARNING)

    def _needed(self, table: ReportTable) -> Iterator[tuple[str, str, tuple[Condition, ...]]]:
        """Give what a table asks of a dossier, by the keyword that says so, and what has to hold for it to be there."""
        for key, name in (
            ("per", table.by), ("and-per", table.across), ("mean-of", table.mean_of), ("sum-of", table.sum_of),
        ):  # fmt: skip
            field = name.partition(".")[0]
            if field in self.asked:
                yield key, field, self.asked[field]
        term = self.agreement.terms.get(table.term)
        if term is not None:
            needed = Not(term.not_needed_if) if term.not_needed_if else None
            runs = (term.begins_if, term.applies_if, needed)
            yield "term", table.term, tuple(one for one in runs if one is not None)
        if table.lead_time is not None:
            for milestone in (table.lead_time.start, table.lead_time.until):
                field = self.agreement.milestones[milestone].field
                yield "lead-time", field, self.asked.get(field, ())


CHECK = Check(
    Pass.ANALYSIS,
    ("cijfer-telt-terug", "cijfer-altijd-leeg"),
    lambda on: idle_figure_problems(on.whole, on.agreement, on.judge),
)
