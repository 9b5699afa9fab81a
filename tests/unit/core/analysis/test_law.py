"""Terms held against a law: where they are laxer, on which day one sees it, and how certain the law is."""

from __future__ import annotations

from datetime import date

import pytest

from gehoor.core.agreement.parse_terms import build_calendar, build_term
from gehoor.core.analysis.law import build_demand
from gehoor.core.analysis.law_comparison import Laxer, Laxity, laxer_than


def term(**data):
    whole = {"name": "Antwoord", "from": "ontvangst", "until": "klaar", "responsible": "hoofd", **data}
    return build_term("antwoord", whole, build_calendar({"holidays": "BE-WET"}), "Europe/Brussels", {}, "")


def demand(**data):
    return build_demand("antwoord", {"name": "Antwoord", "source": "art. 1", "certainty": "certain", **data})


def laxer(own, legal, *, from_receipt=True):
    return list(laxer_than(own, legal, 2026, from_receipt=from_receipt))


THIRTY = demand(**{"at-most": "30 calendar-days", "from": "receipt"})


def test_a_day_more_is_laxer():
    found = laxer(term(within="31 calendar-days"), THIRTY)
    assert found == [Laxer(Laxity.TERM, date(2026, 1, 2), date(2026, 2, 2), date(2026, 2, 1))]


@pytest.mark.parametrize("within", ["30 calendar-days", "4 weeks", "48 hours"])
def test_what_is_as_strict_is_not_laxer(within):
    assert laxer(term(within=within), THIRTY) == []


def test_a_month_is_a_day_longer_than_thirty_days_only_where_it_is():
    """From 30 January to the end of February is short; from 2 January to 2 February is 31 days."""
    found = laxer(term(within="1 months"), THIRTY)
    assert found == [Laxer(Laxity.TERM, date(2026, 1, 2), date(2026, 2, 2), date(2026, 2, 1))]


def test_working_days_that_fit_until_a_holiday_comes():
    """Six working days fit in ten calendar days, but not over Easter Monday, 6 April 2026."""
    ten = demand(**{"at-most": "10 calendar-days"})
    found = laxer(term(within="6 working-days"), ten)
    assert found == [Laxer(Laxity.TERM, date(2026, 3, 27), date(2026, 4, 7), date(2026, 4, 6))]


def test_a_last_day_that_moves_where_the_law_does_not_move_it():
    own = term(within="30 calendar-days", shift="next")
    strict = demand(**{"at-most": "30 calendar-days", "shift": "none"})
    # Whether the law moves the last day is not said, so nothing is held against it.
    assert laxer(own, THIRTY) == []
    assert laxer(own, strict) == [
        Laxer(Laxity.TERM, date(2026, 1, 2), date(2026, 2, 2), date(2026, 2, 1)),
    ]


def test_a_letterbox_that_is_emptied_later_makes_a_term_laxer():
    own = {"name": "Antwoord", "from": "ontvangst", "until": "klaar", "responsible": "hoofd"}
    own |= {"within": "30 calendar-days", "begins-on-day-of": "letterbox"}
    calendar = build_calendar({"holidays": "BE-WET"})
    letterbox = build_calendar({"holidays": "BE-WET", "days": ["tue", "thu"]})
    built = build_term("antwoord", own, calendar, "Europe/Brussels", {}, "", {"letterbox": letterbox})
    # 2 January 2026 is a Friday: the letterbox is emptied on the 6th.
    assert laxer(built, THIRTY) == [
        Laxer(Laxity.TERM, date(2026, 1, 2), date(2026, 2, 5), date(2026, 2, 1)),
    ]


def test_a_term_from_another_moment_than_the_receipt():
    assert laxer(term(within="5 calendar-days"), THIRTY, from_receipt=False) == [Laxer(Laxity.START)]


def test_extension_beyond_the_law():
    law = demand(**{"at-most": "6 weeks", "extend": {"at-most": 1, "with": "4 weeks"}})
    assert laxer(term(within="6 weeks", extend={"at-most": 1, "with": "4 weeks"}), law) == []
    assert laxer(term(within="4 weeks", extend={"at-most": 3, "with": "2 weeks"}), law) == []
    assert laxer(term(within="6 weeks", extend={"at-most": 2, "with": "15 calendar-days"}), law) == [
        Laxer(Laxity.EXTENDED, date(2026, 1, 2), date(2026, 3, 15), date(2026, 3, 13)),
    ]


@pytest.mark.parametrize(
    ("own", "law", "laxity"),
    [
        ({"suspend": {"reasons": ["wachten"]}}, {"suspend": False}, Laxity.SUSPENSION),
        ({"extend": {"with": "1 weeks"}}, {"extend": {"at-most": 0}}, Laxity.EXTENSION),
        (
            {"extend": {"with": "1 weeks"}, "further-delay": "consent"},
            {"further-delay": "none"},
            Laxity.CONSENT,
        ),
    ],
)
def test_what_the_law_has_no_ground_for(own, law, laxity):
    assert laxer(term(within="1 weeks", **own), demand(**law)) == [Laxer(laxity)]
    # A law that says nothing about it is no law against it.
    assert laxer(term(within="1 weeks", **own), demand()) == []
