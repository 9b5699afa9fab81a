"""Ids: no two alike, nothing to guess, and those of one day together."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from gehoor.adapters.security.fresh_ids import fresh_id


def on(text: str) -> str:
    return fresh_id(datetime.fromisoformat(text).replace(tzinfo=UTC))


def test_an_id_is_thirty_two_figures() -> None:
    assert re.fullmatch("[0-9a-f]{32}", on("2026-05-12"))


def test_no_two_are_alike() -> None:
    assert len({on("2026-05-12") for _ in range(1000)}) == 1000


def test_those_of_one_day_begin_alike_and_come_after_those_of_the_day_before() -> None:
    first, second, next_day = on("2026-05-12 00:00"), on("2026-05-12 23:59"), on("2026-05-13 00:00")
    assert first[:5] == second[:5] < next_day[:5]
