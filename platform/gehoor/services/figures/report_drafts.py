"""A report as it is being made: its figures as they now stand, and what the public may see of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from gehoor.core.agreement.model import Agreement
from gehoor.core.figures.counting import tally
from gehoor.core.figures.suppression.public_tables import hidden_in, public_tables
from gehoor.core.figures.suppression.published_together import PublishedTogether, published_together
from gehoor.core.figures.tables import FigureTable, figure_table
from gehoor.core.reports.model import Report
from gehoor.core.wording.port import Sentences
from gehoor.core.wording.registry import sentences_in
from gehoor.services.agreements.publications import all_in_force
from gehoor.services.figures.looking import Looking, Place
from gehoor.services.figures.offered_reports import (
    Asked,
    Offered,
)
from gehoor.services.figures.reckoning import Reckoned, reckon
from gehoor.services.figures.report_records import (
    DRAFT,
    ReportRecord,
    draft_id,
    drafted_departments,
    drafts_of,
    report_record,
)
from gehoor.services.figures.self_assessment import Assessment, assess


@dataclass(frozen=True, slots=True)
class OtherDraft:
    """A draft of other departments (``organisation/department``, with their names), with its texts by chapter (its
    key), and those for the internal version alone. ``opens``: whether it can still be chosen as it is."""

    departments: Mapping[str, str]
    texts: Mapping[str, str]
    internal_texts: Mapping[str, str]
    opens: bool


@dataclass(frozen=True, slots=True)
class Draft:
    """A report as it is being made: its figures as whoever looks at it sees them, and what is written so far."""

    offered: Offered
    asked: Asked
    reckoned: Reckoned
    record: ReportRecord
    assessments: Mapping[str, Assessment] = field(default_factory=dict)
    """What an organisation holds itself against in it, by name."""
    others: tuple[OtherDraft, ...] = ()
    """What was written of it for other departments."""
    may_make: bool = True
    """Whether whoever looks may write in it and keep it."""
    together: PublishedTogether | None = None
    """All that is public of its departments over its year, and that anybody may lay beside it."""
    agreements: tuple[Agreement, ...] = ()
    """Those of its departments."""
    whole: bool = True
    """Whether it is of all departments that agreed on it: only then it has a public version. Beside that of all, one of
    some of them would tell what each of the two hides."""

    @property
    def year(self) -> int:
        """Return the year that it is about."""
        return self.asked.year

    @property
    def is_of_year(self) -> bool:
        """Say whether it is about a calendar year: only then it is written, kept and made public."""
        return self.asked.span is None

    @property
    def is_empty(self) -> bool:
        """Say whether nothing counts in it."""
        tables = self.reckoned.tables.values()
        lines = (line for one in tables for line in (*one.lines, *([one.total] if one.total else [])))
        return bool(tables) and not any(line.total for line in lines)

    def public(self) -> list[FigureTable]:
        """Return its tables as the public may see them: none of some departments alone."""
        report, found = self.offered.report, self.reckoned
        if not self.whole:
            return []
        if self.together is None:
            return public_tables(
                [found.tables[name] for name in report.tables], report, found.period, found.members
            )
        beside = self.together
        hidden = hidden_in(self._beside(beside), beside.report, found.period, found.members)
        named = [(found.tables[name], beside.names[report.id, name]) for name in report.tables]
        public = {one.id for one in beside.report.chapters[0].tables}
        return [hidden.told(table, name) for table, name in named if name in public]

    def _beside(self, beside: PublishedTogether) -> list[FigureTable]:
        """Return the tables that are public together, counted over the same dossiers."""
        report, period = beside.report, self.reckoned.period
        own = {beside.names[self.offered.report.id, name]: name for name in self.offered.report.tables}
        tables = []
        for one in report.chapters[0].tables:
            if one.id in own:
                tables.append(replace(self.reckoned.tables[own[one.id]], id=one.id))
                continue
            counted = [each.counted for each in self.reckoned.members if one.id not in each.left_out]
            found = tally(report, one, period, counted)
            tables.append(figure_table(report, one, period, found, self.agreements, self._sentences))
        return tables

    @property
    def _sentences(self) -> Sentences:
        return sentences_in(language_of(self.agreements[0]))


def draft_in(
    seen: Looking,
    offered: Offered,
    places: Sequence[Place],
    asked: Asked,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
    *,
    sound: bool = False,
) -> Draft:
    """Return a report as it is being made, of some departments."""
    sentences = sentences_in(language_of(seen.agreements[places[0]]))
    periods = (asked.period, asked.earlier)
    together = None if asked.span else published_together(_agreed_beside(seen, offered.report, places))
    reports = (offered.report, together.report if together else offered.report)
    reckoned = reckon(seen, reports, places, periods, sentences, progress, sound=sound)
    empty = empty_record(offered, asked)
    record = (None if asked.span else report_record(seen.register, empty.id)) or empty
    named = dict.fromkeys(name for one in offered.report.chapters for name in one.assesses)
    held = replace(seen, agreements={place: seen.agreements[place] for place in places})
    known = [one for one in named if one in seen.agreements[places[0]].standards]
    assessments = {one: assess(held, (asked.organisation, one), asked.year) for one in known}
    agreements = tuple(seen.agreements[place] for place in places)
    return Draft(
        offered,
        asked,
        reckoned,
        record,
        assessments,
        together=together,
        agreements=agreements,
        whole=_is_whole(seen, offered.report, places),
    )


def _is_whole(seen: Looking, report: Report, places: Sequence[Place]) -> bool:
    """Say whether departments are all of an organisation that agreed on a report, whoever looks."""
    named = [one for one in seen.register.published_departments() if one[0] == places[0][0]]
    agreed = {
        (one.agreement.organisation, one.agreement.department)
        for one in all_in_force(seen.register, seen.runtime.library, named, seen.now)
        if one.agreement.reports.get(report.id) == report
    }
    return agreed <= set(places)


def _agreed_beside(seen: Looking, report: Report, places: Sequence[Place]) -> list[Report]:
    """Return all reports that each of some departments agreed on, in one order whichever of them is made; and a report
    that is only proposed, in the place of the one that it would take."""
    agreed = seen.agreements[places[0]].reports
    found = {
        name: one
        for name, one in agreed.items()
        if all(seen.agreements[place].reports.get(name) == one for place in places)
    }
    found[report.id] = report
    return [found[name] for name in sorted(found)]


def other_drafts(seen: Looking, offered: Offered, here: ReportRecord) -> tuple[OtherDraft, ...]:
    """Return the other drafts of a report over the same year in which something is written that is not in this one, of
    departments in each of which whoever looks may make or read reports: as soon as another one agrees on a report, or
    one no longer does, "all departments" is another draft, and nothing that was typed is to be out of sight."""
    mine = {"/".join(place): agreement.department_name for place, agreement in seen.agreements.items()}
    found = []
    for one in drafts_of(seen.register, here):
        departments = drafted_departments(one)
        texts, internal = _not_in(one.texts, here.texts), _not_in(one.internal_texts, here.internal_texts)
        if (texts or internal) and mine.keys() >= set(departments):
            names = {key: mine[key] for key in departments}
            opens = set(departments) <= offered.departments.keys()
            found.append(OtherDraft(names, texts, internal, opens))
    return tuple(found)


def _not_in(theirs: Mapping[str, Mapping[str, str]], here: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """Return the texts of another draft, by chapter, that are not in this one."""
    return {
        name: said["text"]
        for name, said in theirs.items()
        if said["text"] and said["text"] != here.get(name, {}).get("text")
    }


def empty_record(offered: Offered, asked: Asked) -> ReportRecord:
    """Return a draft in which nothing is written."""
    report = offered.report
    departments = asked.departments or tuple(offered.departments)
    return ReportRecord(
        draft_id(asked.organisation, asked.report, asked.year, departments),
        asked.organisation,
        asked.report,
        asked.year,
        DRAFT,
        report.name,
        departments[0] if len(departments) == 1 else "",
        least=report.least,
        source=report.source,
        certainty=report.certainty,
    )


def language_of(agreement: Agreement) -> str:
    """Return the language of what is kept of an agreement's organisation."""
    return agreement.languages[0]
