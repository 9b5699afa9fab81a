"""The public version of a report: of which departments there is one, and what is hidden beside what else is public."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from gehoor.core.agreement.model import Agreement
from gehoor.core.figures.counting import tally
from gehoor.core.figures.suppression.public_tables import hidden_in
from gehoor.core.figures.suppression.published_together import PublishedTogether
from gehoor.core.figures.tables import FigureTable, figure_table
from gehoor.core.reports.model import Report
from gehoor.core.wording.port import Sentences
from gehoor.services.agreements.publications import all_in_force
from gehoor.services.figures.looking import Looking, Place
from gehoor.services.figures.reckoning import Reckoned


def is_whole(seen: Looking, report: Report, places: Sequence[Place]) -> bool:
    """Say whether departments are all of an organisation that agreed on a report, whoever looks."""
    named = [one for one in seen.register.published_departments() if one[0] == places[0][0]]
    agreed = {
        (one.agreement.organisation, one.agreement.department)
        for one in all_in_force(seen.register, seen.runtime.library, named, seen.now)
        if one.agreement.reports.get(report.id) == report
    }
    return agreed <= set(places)


def agreed_beside(seen: Looking, report: Report, places: Sequence[Place]) -> list[Report]:
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


def told_beside(
    report: Report,
    reckoned: Reckoned,
    beside: PublishedTogether,
    agreements: Sequence[Agreement],
    sentences: Sentences,
) -> list[FigureTable]:
    """Return the tables of a report as the public may see them, beside all others that are public over its year."""
    own = {beside.names[report.id, name]: name for name in report.tables}

    def shown() -> Iterator[FigureTable]:
        for one in beside.report.chapters[0].tables:
            if one.id in own:
                yield replace(reckoned.tables[own[one.id]], id=one.id)
                continue
            counted = [each.counted for each in reckoned.members if one.id not in each.left_out]
            found = tally(beside.report, one, reckoned.period, counted)
            yield figure_table(beside.report, one, reckoned.period, found, agreements, sentences)

    tables = list(shown())
    hidden = hidden_in(tables, beside.report, reckoned.period, reckoned.members)
    public = {one.id for one in tables}
    named = [(beside.names[report.id, name], name) for name in report.tables]
    return [hidden.told(reckoned.tables[name], shared) for shared, name in named if shared in public]
