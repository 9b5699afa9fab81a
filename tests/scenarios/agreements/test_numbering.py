"""Dossier numbers: which series, and how they are written."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gehoor.core.agreement.numbering import number, series
from gehoor.services.projection.projection import reading_projection
from tests.support.clock import at
from tests.support.de_linde import agreement, changed, de_linde, open_by_phone, open_by_web, publish_change

BEUKENHOF = agreement("beukenhof")


@pytest.mark.parametrize(
    ("pattern", "sequence", "written"),
    [
        ("{department}-{year}-{sequence:4}", 17, "BEU-2026-0017"),
        ("{department}-{year}-{sequence:4}", 9999, "BEU-2026-9999"),
        ("{department}-{year}-{sequence:4}", 10000, "BEU-2026-10000"),
        ("{year:2}/{department}/{sequence}", 7, "26/BEU/7"),
        ("K{sequence:3}", 1, "K001"),
    ],
)
def test_a_number_is_written_as_agreed(pattern: str, sequence: int, written: str) -> None:
    assert number(replace(BEUKENHOF, number_pattern=pattern), 2026, sequence) == written


@pytest.mark.parametrize(
    ("pattern", "same_year", "same_department"),
    [
        ("{department}-{year}-{sequence:4}", False, False),
        ("{department}-{sequence}", True, False),
        ("{year}-{sequence}", False, True),
        ("{sequence}", True, True),
    ],
)
def test_a_series_is_everything_of_the_number_but_its_sequence(
    pattern: str, same_year: bool, same_department: bool
) -> None:
    here = replace(BEUKENHOF, number_pattern=pattern)
    there = replace(agreement("eikenrode"), number_pattern=pattern)
    assert (series(here, 2026) == series(here, 2027)) is same_year
    assert (series(here, 2026) == series(there, 2026)) is same_department


def test_two_organisations_never_share_a_series() -> None:
    other = replace(BEUKENHOF, organisation="waterhof")
    assert series(BEUKENHOF, 2026) != series(other, 2026)


def test_departments_count_on_their_own() -> None:
    runtime = de_linde(names=("beukenhof", "eikenrode"))
    drawn = [
        open_by_web(runtime, "2026-03-02 09:00", department).number
        for department in ("beukenhof", "eikenrode", "beukenhof", "eikenrode")
    ]
    assert drawn == ["BEU-2026-0001", "EIK-2026-0001", "BEU-2026-0002", "EIK-2026-0002"]


def test_a_quarter_past_midnight_on_new_years_day_is_the_new_year() -> None:
    runtime = de_linde()
    assert at("2027-01-01 00:15").year == 2026, "in UTC it is still New Year's Eve"
    assert open_by_web(runtime, "2026-12-31 23:45").number == "BEU-2026-0001"
    assert open_by_web(runtime, "2027-01-01 00:15").number == "BEU-2027-0001"


def test_a_letter_that_came_in_last_year_gets_a_number_of_last_year() -> None:
    runtime = de_linde()
    receipt = open_by_phone(runtime, "2027-01-04 09:00", ontvangstdatum="2026-12-30", drager=["brief"])
    assert receipt.number == "BEU-2026-0001"


def test_an_organisation_may_count_by_the_day_of_registration() -> None:
    runtime = de_linde()
    publish_change(
        runtime,
        lambda document: document["numbering"].update({"year-of": "registration"}),
        "2026-02-01 09:00",
    )
    receipt = open_by_phone(runtime, "2027-01-04 09:00", ontvangstdatum="2026-12-30", drager=["brief"])
    assert receipt.number == "BEU-2027-0001"


def test_a_moment_of_receipt_counts_on_the_local_clock() -> None:
    def holds_a_moment(document: dict) -> None:
        document["forms"]["dossier"]["properties"]["ontvangstdatum"].update(format="date-time", automatic="")
        # They compare the day of receipt with the days of the facts.
        del document["rules"]["feiten-gaan-aan-de-klacht-vooraf"]
        del document["rules"]["oude-feiten-zijn-langer-dan-een-jaar-voorbij"]

    assert changed(holds_a_moment).dossier_form.fields["ontvangstdatum"].kind == "instant"
    runtime = de_linde()
    publish_change(runtime, holds_a_moment, "2026-02-01 09:00")
    receipt = open_by_phone(runtime, "2027-01-04 09:00", ontvangstdatum="2026-12-31T23:30:00+00:00")
    assert receipt.number == "BEU-2027-0001"


def test_the_register_counts_past_the_width_of_the_number() -> None:
    runtime = de_linde()
    with runtime.store.transaction() as tables:
        counted = series(BEUKENHOF, 2026)
        tables.put("counters", counted, {"series": counted, "last": 9998})
    drawn = [open_by_web(runtime, "2026-03-02 09:00").number for _ in range(2)]
    assert drawn == ["BEU-2026-9999", "BEU-2026-10000"]
    with reading_projection(runtime) as register:
        assert [found.number for found in register.by_number("BEU-2026-10000")] == ["BEU-2026-10000"]
