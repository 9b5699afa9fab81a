"""Tables of figures: what was counted, with what people call each row and column, and in a sentence how it counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal, localcontext
from statistics import median
from typing import Final

from gehoor.core.agreement.model import Agreement
from gehoor.core.figures.counted import Period
from gehoor.core.figures.counting import (
    ALL,
    FLOW,
    NOT_YET,
    STANDINGS,
    UNANSWERED,
    Tally,
    counts_rows,
    several_answers,
)
from gehoor.core.figures.how_counted import Measure, explained, how_counted, measure_of, what_counts
from gehoor.core.forms.fields import Field
from gehoor.core.reports.model import DEPARTMENT, MONTH, YEAR, Chart, LeadTime, Report, ReportTable
from gehoor.core.wording.port import Figures, Sentences

_TIMES: Final = (MONTH, YEAR)
_HUNDREDTH: Final = Decimal("0.01")
_DIGITS: Final = 60


@dataclass(frozen=True, slots=True)
class Head:
    """What a row or column is: its key among the cells, and what people call it."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Line:
    """A row: its numbers by column, how many in all (each dossier once), and what is worked out of it. None is what is
    not told."""

    head: Head
    counts: tuple[int | None, ...]
    total: int | None
    worked_out: tuple[Decimal | None, ...] = ()


@dataclass(frozen=True, slots=True)
class FigureTable:
    """A table as it is shown. ``worked_out``: what the last columns hold, by name: means, medians, sums, rates.
    ``adds_up``: whether the rows together are the total, and the columns."""

    id: str
    title: str
    explanation: str
    how: tuple[str, ...]
    columns: tuple[Head, ...]
    lines: tuple[Line, ...]
    total: Line | None
    worked_out: tuple[str, ...] = ()
    adds_up: bool = True
    chart: Chart | None = None
    internal: bool = False
    measure: str = Measure.NONE
    """Which number of it stands in front as well; empty: none does."""
    counted: str = ""
    """What it counts, in a few words."""
    by_time: str = ""
    """What of it are months or years: its ``rows`` or its ``columns``; empty: neither."""
    by_choice: bool = False
    """Whether its rows are answers out of a list that was agreed on: of a long one some may never have been given."""
    front_name: str = ""
    """What its number is called in front; empty: as the table is."""

    @property
    def withheld(self) -> bool:
        """Whether nothing of it is told: it could not be without hiding what other tables tell."""
        return not self.lines and self.total is None

    @property
    def is_of_term(self) -> bool:
        """Whether it says how terms stood on the day on which it was counted."""
        return any(one.key in STANDINGS for one in (*self.columns, *(line.head for line in self.lines)))

    @property
    def broken_down_twice(self) -> bool:
        """Whether it has several columns, so that each row has a total of its own."""
        return len(self.columns) > 1


def figure_table(
    report: Report,
    table: ReportTable,
    period: Period,
    found: Tally,
    departments: Sequence[Agreement],
    sentences: Sentences,
) -> FigureTable:
    """Return a table of what was counted. ``departments``: the agreements of those that are counted, the first gives
    the names of what it has in common with others."""
    said = sentences.figures
    first = departments[0]
    rows = _heads(_row_keys(table, period, found, departments), table, table.by, departments, sentences)
    columns = _heads(
        _column_keys(table, period, found, departments), table, _across(table), departments, sentences
    )
    if columns in ((), (Head(ALL, said.total),)):
        # Of an answer that is no code there are no columns where nobody gave it.
        columns = (Head(ALL, _counted_name(table, said)),)
    worked_out = _worked_out(table, said)
    lines = tuple(
        Line(
            head,
            tuple(found.cells[head.key, column.key] for column in columns),
            found.rows[head.key],
            _values(table, found, head.key),
        )
        for head in rows
    )
    whole = tuple(found.columns[column.key] for column in columns)
    totals = (
        None
        if table.flow
        else Line(
            Head(ALL, said.total),
            whole if len(columns) > 1 else (found.counted,),
            found.counted,
            _values(table, found, ALL),
        )
    )
    only_one = len(lines) == 1 and lines[0].head.key == ALL
    return FigureTable(
        table.id,
        table.title,
        explained(table, departments, sentences),
        how_counted(report, table, period, first, sentences),
        columns,
        () if only_one else lines,
        totals,
        worked_out,
        adds_up=not several_answers(table, first),
        chart=table.chart,
        internal=table.internal,
        measure=measure_of(table),
        counted=what_counts(table, first, sentences),
        by_time="rows" if table.by in _TIMES else "columns" if _across(table) in _TIMES else "",
        by_choice=any(of is not None and of.choices for of in (_field(one, table.by) for one in departments)),
        front_name=table.front_name,
    )


