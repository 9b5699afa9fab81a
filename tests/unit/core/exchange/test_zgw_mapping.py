"""What a mapping to ZGW rests on: numbers of organisations, durations, and what is the same at each export."""

from __future__ import annotations

from uuid import UUID

import pytest

from gehoor.core.exchange.zgw_mapping import ZgwMapping, is_rsin, iso_duration


@pytest.mark.parametrize("number", ["123456782", "002564440", "111222333"])
def test_a_number_whose_weighed_sum_fits_is_an_rsin(number: str) -> None:
    assert is_rsin(number)


@pytest.mark.parametrize(
    "number", ["123456789", "000000000", "12345678", "1234567820", "12345678a", "", "１２３４５６７８２"]
)
def test_another_is_none(number: str) -> None:
    assert not is_rsin(number)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("45 calendar-days", "P45D"),
        ("6 weeks", "P6W"),
        ("3 months", "P3M"),
        ("5 years", "P5Y"),
        ("10 working-days", None),
    ],
)
def test_a_duration_is_written_as_the_standard_has_it(said: str, expected: str | None) -> None:
    assert iso_duration(said) == expected


def mapping(address: str = "https://a.example") -> ZgwMapping:
    return ZgwMapping("o", "123456782", address, "KLACH", "b", {}, "intern", {}, "Klaar", "", {}, None)


def test_a_resource_keeps_its_address_and_another_has_another() -> None:
    one, other = mapping(), mapping("https://b.example")
    assert (
        one.url("zaken", "d1")
        == one.url("zaken", "d1")
        == f"https://a.example/zaken/api/v1/zaken/{one.uuid('zaken', 'd1')}"
    )
    assert (
        len(
            {
                one.uuid("zaken", "d1"),
                one.uuid("zaken", "d2"),
                one.uuid("statussen", "d1"),
                other.uuid("zaken", "d1"),
            }
        )
        == 4
    )
    assert UUID(one.uuid("zaken", "d1")).version == 5
