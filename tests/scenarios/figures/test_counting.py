"""What a table of a report counts, held against figures that others published and worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from gehoor.core.agreement.model import Agreement
from gehoor.core.calendar.durations import Duration, Unit
from gehoor.core.figures.counted import Counted, Period
from gehoor.core.figures.counting import behind, tally
from gehoor.core.figures.how_counted import explained
from gehoor.core.figures.tables import FigureTable, figure_table
from gehoor.core.reports.model import ReportTable
from gehoor.core.reports.parse import build_reports
from gehoor.core.wording.registry import sentences_in
from tests.support.de_linde import agreement
from tests.support.figures import COMPLAINT, counted, days_after

RECEIVED = "2018-03-01"
ANSWER = {"from": "ontvangst", "until": "antwoord verstuurd", "bounds": [20, 45, 90]}


def made(figure: dict[str, Any], dossiers: list[Counted], year: int = 2018, **report: Any) -> FigureTable:
    """The table of one figure over a year."""
    under: Agreement = agreement()
    chapters = [{"name": "Alles", "figures": [{"name": "Tabel", **figure}]}]
    document = {"reports": {"r": {"name": "R", "period-by": "ontvangst", "chapters": chapters, **report}}}
    (one,) = build_reports(document, under.fact_types).values()
    table = one.table("1.1")
    found = tally(one, table, Period.of_year(year), dossiers)
    for dossier in dossiers:
        assert behind(one, table, Period.of_year(year), (None, None))(dossier) >= 0
    return figure_table(one, table, Period.of_year(year), found, [under], sentences_in("nl"))


def answered(*days: int) -> list[Counted]:
    """Dossiers that were answered after so many days."""
    return [
        counted(
            agreement(),
            number,
            {},
            {"ontvangst": RECEIVED, "antwoord verstuurd": days_after(RECEIVED, after)},
        )
        for number, after in enumerate(days)
    ]


def numbers(table: FigureTable) -> dict[str, int]:
    return {one.head.label: one.total for one in table.lines}


def test_lead_times_fall_in_the_classes_of_the_yearly_report() -> None:
    table = made({"lead-time": ANSWER}, answered(3, 10, 11, 20, 21, 45, 46, 90, 91))
    assert numbers(table) == {
        "0 tot en met 20 dagen": 4,
        "21 tot en met 45 dagen": 2,
        "46 tot en met 90 dagen": 2,
        "Meer dan 90 dagen": 1,
    }
    assert table.total is not None
    assert (table.total.total, table.total.worked_out) == (9, (Decimal(9), Decimal("37.44"), Decimal(21)))


def test_a_class_of_days_is_no_number_that_a_mean_is_worked_out_of() -> None:
    """A row of it would say "worked out of 0" beside a number of dossiers."""
    table = made({"lead-time": ANSWER}, answered(3, 21, 30))
    assert {one.worked_out for one in table.lines} == {(None, None, None)}
    by_department = made({"per": "department", "lead-time": ANSWER}, answered(3, 21, 30))
    assert by_department.lines[0].worked_out == (Decimal(3), Decimal(18), Decimal(21))


def test_a_table_of_a_term_says_within_which_time_it_was_agreed() -> None:
    table = made({"term": "antwoord", "explanation": "Zonder wat nog loopt."}, answered(3))
    assert table.explanation == "Zonder wat nog loopt. Afgesproken: binnen 30 kalenderdagen."
    assert made({"per": "ernst"}, answered(3)).explanation == ""


def test_departments_that_agreed_on_another_time_are_each_told() -> None:
    first = agreement()
    term = first.terms["antwoord"]
    shorter = replace(term, rule=replace(term.rule, within=Duration(3, Unit.WEEKS)))
    other = replace(first, department_name="WZC Eikenrode", terms={**first.terms, "antwoord": shorter})
    table = ReportTable("1.1", "Op tijd", term="antwoord")
    assert explained(table, [first, other], sentences_in("nl")) == (
        "Afgesproken: binnen 30 kalenderdagen (WZC Beukenhof); 3 weken (WZC Eikenrode)."
    )
    assert explained(table, [first, other], sentences_in("fr")) == (
        "Convenu\u00a0: dans les 30 jours calendrier (WZC Beukenhof)\u00a0; 3 semaines (WZC Eikenrode)."
    )


def test_acknowledgements_within_ten_days_and_later() -> None:
    lead = {"from": "ontvangst", "until": "antwoord verstuurd", "bounds": [10]}
    assert numbers(made({"lead-time": lead}, answered(0, 10, 11))) == {
        "0 tot en met 10 dagen": 2,
        "Meer dan 10 dagen": 1,
    }


def test_what_is_not_answered_yet_is_told_apart_and_makes_no_mean() -> None:
    waiting = counted(agreement(), 9, {}, {"ontvangst": RECEIVED})
    table = made({"lead-time": ANSWER}, [*answered(5), waiting])
    assert numbers(table)["Nog niet zover"] == 1
    assert table.total is not None
    assert (table.total.total, table.total.worked_out) == (2, (Decimal(1), Decimal(5), Decimal(5)))


def test_a_dossier_counts_in_the_year_that_the_report_goes_by() -> None:
    new_year = [
        counted(agreement(), 1, {}, {"ontvangst": "2018-12-31", "antwoord verstuurd": "2019-01-03"}),
        counted(agreement(), 2, {}, {"ontvangst": "2019-01-01", "antwoord verstuurd": "2019-01-03"}),
    ]

    def totals(**by: str) -> list[int]:
        made_of = [made({"per": "month"}, new_year, year, **by) for year in (2018, 2019)]
        return [one.total.total for one in made_of if one.total]

    assert totals() == [1, 1]
    assert totals(**{"period-by": "antwoord verstuurd"}) == [0, 2]


def test_several_answers_do_not_add_up_and_it_is_said() -> None:
    norms = [["A", "B"], ["A"], ["A", "C"]]
    dossiers = [
        counted(agreement(), number, {"toetsingsnormen": of}, {"ontvangst": RECEIVED})
        for number, of in enumerate(norms)
    ]
    table = made({"per": "toetsingsnormen"}, dossiers)
    assert sum(one.total for one in table.lines) == 5
    assert table.total is not None
    assert table.total.total == 3
    assert not table.adds_up
    assert any("meer dan één rij" in sentence for sentence in table.how)


def test_rows_are_counted_as_rows_and_never_with_dossiers() -> None:
    two = {"deelklachten": [{"soort_klacht_hoofd": "bejegening"}, {"soort_klacht_hoofd": "bejegening"}]}
    dossiers = [
        counted(agreement(), 1, two, {"ontvangst": RECEIVED}),
        counted(agreement(), 2, {}, {"ontvangst": RECEIVED}),
    ]
    table = made({"per": "deelklachten.soort_klacht_hoofd"}, dossiers)
    assert table.total is not None
    assert table.total.total == 2
    assert table.columns[0].label == "Aantal rijen"


def test_what_was_open_came_in_and_was_done_adds_up() -> None:
    def one(number: int, received: str, closed: str = "") -> Counted:
        return counted(agreement(), number, {}, {"ontvangst": received}, closed_on=closed)

    dossiers = [
        one(1, "2017-11-01", "2017-12-30"),
        one(2, "2017-12-01", "2018-01-10"),
        one(3, "2017-12-31"),
        one(4, "2018-02-01", "2018-03-01"),
        one(5, "2018-12-31", "2019-01-01"),
        one(6, "2019-01-01"),
    ]
    table = made({"in-and-out": True}, dossiers)
    assert [one.total for one in table.lines] == [2, 2, 2, 2]


VLM_NORMS = {"correspondentie": 2, "informatie": 5, "coordinatie": 1, "uitvoering": 7, "rechtszekerheid": 1}


def vlm_2018() -> list[Counted]:
    """A register as a published table of 2018 describes it: 68 messages, 65 of them complaints of which 31 were taken
    up; norms, judgements and how long they took. Read from a scan: who sees it otherwise, counts it again."""
    under = agreement()
    found: list[Counted] = []
    judgements = ["ongegrond"] * 20 + ["deels_gegrond"] * 5 + ["gegrond"] * 6
    reasons = ["anoniem"] * 3 + ["beleid"] * 22 + ["geen_overheid"] + ["beroep"] * 3 + ["onbevoegd"] * 5
    days = [33] * 58 + [61] * 6 + [60]
    norms = [norm for norm, times in VLM_NORMS.items() for _ in range(times)]
    founded = 0
    for number in range(65):
        values: dict[str, Any] = {"type_bericht": "klacht"}
        if number < len(judgements):
            values["gegrondheid"] = judgements[number]
            if judgements[number] != "ongegrond":
                values["toetsingsnormen"] = norms[founded::11]
                founded += 1
        else:
            values["afsluitreden"] = reasons[number - len(judgements)]
        reached = {"ontvangst": RECEIVED, "antwoord verstuurd": days_after(RECEIVED, days[number])}
        found.append(counted(under, number, values, reached))
    found += [counted(under, 65 + n, {"type_bericht": "melding"}, {"ontvangst": RECEIVED}) for n in range(3)]
    return found


@pytest.mark.parametrize(
    ("figure", "expected"),
    [
        ({"per": "type_bericht"}, {"klacht": 65, "melding": 3}),
        (
            {"if": COMPLAINT, "per": "gegrondheid"},
            {"ongegrond": 20, "deels_gegrond": 5, "gegrond": 6, "-": 34},
        ),
        (
            {"if": COMPLAINT | {"gegrondheid": {"filled": False}}, "per": "afsluitreden"},
            {"anoniem": 3, "beleid": 22, "geen_overheid": 1, "beroep": 3, "onbevoegd": 5},
        ),
        (
            {"if": COMPLAINT | {"gegrondheid": ["gegrond", "deels_gegrond"]}, "per": "toetsingsnormen"},
            VLM_NORMS,
        ),
    ],
)
def test_a_published_table_is_rebuilt_to_the_digit(figure: dict[str, Any], expected: dict[str, int]) -> None:
    table = made(figure, vlm_2018())
    assert {one.head.key: one.total for one in table.lines if one.total} == expected


def test_a_published_lead_time_is_rebuilt_to_the_day() -> None:
    lead = {"from": "ontvangst", "until": "antwoord verstuurd", "bounds": [45]}
    table = made({"if": COMPLAINT, "lead-time": lead}, vlm_2018())
    assert numbers(table) == {"0 tot en met 45 dagen": 58, "Meer dan 45 dagen": 7}
    assert table.total is not None
    assert (table.total.total, table.total.worked_out[1]) == (65, Decimal(36))
