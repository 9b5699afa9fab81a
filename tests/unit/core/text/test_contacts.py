"""E-mail addresses and phone numbers, however they are written."""

from __future__ import annotations

import pytest

from gehoor.core.text.contacts import is_email, is_phone, phone_word, same_email, same_phone

BELGIAN = [
    "09 225 11 22",
    "09/225.11.22",
    "(09) 225 11 22",
    "+32 9 225 11 22",
    "0032 9 225 11 22",
    "+32 (0)9 225 11 22",
]


@pytest.mark.parametrize("written", BELGIAN)
def test_a_phone_number_is_the_same_however_it_is_written(written: str) -> None:
    assert is_phone(written, "BE")
    assert same_phone(written, "BE") == "+3292251122"
    assert phone_word(written) == "92251122"


def test_a_number_of_another_country_is_another_number() -> None:
    assert same_phone("09 225 11 22", "BE") != same_phone("+31 9 225 11 22", "BE")
    assert same_phone("020 123 45 67", "NL") == same_phone("+31 20 123 4567", "BE")


@pytest.mark.parametrize(
    "written", ["bel mij", "12345", "0470 12 34 56 of 09 225 11 22", "", "@", "0470 12 34 5x"]
)
def test_what_is_no_single_phone_number_is_none(written: str) -> None:
    assert not is_phone(written, "BE")
    assert not is_phone(written, "")


def test_where_no_country_is_known_digits_are_enough() -> None:
    assert is_phone("0470 12 34 56", "")
    assert same_phone("0470 12 34 56", "") == same_phone("+0470123456", "")


@pytest.mark.parametrize("typed", ["2026-0001", "1975", "12-05-2026", "pyjama", "0470"])
def test_what_looks_a_little_like_a_phone_number_is_looked_for_as_it_stands(typed: str) -> None:
    assert phone_word(typed) == ""


@pytest.mark.parametrize(
    "written", ["els@voorbeeld.be", "josé@voorbeeld.be", "jan@bücher.be", "jan@delinde.example"]
)
def test_an_address_that_can_be_written_to_is_one(written: str) -> None:
    assert is_email(written)


@pytest.mark.parametrize(
    "written",
    ["@", "jan@", "jan@x", "a@b.be, c@d.be", "a..b@x.be", "Jan <jan@x.be>", "jan@localhost", "jan@x.be\n"],
)
def test_half_an_address_and_two_in_one_are_none(written: str) -> None:
    assert not is_email(written)


def test_capitals_make_no_other_address() -> None:
    assert same_email(" Els@Voorbeeld.be") == same_email("els@voorbeeld.be")
