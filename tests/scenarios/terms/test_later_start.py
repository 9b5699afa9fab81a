"""A term that begins at the last of several milestones, once all of them are reached."""

from __future__ import annotations

from typing import Any

import pytest

from gehoor.core.wording.registry import DUTCH
from tests.support.volledig import agreement, decision, dues, fill, opened, published, states

NOW = "2027-02-01 10:00"


def _from_both(document: dict[str, Any]) -> None:
    document["terms"]["verbetering"] |= {"from": ["antwoord verstuurd", "directie verwittigd"]}


@pytest.mark.parametrize(
    ("answered", "told", "due"),
    [
        ("2027-01-11", "2027-01-20T10:00", "2027-02-19"),
        ("2027-01-20", "2027-01-11T10:00", "2027-02-19"),
        ("2027-01-20", "2027-01-20T10:00", "2027-02-19"),
        ("2027-01-20", "2027-01-20T23:30:00Z", "2027-02-20"),
    ],
)
def test_it_begins_at_the_last_of_them(answered: str, told: str, due: str) -> None:
    runtime = published(_from_both)
    dossier = opened(runtime, "2027-01-08 09:00", ernst=3)
    fill(runtime, dossier, NOW, antwoord_op=answered, verwittigd_op=told)
    assert dues(runtime, dossier, "verbetering", NOW) == [due]


def test_as_long_as_one_of_them_was_not_reached_it_does_not_run() -> None:
    runtime = published(_from_both)
    dossier = opened(runtime, "2027-01-08 09:00", ernst=3)
    fill(runtime, dossier, NOW, antwoord_op="2027-01-11")
    (state,) = states(runtime, dossier, "verbetering", NOW)
    assert state.due is None
    said = DUTCH.derivation.begun_at(agreement(_from_both), state)
    assert said == "Het laatste van \u201cAntwoord verstuurd\u201d en \u201cDirectie verwittigd\u201d"


def _in_hours(document: dict[str, Any]) -> None:
    document["milestones"]["antwoord verstuurd"]["hour"] = "ontvangen_uur"
    document["terms"]["verbetering"] |= {
        "within": "24 hours", "from": ["ontvangst", "directie verwittigd"],
    }  # fmt: skip
    for word in ("extend", "suspend"):
        document["terms"]["verbetering"].pop(word)


@pytest.mark.parametrize(
    ("hour", "due"), [("09:15", "2027-01-09T10:00:00+01:00"), ("11:15", "2027-01-09T11:15:00+01:00")]
)
def test_on_one_day_the_hour_decides(hour: str, due: str) -> None:
    runtime = published(_in_hours)
    dossier = opened(
        runtime, "2027-01-08 12:00", ernst=3, ontvangen_uur=hour, verwittigd_op="2027-01-08T10:00"
    )
    assert decision(runtime, dossier, "2027-01-08 12:00").terms["verbetering"].due_text == due
