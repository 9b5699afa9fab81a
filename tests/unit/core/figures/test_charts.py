"""Drawings of tables: a number that is not given is not taken for none, or for one that is drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from gehoor.core.figures.charts import chart
from gehoor.core.figures.tables import FigureTable, Head, Line
from gehoor.core.reports.model import Chart


def drawn(kind: Chart, *rows: int | None, signs: Mapping[str, str] | None = None) -> str:
    """Draw a table of rows, of each of which half stands in either of two columns; None: what is not given."""

    def counts(number: int | None) -> tuple[int | None, ...]:
        if kind is not Chart.STACKED:
            return (number,)
        return (None, None) if number is None else (number - number // 2, number // 2)

    lines = tuple(
        Line(Head(f"r{at}", f"Rij {at}"), counts(number), number) for at, number in enumerate(rows, 1)
    )
    columns = (Head("a", "Ja"), Head("b", "Nee"))[: 2 if kind is Chart.STACKED else 1]
    table = FigureTable("1.1", "Tabel", "", (), columns, lines, None, chart=kind)
    return chart(table, "", "n.g.", str, signs or {})


KINDS: Sequence[Chart] = tuple(Chart)


@pytest.mark.parametrize("kind", KINDS)
def test_a_number_that_is_not_given_is_a_block_in_dashes_that_says_so(kind: Chart) -> None:
    found = drawn(kind, 8, None, 0)
    assert found.count("stroke-dasharray") == 1
    assert found.count(">n.g.</text>") == 1


@pytest.mark.parametrize("kind", KINDS)
def test_none_is_not_drawn_so(kind: Chart) -> None:
    found = drawn(kind, 8, 0)
    assert "stroke-dasharray" not in found
    assert ">0</text>" in found


@pytest.mark.parametrize("kind", KINDS)
def test_where_more_is_not_given_than_drawn_there_is_no_drawing(kind: Chart) -> None:
    assert drawn(kind, 8, None)
    assert drawn(kind, 8, 6, 0, None, None)
    # None of them is something to see.
    assert drawn(kind, 8, 0, 0, None, None) == ""


@pytest.mark.parametrize("kind", [Chart.BARS, Chart.UPRIGHT])
def test_what_was_not_registered_yet_is_no_number_that_is_not_given(kind: Chart) -> None:
    found = drawn(kind, 8, 0, 0, signs={"r2": "\u2013", "r3": "\u2013"})
    assert found.count(">\u2013</text>") == 2
    assert "stroke-dasharray" not in found


def test_of_a_stack_one_part_that_is_not_given_leaves_the_row_out() -> None:
    lines = (
        Line(Head("a", "A"), (6, 2), 8),
        Line(Head("b", "B"), (6, None), 9),
    )
    columns = (Head("x", "Ja"), Head("y", "Nee"))
    found = chart(
        FigureTable("1.1", "Tabel", "", (), columns, lines, None, chart=Chart.STACKED), "", "n.g.", str
    )
    assert found.count("stroke-dasharray") == 1
    assert ">9</text>" not in found
