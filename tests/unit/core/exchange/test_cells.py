"""Cells as answers: days, numbers and codes as a sheet has them; what can mean two things is refused."""
# ruff: noqa: DTZ001 - sheets know no zone

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

import pytest

from gehoor.core.exchange.cells import Cell, CellError, CellFault, answer_of, as_text, is_empty
from gehoor.core.exchange.number_formats import shown_number
from gehoor.core.exchange.register_mapping import ColumnRule, DateOrder, RegisterMapping
from gehoor.core.forms.fields import Choice, Field


def of(kind: str, *labels: str) -> Field:
    choices = tuple(Choice(label.lower().replace(" ", "_"), label) for label in labels)
    return Field("veld", "Veld", kind, {}, choices=choices)


def mapped(order: DateOrder = DateOrder.DAY_FIRST, *empty: str) -> RegisterMapping:
    return RegisterMapping("o", "b", "Nr", (), dates=order, empty=empty)


def answer(cell: Cell, kind: str, *labels: str, order: DateOrder = DateOrder.DAY_FIRST, **rule: Any) -> Any:
    return answer_of(cell, ColumnRule("veld", "K", **rule), of(kind, *labels), mapped(order), from_1904=False)


@pytest.mark.parametrize(
    ("cell", "kind", "expected"),
    [
        (datetime(2019, 3, 2), "date", "2019-03-02"),
        (date(2019, 3, 2), "date", "2019-03-02"),
        (43526, "date", "2019-03-02"),
        (43526.5, "instant", "2019-03-02 12:00"),
        (0.5 + 43526, "time", "12:00"),
        (time(9, 30), "time", "09:30"),
        ("02/03/2019", "date", "02/03/2019"),
        ("02/03/2019 14:00", "date", "02/03/2019"),
        ("2019-03-02T14:00:00", "date", "2019-03-02"),
        ("2 maart 2019", "date", "2 maart 2019"),
        (3, "integer", 3),
        (12.5, "decimal", 12.5),
        ("12,50", "decimal", "12,50"),
        (470123456.0, "phone", "470123456"),
        (True, "text", "ja"),
        ("x", "boolean", True),
        ("Nee", "boolean", False),
        (1, "boolean", True),
        ("'=1+1", "text", "=1+1"),
    ],
)
def test_a_cell_is_what_its_field_reads(cell: Cell, kind: str, expected: Any) -> None:
    assert answer(cell, kind) == expected


@pytest.mark.parametrize(
    ("value", "form", "kind", "expected"),
    [
        (7, "0000", "text", "0007"),
        (7.0, "[Red]0000", "phone", "0007"),
        (12345, "0000", "text", "12345"),
        (7, "General", "text", "7"),
        (7, "0", "text", "7"),
        (1234, "#,##0", "text", "1234"),
        (7, "0.00", "text", "7"),
        (7.5, "0.00", "text", "7.5"),
        (7, "[$-413]0", "text", "7"),
        (7, "0;-0;-", "text", "7"),
        (7, '"K-"0000', "integer", 7),
        (12.5, '#,##0.00 "euro"', "decimal", 12.5),
        (43526, '"dag "0', "date", "2019-03-02"),
    ],
)
def test_a_number_is_what_is_read_there(value: float, form: str, kind: str, expected: Any) -> None:
    assert answer(shown_number(value, form), kind) == expected


@pytest.mark.parametrize(
    ("value", "form", "kind"),
    [
        (7, '"K-2019-"0000', "text"),
        (470123456, "0000 00 00 00", "phone"),
        (470123456, "0###\\ ##\\ ##\\ ##", "phone"),
        (7, "K0", "text"),
        (7.5, "0", "text"),
        (7.5, "0000", "text"),
        (-7, "0000", "text"),
        (-7, "0;0", "text"),
        (0, '0;-0;"geen"', "text"),
        (7, "0.00E+00", "text"),
        (0.25, "0%", "text"),
        (0.25, "0%", "decimal"),
        (7_000_000, '0.0,,"M"', "integer"),
        (1.5, "# ?/?", "text"),
        (7, "[>5]0", "text"),
        (7, ";;;", "text"),
    ],
)
def test_a_number_that_is_read_otherwise_than_it_is_is_told(value: float, form: str, kind: str) -> None:
    with pytest.raises(CellError) as caught:
        answer(shown_number(value, form), kind)
    assert (caught.value.code, caught.value.details["form"]) == ("shown", form)


def test_a_number_says_something_however_it_is_shown() -> None:
    assert not is_empty(shown_number(7, '"K-"0'), mapped())
    assert is_empty(shown_number(0, '"-"'), mapped(DateOrder.DAY_FIRST, "0"))


def test_a_date_in_figures_has_its_month_first_only_where_that_was_said() -> None:
    assert answer("03/02/2019", "date", order=DateOrder.MONTH_FIRST) == "02/03/2019"


def test_days_may_count_from_1904() -> None:
    rule = ColumnRule("veld", "K")
    assert answer_of(42064, rule, of("date"), mapped(), from_1904=True) == "2019-03-02"


@pytest.mark.parametrize(
    ("cell", "kind", "code"),
    [
        ("3/2/19", "date", "short-year"),
        (2, "date", "no-date"),
        (-5.0, "date", "no-date"),
        (1e300, "date", "no-date"),
        (True, "date", "no-date"),
        (time(9), "date", "no-date"),
        ("misschien", "boolean", "unknown-value"),
        ("gegron", "choice", "unknown-value"),
        (CellFault("formula"), "text", "formula"),
        (CellFault("failed"), "date", "failed"),
    ],
)
def test_what_cannot_be_an_answer_says_why(cell: Cell, kind: str, code: str) -> None:
    with pytest.raises(CellError) as refused:
        answer(cell, kind, "Gegrond", "Ongegrond")
    assert refused.value.code == code


def test_a_word_near_a_known_one_is_asked_after() -> None:
    with pytest.raises(CellError) as refused:
        answer("gegron", "choice", "Gegrond", "Ongegrond")
    assert refused.value.details["hint"] == "Gegrond"


@pytest.mark.parametrize("cell", ["Gegrond", "gegrond", "  GEGROND ", "GEGROND"])
def test_a_choice_is_known_by_its_name_or_code_whatever_its_capitals(cell: str) -> None:
    assert answer(cell, "choice", "Gegrond", "Ongegrond") == "gegrond"


def test_a_word_there_is_a_code_here() -> None:
    assert answer("Deels", "choice", "Gegrond", values={"deels": "deels_gegrond"}) == "deels_gegrond"
    assert answer("Anders", "choice", "Gegrond", otherwise="gegrond") == "gegrond"


def test_more_than_one_stands_in_a_cell_where_that_was_said() -> None:
    assert answer("Brief; Telefoon;Brief", "choices", "Brief", "Telefoon", separator=";") == [
        "brief",
        "telefoon",
    ]
    with pytest.raises(CellError):
        answer("Brief; Telefoon", "choices", "Brief", "Telefoon")


@pytest.mark.parametrize("cell", [None, "", "  ", "-", "NVT"])
def test_what_says_nothing_is_empty(cell: Cell) -> None:
    assert is_empty(cell, mapped(DateOrder.DAY_FIRST, "-", "nvt"))


def test_a_number_reads_as_people_see_it() -> None:
    assert [as_text(one) for one in (12.0, 12.5, 10**14, datetime(2019, 3, 2, 9, 5))] == [
        "12", "12.5", "100000000000000", "02/03/2019 09:05",
    ]  # fmt: skip