def _counted_name(table: ReportTable, said: Figures) -> str:
    """Return what stands above the numbers of a table: beside how many answers there are, which number that is."""
    if counts_rows(table):
        return said.rows
    return said.dossiers if table.mean_of or table.sum_of else said.count


def _across(table: ReportTable) -> str:
    if table.by and (table.lead_time or table.term):
        return ALL
    return table.across


def _row_keys(
    table: ReportTable, period: Period, found: Tally, departments: Sequence[Agreement]
) -> list[str]:
    seen = {row for row, _ in found.cells}
    if table.flow:
        return list(FLOW)
    if table.lead_time and not table.by:
        return _classes(table.lead_time, seen)
    if table.term and not table.by:
        return list(STANDINGS)
    return _keys(table, table.by, period, seen, departments)


def _column_keys(
    table: ReportTable, period: Period, found: Tally, departments: Sequence[Agreement]
) -> list[str]:
    seen = {column for _, column in found.cells}
    if table.by and table.lead_time:
        return _classes(table.lead_time, seen)
    if table.by and table.term:
        return list(STANDINGS)
    return _keys(table, table.across, period, seen, departments)


def _classes(lead: LeadTime, seen: Iterable[str]) -> list[str]:
    return [
        *(str(number) for number in range(len(lead.bounds) + 1)),
        *([NOT_YET] if NOT_YET in set(seen) else []),
    ]


def _keys(
    table: ReportTable, by: str, period: Period, seen: set[str], departments: Sequence[Agreement]
) -> list[str]:
    """Return the keys of what a table is broken down by, in the order of the agreement: also those that nothing was
    counted in, but for codes that are not offered any more."""
    match by:
        case "":
            return [ALL]
        case _ if by == DEPARTMENT:
            known = [f"{one.organisation}/{one.department}" for one in departments]
        case _ if by == MONTH:
            known = _months(period.back(table.years - 1))
        case _ if by == YEAR:
            known = [str(period.last.year - back) for back in reversed(range(table.years))]
        case _:
            known = list(dict.fromkeys(code for one in departments for code in _codes(_field(one, by), seen)))
    extra = sorted((one for one in seen if one not in known and one != UNANSWERED), key=_numbers_first)
    return [*known, *extra, *([UNANSWERED] if UNANSWERED in seen else [])]


def _numbers_first(text: str) -> tuple[int, int, str]:
    is_number = len(text) < _LONGEST_NUMBER and text.isascii() and text.removeprefix("-").isdigit()
    return (0, int(text), "") if is_number else (1, 0, text)


def _months(period: Period) -> list[str]:
    found, day = [], period.first.replace(day=1)
    while day <= period.last:
        found.append(day.isoformat()[:7])
        day = (day + timedelta(days=31)).replace(day=1)
    return found


def _field(agreement: Agreement, by: str) -> Field | None:
    rows, _, member = by.partition(".")
    of = agreement.dossier_form.fields.get(rows)
    return of.members.get(member) if of is not None and member else of


