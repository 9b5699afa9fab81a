"""A day that staff fill in as the last day of a term: what was promised, a hearing, an appointment."""

from __future__ import annotations

from typing import Any

import pytest

from gehoor.services.recording.answers import RefusedError
from tests.support.volledig import dues, fill, opened, published, states, swept

NOON = "2027-01-08 09:00"


def test_the_promised_day_is_the_last_day() -> None:
    runtime = published()
    dossier = opened(runtime, NOON)
    (state,) = states(runtime, dossier, "belofte", NOON)
    assert state.due is None
    fill(runtime, dossier, "2027-01-11 09:00", beloofd_tegen="2027-01-20")
    assert dues(runtime, dossier, "belofte", "2027-01-11 09:00") == ["2027-01-20"]
    assert swept(runtime, "2027-01-21 09:00", "belofte") == [("2027-01-20", 1, None)]


def test_a_promise_for_a_sunday_is_kept_on_the_friday_before() -> None:
    runtime = published()
    dossier = opened(runtime, NOON, beloofd_tegen="2027-01-17")
    assert dues(runtime, dossier, "belofte", NOON) == ["2027-01-15"]


def test_a_promise_that_is_moved_when_it_is_late_asks_why() -> None:
    runtime = published()
    dossier = opened(runtime, NOON, beloofd_tegen="2027-01-20")
    with pytest.raises(RefusedError) as refused:
        fill(runtime, dossier, "2027-01-21 09:00", beloofd_tegen="2027-02-03")
    assert [(one.field, one.code) for one in refused.value.objections] == [
        ("beloofd_tegen", "hides-lateness")
    ]
    fill(runtime, dossier, "2027-01-21 09:00", beloofd_tegen="2027-02-03", reason="Samen afgesproken.")
    assert dues(runtime, dossier, "belofte", "2027-01-21 10:00") == ["2027-02-03"]


def _before_hearing(document: dict[str, Any]) -> None:
    document["terms"]["belofte"] |= {"at-latest": "2 working-days before beloofd_tegen", "shift": "none"}
    document["terms"]["belofte"].pop("extend")


def test_it_may_be_so_long_before_a_day() -> None:
    runtime = published(_before_hearing)
    dossier = opened(runtime, NOON, beloofd_tegen="2027-01-18")
    assert dues(runtime, dossier, "belofte", NOON) == ["2027-01-14"]
