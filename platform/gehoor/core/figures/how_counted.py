"""How a table counts, in sentences: over which days, of which dossiers, and what was agreed about what it measures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import Final

from gehoor.core.agreement.model import Agreement
from gehoor.core.conditions.model import All, Comparison, Condition, Operator
from gehoor.core.figures.counted import Period
from gehoor.core.figures.counting import counts_rows, several_answers
from gehoor.core.forms.fields import Field
from gehoor.core.reports.model import Report, ReportTable
from gehoor.core.wording.port import Sentences

_CODES: Final = (Operator.IS, Operator.ONE_OF)


class Measure(StrEnum):
    """Which number of a table stands in front; empty: none does."""

    NONE = ""
    FLOW = "flow"
    """What came in, was closed, and is left: each a number."""
    KEPT = "kept"
    """How many were on time, of those of which that is known."""
    DAYS = "days"
    """The median of days."""
    MEAN = "mean"
    SUM = "sum"
    COUNT = "count"
    """How many there are, and which row has most."""


def measure_of(table: ReportTable) -> Measure:
    """Return which number of a table stands in front."""
    if not table.in_front:
        return Measure.NONE
    kinds = {
        Measure.FLOW: table.flow,
        Measure.KEPT: table.term,
        Measure.DAYS: table.lead_time,
        Measure.MEAN: table.mean_of,
        Measure.SUM: table.sum_of,
    }
    return next((kind for kind, is_so in kinds.items() if is_so), Measure.COUNT)


def how_counted(
    report: Report, table: ReportTable, period: Period, agreement: Agreement, sentences: Sentences
) -> tuple[str, ...]:
    """Say how a table counts."""
    said = sentences.figures
    whole = period.back(table.years - 1)
    days = sentences.formats.days(whole.first, whole.last)
    names = {name: one.name for name, one in agreement.milestones.items()}
    parts = [
        said.flow_in(days)
        if table.flow
        else said.received_in(names.get(report.period_of(table), report.period_of(table)), days)
    ]
    if table.only is not None:
        parts.append(said.only_if(sentences.agreements.clause(agreement, table.only)))
    if table.lead_time:
        parts.append(
            said.lead_days(*(names.get(one, one) for one in (table.lead_time.start, table.lead_time.until)))
        )
    if table.term and table.term in agreement.terms:
        parts.append(said.of_term(agreement.terms[table.term].name))
    if counts_rows(table):
        rows = next(one for one in (table.by, table.across) if "." in one).partition(".")[0]
        of = agreement.dossier_form.fields.get(rows)
        parts.append(said.counts_rows(of.label if of else rows))
    if several_answers(table, agreement):
        parts.append(said.several)
    return tuple(parts)


def explained(table: ReportTable, departments: Sequence[Agreement], sentences: Sentences) -> str:
    """Return what stands above a table: what was agreed to say of it, and within which time a term has to be done,
    where it is agreed as a time: of each department apart where they agreed on another."""
    within: dict[str, list[str]] = {}
    for one in departments:
        term = one.terms.get(table.term)
        if term is not None and not term.day and term.rule.within.amount:
            length = sentences.durations.show(term.rule.within)
            within.setdefault(length, []).append(one.department_name)
    lengths = [
        length if len(within) == 1 else f"{length} ({', '.join(names)})" for length, names in within.items()
    ]
    agreed = sentences.figures.agreed_within(lengths) if lengths else ""
    return " ".join(part for part in (table.explanation, agreed) if part)


def what_counts(table: ReportTable, agreement: Agreement, sentences: Sentences) -> str:
    """Return what a table counts, as an agreement calls it."""
    said, fields = sentences.figures, agreement.dossier_form.fields
    if counts_rows(table):
        rows = next(one for one in (table.by, table.across) if "." in one).partition(".")[0]
        of = fields.get(rows)
        return said.of_rows(of.label if of else rows)
    if table.only is None:
        return said.of_all
    parts = []
    for part in _parts(table.only):
        named = _answer(part, fields.get(part.fact), sentences) if isinstance(part, Comparison) else ""
        if not named:
            return said.of_some(sentences.agreements.clause(agreement, table.only))
        parts.append(named)
    return said.of_answers(parts)


def _parts(only: Condition) -> Iterator[Condition]:
    if isinstance(only, All):
        for part in only.parts:
            yield from _parts(part)
    else:
        yield only


def _answer(part: Comparison, of: Field | None, sentences: Sentences) -> str:
    """Return what people call the answers that are asked for; empty where that is no answer of a list."""
    if of is None or part.operator not in _CODES or part.than is not None:
        return ""
    codes = part.operand if isinstance(part.operand, tuple) else (part.operand,)
    labels = {one.code: one.label for one in of.choices}
    names = [labels.get(str(code), "") for code in codes]
    return f" {sentences.figures.or_} ".join(names) if names and all(names) else ""