def _codes(of: Field | None, seen: set[str]) -> list[str]:
    if of is None:
        return []
    if of.kind == "boolean":
        return ["true", "false"]
    if of.choices:
        return [one.code for one in of.choices if not one.retired or one.code in seen]
    least, most = of.schema.get("minimum"), of.schema.get("maximum")
    if isinstance(least, int) and isinstance(most, int) and most - least < _MOST_STEPS:
        return [str(value) for value in range(least, most + 1)]
    return []


_MOST_STEPS: Final = 20
_LONGEST_NUMBER: Final = 16


def _heads(
    keys: Iterable[str],
    table: ReportTable,
    by: str,
    departments: Sequence[Agreement],
    sentences: Sentences,
) -> tuple[Head, ...]:
    return tuple(Head(key, _label(key, table, by, departments, sentences)) for key in keys)


def _label(
    key: str, table: ReportTable, by: str, departments: Sequence[Agreement], sentences: Sentences
) -> str:
    said = sentences.figures
    named = {ALL: said.total, UNANSWERED: said.unanswered, NOT_YET: said.not_yet, **said.flow}
    if by == ALL and table.lead_time and key.isdecimal():
        named[key] = _class_label(table.lead_time, int(key), said)
    elif by == ALL and table.term:
        named |= said.standings
    elif by == DEPARTMENT:
        named |= {f"{one.organisation}/{one.department}": one.department_name for one in departments}
    elif by == MONTH and key not in named:
        named[key] = said.month(key)
    fields = (of for one in departments if (of := _field(one, by)) is not None)
    return named.get(key) or next((label for of in fields if (label := _answer(of, key, sentences))), key)


def _answer(of: Field, key: str, sentences: Sentences) -> str:
    if of.kind == "boolean":
        return sentences.formats.yes if key == "true" else sentences.formats.no
    return next((one.label for one in of.choices if one.code == key), "")


def _class_label(lead: LeadTime, number: int, said: Figures) -> str:
    if number == len(lead.bounds):
        return said.days_above(lead.bounds[-1])
    first = lead.bounds[number - 1] + 1 if number else 0
    return said.days_between(first, lead.bounds[number])


def _worked_out(table: ReportTable, said: Figures) -> tuple[str, ...]:
    names: list[str] = []
    if table.lead_time:
        names += [said.measured, said.mean_days, said.median_days]
    if table.mean_of:
        names += [said.answers, said.mean, said.median]
    if table.sum_of:
        names += [said.answers, said.sum]
    if table.rate:
        names.append(said.rate(table.rate))
    return tuple(names)


def _values(table: ReportTable, found: Tally, row: str) -> tuple[Decimal | None, ...]:
    values: list[Decimal | None] = []
    if table.lead_time and not table.by and row != ALL:
        # A class of days is itself what was measured: only of all together something is worked out.
        values += [None, None, None]
    elif table.lead_time:
        days = found.days.get(row, [])
        values += [Decimal(len(days)), mean_of(days), median_of(days)]
    if table.mean_of or table.sum_of:
        numbers = found.numbers.get(row, [])
        values.append(Decimal(len(numbers)))
        values += [mean_of(numbers), median_of(numbers)] if table.mean_of else [sum(numbers, Decimal(0))]
    if table.rate:
        count = found.counted if row == ALL else found.rows[row]
        values.append(_rounded(Decimal(1000 * count) / table.rate))
    return tuple(values)


def mean_of(numbers: Sequence[int] | Sequence[Decimal]) -> Decimal | None:
    """Return the mean, to a hundredth; None of nothing."""
    return _rounded(sum(map(Decimal, numbers), Decimal(0)) / len(numbers)) if numbers else None


def median_of(numbers: Sequence[int] | Sequence[Decimal]) -> Decimal | None:
    """Return the median, to a hundredth: of an even number of them the mean of the two in the middle."""
    return _rounded(median(map(Decimal, numbers))) if numbers else None


def _rounded(value: Decimal) -> Decimal:
    with localcontext(prec=_DIGITS):
        found = value.quantize(_HUNDREDTH, ROUND_HALF_UP)
        return found.to_integral_value() if found == found.to_integral_value() else found
