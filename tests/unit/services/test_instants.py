"""An instant as a number comes back as the text it was, and stands in the same order."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gehoor.core.dossier.events import instant_text
from gehoor.services.ports.instants import to_number, to_text

MOMENTS = st.datetimes(timezones=st.just(UTC))


@given(first=MOMENTS, second=MOMENTS)
def test_numbers_stand_in_the_order_of_the_texts(first: datetime, second: datetime) -> None:
    texts = instant_text(first), instant_text(second)
    numbers = [to_number(text) for text in texts]
    assert None not in numbers
    assert (numbers[0] < numbers[1]) == (texts[0] < texts[1])  # type: ignore[operator]
    assert tuple(to_text(number) for number in numbers if number is not None) == texts


@pytest.mark.parametrize(
    "text",
    ["", "2026-05-12", "2026-05-12T12:00:00Z", "2026-05-12T12:00:00.000000+", "2026-05-12 12:00:00.000000Z",
     "2026-13-12T12:00:00.000000Z", "20260512T120000.000000+0000", "2026-W20-2T12:00:00.00000Z"],
)  # fmt: skip
def test_only_what_we_write_is_an_instant(text: str) -> None:
    assert to_number(text) is None
