"""What reports count and what the overview looks at, in words: an item for each report, a sentence for each table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from gehoor.core.agreement.model import Agreement
from gehoor.core.reports.model import DEPARTMENT, MONTH, YEAR, Chart, Measures, Report, ReportTable
from gehoor.core.reports.model import Chapter as ReportChapter
from gehoor.core.wording.chapters import Chapter, Item, Part, Sentence, chapter, loose
from gehoor.core.wording.nl.agreement.phrases import closed, joined, label, milestone
from gehoor.core.wording.nl.agreement.rules.conditions import clause
from gehoor.core.wording.nl.formats import quoted

_BY: Final = {DEPARTMENT: "afdeling", MONTH: "maand", YEAR: "jaar"}
_CHARTS: Final = {
    Chart.BARS: "Erbij staan staven.",
    Chart.UPRIGHT: "Erbij staan kolommen.",
    Chart.STACKED: "Erbij staan staven in delen.",
}
_CERTAINTY: Final = {
    "certain": "De tekst waarop dit steunt, is nagelezen.",
    "likely": "Dit is waarschijnlijk zo. Kijk het na voor u erop steunt.",
    "to-confirm": "Dit moet de organisatie nog bevestigen. Het staat niet vast dat een wet het zo vraagt.",
}


def reports(agreement: Agreement) -> Chapter:
    """Say what each report holds."""
    return chapter(
        "reports",
        "Verslagen",
        *(_report(agreement, one) for one in agreement.reports.values()),
    )


def standards(agreement: Agreement) -> Chapter:
    """Say what the organisation holds itself against."""
    sentences = (
        Sentence(name, f"Wij leggen onze werking naast: {closed(str(said['name']))}")
        for name, said in agreement.standards.items()
        if "name" in said
    )
    return chapter("standards", "Zelfbeoordeling", loose("standards", *sentences))


def overview(agreement: Agreement) -> Chapter:
    """Say what the overview looks at besides terms."""
    sentences = tuple(_overview(agreement))
    items = (Item("overview", "Waarop het overzicht let", sentences),) if sentences else ()
    return chapter("overview", "Overzicht", *items)


def _overview(agreement: Agreement) -> Iterable[Sentence]:
    agreed = agreement.overview
    if agreed.returning:
        names = joined([label(agreement, one) for one in agreed.returning])
        yield Sentence("returning", f"Het overzicht toont welke antwoorden blijven terugkomen bij {names}.")
    if agreed.measures:
        one = agreed.measures
        alike = joined([label(agreement, name) for name in one.alike])
        yield Sentence(
            "measures",
            f"Van elke rij van {label(agreement, one.rows)} die gedaan is, toont het wat er daarna over hetzelfde "
            f"binnenkwam. Hetzelfde is: gelijk in {alike}.",
        )
        members = (one.done_on, one.named_by, one.described_by, one.helped)
        words = joined([_member(agreement, one.rows, name) for name in members if name])
        yield Sentence("measure-fields", f"Het gaat daarbij uit van {words}.")
        for key, codes, what in (
            ("helped-with", one.helped_with, "hielp"),
            ("not-helped-with", one.not_helped_with, "hielp niet"),
        ):
            if codes:
                answers = joined([_answer(agreement, one, code) for code in codes])
                yield Sentence(key, f"Een maatregel {what} bij {answers}.")


def _answer(agreement: Agreement, one: Measures, code: str) -> str:
    of = agreement.dossier_form.fields.get(one.rows)
    helped = of.members.get(one.helped) if of else None
    return quoted(
        next((each.label for each in helped.choices if each.code == code), code) if helped else code
    )


def _member(agreement: Agreement, rows: str, name: str) -> str:
    of = agreement.dossier_form.fields.get(rows)
    inner = of.members.get(name) if of else None
    return f"\u201c{inner.label}\u201d" if inner else f"\u201c{name}\u201d"


def _report(agreement: Agreement, report: Report) -> Item:
    key = f"reports/{report.id}"
    return Item(
        key,
        report.name,
        tuple(replace(one, key=f"{key}/{one.key}") for one in _sentences(agreement, report)),
        new=f"Nieuw verslag: {report.name}.",
        gone=f"Het verslag {report.name} is weg.",
    )


def _sentences(agreement: Agreement, report: Report) -> Iterable[Sentence]:
    if report.applies_to:
        yield Sentence("applies-to", f"Het is er voor: {closed(report.applies_to)}")
    yield Sentence("period-by", f"Een dossier telt in het jaar van {milestone(agreement, report.period_by)}.")
    if report.closed_by:
        yield Sentence("closed-by", f"Het is af bij {milestone(agreement, report.closed_by)}.")
    yield Sentence(
        "least",
        f"In de openbare versie staan geen aantallen onder {report.least}, en zijn zij ook niet af te leiden.",
        subject=f"Het kleinste aantal van {report.name}",
        value=str(report.least),
    )
    for one in report.chapters:
        key = f"chapters/{one.key}"
        part = Part(one.key, one.title, _holds(one))
        parts = [
            f"Hoofdstuk \u201c{one.title}\u201d.",
            closed(one.explanation) if one.explanation else "",
            f"Wie het verslag maakt, schrijft: {closed(one.asks)}" if one.asks else "",
            "Dit staat niet in de openbare versie." if one.internal else "",
        ]
        yield Sentence(key, " ".join(said for said in parts if said), part=part)
        for table in one.tables:
            yield Sentence(f"{key}/{table.title}", _table(agreement, table), part=part)
    if report.source:
        yield Sentence("source", f"Bron: {closed(report.source)}")
    if report.certainty:
        yield Sentence("certainty", _CERTAINTY[report.certainty])


def _holds(one: ReportChapter) -> str:
    """Say which tables a chapter has."""
    names = [f"\u201c{table.title}\u201d" for table in one.tables]
    if not names:
        return "zonder tabel"
    return f"met de tabel{'len' if len(names) > 1 else ''} {joined(names)}"


def _table(agreement: Agreement, table: ReportTable) -> str:
    parts = [f"\u201c{table.title}\u201d: {_counts(agreement, table)}."]
    if table.only is not None:
        parts.append(f"Alleen als {clause(agreement, table.only)}.")
    if table.period_by:
        parts.append(f"Hier telt een dossier in het jaar van {milestone(agreement, table.period_by)}.")
    if table.years > 1:
        parts.append(f"Over {table.years} jaren.")
    if table.rate:
        parts.append(f"Ook per duizend, op {table.rate}.")
    if table.explanation:
        parts.append(closed(table.explanation))
    if table.chart:
        parts.append(_CHARTS[table.chart])
    if table.in_front:
        called = f", als \u201c{table.front_name}\u201d" if table.front_name else ""
        parts.append(f"Het getal staat ook bovenaan{called}.")
    if table.internal:
        parts.append("Dit staat niet in de openbare versie.")
    return " ".join(parts)


def _counts(agreement: Agreement, table: ReportTable) -> str:
    by = joined([_by(agreement, one) for one in (table.by, table.across) if one])
    per = f" per {by}" if by else ""
    if table.flow:
        return "wat open was, binnenkwam, afgerond is en open blijft"
    if table.lead_time:
        lead = table.lead_time
        bounds = joined([str(one) for one in lead.bounds])
        days = f"{milestone(agreement, lead.start)} tot {milestone(agreement, lead.until)}"
        return f"hoeveel dagen er liggen van {days}{per}, met als grenzen {bounds}"
    if table.term:
        term = agreement.terms.get(table.term)
        return f"of de termijn \u201c{term.name if term else table.term}\u201d gehaald is{per}"
    if table.mean_of or table.sum_of:
        what = "het gemiddelde en de mediaan" if table.mean_of else "de som"
        return f"{what} van {_by(agreement, table.mean_of or table.sum_of)}{per}"
    return f"hoeveel{per}"


def _by(agreement: Agreement, name: str) -> str:
    rows, _, member = name.partition(".")
    if member:
        return f"{_member(agreement, rows, member)} in {label(agreement, rows)}"
    return _BY.get(name) or label(agreement, name)
