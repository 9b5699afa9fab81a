"""Holidays that are written down are those of the library, word for word and in its order."""

from __future__ import annotations

import pytest

from gehoor.core.calendar.holidays import library_names
from gehoor.core.calendar.known_years import known_names
from tests.known_years import CALENDARS, FILE, YEARS, written


@pytest.mark.parametrize("country", CALENDARS)
@pytest.mark.parametrize("year", YEARS)
def test_a_year_that_is_written_down_is_as_the_library_says(country: str, year: int) -> None:
    known = known_names(country, year)
    assert known is not None
    assert list(known.items()) == list(library_names(country, year).items())


@pytest.mark.parametrize("year", [min(YEARS) - 1, max(YEARS) + 1])
def test_of_any_other_year_the_library_is_asked(year: int) -> None:
    assert known_names("BE", year) is None


def test_the_module_is_what_would_be_written_now() -> None:
    assert FILE.read_text("utf-8") == written()
