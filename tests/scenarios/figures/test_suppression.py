"""Small numbers in a public table: hidden, and found again by nobody who knows all that is shown."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from gehoor.core.figures.counted import Counted, Period
from gehoor.core.figures.counting import tally
from gehoor.core.figures.suppression import public_tables
from gehoor.core.figures.tables import FigureTable, figure_table
from gehoor.core.reports.model import Report
from gehoor.core.reports.parse import build_reports
from gehoor.core.wording.registry import sentences_in
from tests.support.de_linde import agreement
from tests.support.figures import COMPLAINT, counted

KINDS = ("klacht", "opmerking", "suggestie")
JUDGEMENTS = ("gegrond", "deels_gegrond", "ongegrond")
FIGURES = [
    {"name": "Soort", "per": "type_bericht"},
    {"name": "Soort en oordeel", "per": "type_bericht", "and-per": "gegrondheid"},
    {"name": "Oordeel", "per": "gegrondheid"},
    {"name": "Oordeel over klachten", "if": COMPLAINT, "per": "gegrondheid"},
    {"name": "Intern", "per": "ernst", "internal": True},
]
LEAST = 5


def report() -> Report:
    chapters = [{"name": "Alles", "figures": FIGURES}]
    document = {"reports": {"r": {"name": "R", "period-by": "ontvangst", "chapters": chapters}}}
    return build_reports(document, agreement().fact_types)["r"]


def tables(cells: list[int]) -> tuple[list[FigureTable], list[FigureTable]]:
    """The tables of a register with so many dossiers of each kind and judgement, and the same for the public."""
    dossiers: list[Counted] = []
    for (kind, judgement), times in zip(product(KINDS, JUDGEMENTS), cells, strict=True):
        values = {"type_bericht": kind, "gegrondheid": judgement}
        dossiers += [counted(agreement(), n, values, {"ontvangst": "2026-02-01"}) for n in range(times)]
    one, period = report(), Period.of_year(2026)
    whole = [
        figure_table(
            one, table, period, tally(one, table, period, dossiers), [agreement()], sentences_in("nl")
        )
        for table in one.tables.values()
    ]
    return whole, public_tables(whole, one.tables, LEAST, 2026)


CELLS = st.lists(st.integers(0, 12), min_size=9, max_size=9)


@given(cells=CELLS)
def test_no_small_number_is_shown(cells: list[int]) -> None:
    for table in tables(cells)[1]:
        for line in (*table.lines, *([table.total] if table.total else [])):
            assert all(count is None or count == 0 or count >= LEAST for count in (*line.counts, line.total))


@given(cells=CELLS)
def test_what_is_shown_is_what_was_counted(cells: list[int]) -> None:
    whole, public = tables(cells)
    known = {one.id: one for one in whole}
    for table in public:
        for line, before in zip(table.lines, known[table.id].lines, strict=True):
            assert all(count in (None, was) for count, was in zip(line.counts, before.counts, strict=True))


def test_what_is_for_the_organisation_only_is_left_out() -> None:
    assert [one.title for one in tables([9] * 9)[1]] == [one["name"] for one in FIGURES[:-1]]


class Solver:
    """Somebody who knows every number that is shown, and that those that are hidden are whole and not below zero: what
    each could be, narrowed by each sum in each table until nothing gets narrower."""

    def __init__(self, public: list[FigureTable]) -> None:
        self.low: dict[tuple[str, str], int] = {}
        self.high: dict[tuple[str, str], int] = {}
        self.sums: list[tuple[tuple[str, str], list[tuple[str, str]]]] = []
        kinds, both, judgements, of_complaints = public
        for table, rows, columns in ((kinds, True, False), (judgements, False, True)):
            for line in table.lines:
                self._know((line.head.key, "") if rows else ("", line.head.key), line.total)
            assert table.total is not None
            self._know(("", ""), table.total.total)
            assert rows != columns
        for line in both.lines:
            self._know((line.head.key, ""), line.total)
            for column, count in zip(both.columns, line.counts, strict=True):
                self._know((line.head.key, column.key), count)
        assert both.total is not None
        for column, count in zip(both.columns, both.total.counts, strict=True):
            self._know(("", column.key), count)
        for line in of_complaints.lines:
            self._know(("klacht", line.head.key), line.total)
        codes = [one.key for one in both.columns]
        names = [one.head.key for one in both.lines]
        self.sums += [((name, ""), [(name, code) for code in codes]) for name in names]
        self.sums += [(("", code), [(name, code) for name in names]) for code in codes]
        self.sums += [(("", ""), [(name, "") for name in names]), (("", ""), [("", code) for code in codes])]
        self.narrow()

    def _know(self, number: tuple[str, str], value: int | None) -> None:
        self.low.setdefault(number, 0)
        self.high.setdefault(number, 10_000)
        if value is not None:
            self.low[number] = self.high[number] = value

    def narrow(self) -> None:
        changed = True
        while changed:
            changed = False
            for total, parts in self.sums:
                known = [one for one in parts if one in self.low]
                if len(known) < len(parts):
                    continue
                changed |= self._set(
                    total, sum(self.low[one] for one in known), sum(self.high[one] for one in known)
                )
                for one in known:
                    others = [other for other in known if other != one]
                    least = self.low[total] - sum(self.high[other] for other in others)
                    most = self.high[total] - sum(self.low[other] for other in others)
                    changed |= self._set(one, least, most)

    def _set(self, number: tuple[str, str], least: int, most: int) -> bool:
        before = self.low[number], self.high[number]
        self.low[number], self.high[number] = max(before[0], least), min(before[1], most)
        assert self.low[number] <= self.high[number]
        return before != (self.low[number], self.high[number])


@given(cells=CELLS)
def test_a_solver_recovers_none_of_the_hidden_numbers(cells: list[int]) -> None:
    public = tables(cells)[1]
    solver = Solver(public)
    hidden = [
        (line.head.key, column.key)
        for line in public[1].lines
        for column, count in zip(public[1].columns, line.counts, strict=True)
        if count is None
    ]
    for number in hidden:
        assert solver.high[number] - solver.low[number] >= LEAST, number


def test_a_mean_of_few_is_not_told_nor_that_of_all_beside_it() -> None:
    figure = {"name": "Tevreden", "per": "type_bericht", "mean-of": "tevreden_afhandeling"}
    document = {
        "reports": {
            "r": {"name": "R", "period-by": "ontvangst", "chapters": [{"name": "A", "figures": [figure]}]}
        }
    }
    one = build_reports(document, agreement().fact_types)["r"]
    dossiers = [
        counted(
            agreement(), n, {"type_bericht": kind, "tevreden_afhandeling": 3}, {"ontvangst": "2026-02-01"}
        )
        for n, kind in enumerate(["klacht"] * 9 + ["opmerking"] * 2)
    ]
    period, table = Period.of_year(2026), one.table("1.1")
    found = tally(one, table, period, dossiers)
    whole = figure_table(one, table, period, found, [agreement()], sentences_in("nl"))
    (public,) = public_tables([whole], one.tables, LEAST, 2026)
    told = {line.head.key: line.worked_out for line in public.lines}
    assert set(told["opmerking"]) == {None}
    assert public.total is not None
    assert set(public.total.worked_out) == {None}


def test_what_was_closed_does_not_follow_from_what_came_in_and_is_left() -> None:
    chapters = [{"name": "A", "figures": [{"name": "In en uit", "in-and-out": True}]}]
    document = {"reports": {"r": {"name": "R", "period-by": "ontvangst", "chapters": chapters}}}
    one = build_reports(document, agreement().fact_types)["r"]
    dossiers = [
        counted(agreement(), n, {}, {"ontvangst": "2026-02-01"}, closed_on="2026-03-01" if n == 0 else "")
        for n in range(9)
    ]
    period, table = Period.of_year(2026), one.table("1.1")
    found = tally(one, table, period, dossiers)
    whole = figure_table(one, table, period, found, [agreement()], sentences_in("nl"))
    (public,) = public_tables([whole], one.tables, LEAST, 2026)
    assert sum(line.total is None for line in public.lines) >= 2


@given(norms=st.lists(st.lists(st.sampled_from("abcd"), min_size=1, unique=True), max_size=30))
def test_where_a_dossier_counts_several_times_no_number_is_hidden_alone(norms: list[list[str]]) -> None:
    chapters = [{"name": "A", "figures": [{"name": "Normen", "per": "toetsingsnormen"}]}]
    document = {"reports": {"r": {"name": "R", "period-by": "ontvangst", "chapters": chapters}}}
    one = build_reports(document, agreement().fact_types)["r"]
    dossiers = [
        counted(agreement(), n, {"toetsingsnormen": of}, {"ontvangst": "2026-02-01"})
        for n, of in enumerate(norms)
    ]
    period, table = Period.of_year(2026), one.table("1.1")
    found = tally(one, table, period, dossiers)
    whole = figure_table(one, table, period, found, [agreement()], sentences_in("nl"))
    (public,) = public_tables([whole], one.tables, LEAST, 2026)
    hidden = [line for line in public.lines if line.total is None]
    others = [line for line in public.lines if line.total]
    assert public.total is not None
    assert len(hidden) != 1 or not others
    assert public.total.total is not None or not others
