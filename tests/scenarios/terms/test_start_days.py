"""A term that begins on the days on which the letterbox is emptied, for what comes in by letter."""

from __future__ import annotations

from typing import Any

import pytest

from gehoor.core.deadlines.status import TermStatus
from gehoor.core.wording.chapters import lines
from gehoor.core.wording.registry import DUTCH
from gehoor.services.recording.answers import RefusedError
from tests.support.cli_run import run
from tests.support.clock import at
from tests.support.loading_cases import VALID
from tests.support.volledig import agreement, dues, fill, opened, published, states, swept


def test_only_a_letter_waits_for_the_day_on_which_the_letterbox_is_emptied() -> None:
    runtime = published()
    letter = opened(runtime, "2027-01-09 08:00", kanaal="brief")
    call = opened(runtime, "2027-01-09 08:00", kanaal="telefoon")
    unknown = opened(runtime, "2027-01-09 08:00")
    assert dues(runtime, letter, "antwoord", "2027-01-09 09:00") == ["2027-01-26"]
    assert dues(runtime, call, "antwoord", "2027-01-09 09:00") == ["2027-01-22"]
    assert dues(runtime, unknown, "antwoord", "2027-01-09 09:00") == ["2027-01-22"]


def test_lateness_and_reminders_follow_the_day_on_which_it_began() -> None:
    runtime = published()
    opened(runtime, "2027-01-09 08:00", kanaal="brief")
    assert swept(runtime, "2027-01-26 09:00", "antwoord") == []
    assert swept(runtime, "2027-01-27 09:00", "antwoord") == [("2027-01-26", 1, None)]


def test_a_reminder_comes_so_long_before_that_day() -> None:
    runtime = published()
    dossier = opened(runtime, "2027-01-09 08:00", kanaal="brief")
    (state,) = states(runtime, dossier, "antwoord", "2027-01-09 09:00")
    assert state.remind_at == at("2027-01-22 00:00")
    (before,) = states(runtime, dossier, "antwoord", "2027-01-21 23:00")
    (then,) = states(runtime, dossier, "antwoord", "2027-01-22 00:00")
    assert (before.status, then.status) == (TermStatus.RUNNING, TermStatus.REMINDER)


def test_it_moves_when_it_turns_out_to_be_a_letter_and_back() -> None:
    runtime = published()
    dossier = opened(runtime, "2027-01-09 08:00", kanaal="telefoon")
    fill(runtime, dossier, "2027-01-11 09:00", kanaal="brief")
    assert dues(runtime, dossier, "antwoord", "2027-01-11 10:00") == ["2027-01-26"]
    fill(runtime, dossier, "2027-01-11 11:00", kanaal="telefoon")
    assert dues(runtime, dossier, "antwoord", "2027-01-11 12:00") == ["2027-01-22"]


def test_a_late_answer_does_not_become_one_in_time_without_a_reason() -> None:
    runtime = published()
    dossier = opened(runtime, "2027-01-09 08:00", kanaal="telefoon")
    assert swept(runtime, "2027-01-25 09:00", "antwoord") == [("2027-01-22", 1, None)]
    with pytest.raises(RefusedError) as refused:
        fill(runtime, dossier, "2027-01-25 10:00", kanaal="brief")
    (told,) = refused.value.objections
    assert (told.field, told.code) == ("kanaal", "hides-lateness")
    fill(runtime, dossier, "2027-01-25 10:00", reason="Het was een brief.", kanaal="brief")
    assert dues(runtime, dossier, "antwoord", "2027-01-25 11:00") == ["2027-01-26"]


def said(term: str, **words: Any) -> dict[str, str]:
    def change(document: dict[str, Any]) -> None:
        document["terms"][term] |= words

    key = f"terms/{term}/"
    whole = dict(lines(DUTCH.agreements.whole(agreement(change))))
    return {name.removeprefix(key): text for name, text in whole.items() if name.startswith(key)}


def test_it_is_said_in_plain_words() -> None:
    assert said("antwoord")["begins-on-day-of"] == (
        "Als het antwoord op “Hoe kwam het binnen?” “Met een brief” is, begint de tijd alleen op een dag van de "
        "kalender “brievenbus”; is het geen, dan op de eerste erna."
    )
    plain = said("antwoord", **{"begins-on-day-of": "brievenbus", "cutoff": "10:00"})
    assert plain["begins-on-day-of"] == (
        "De tijd begint alleen op een dag van de kalender “brievenbus”; is het geen, dan op de eerste erna."
    )
    assert plain["cutoff"] == "Wat na 10.00 uur komt, geldt als gekomen op de volgende van die dagen."
    assert said("antwoord", cutoff="10:00")["cutoff"] == (
        "Wat na 10.00 uur komt, of niet op een werkdag, geldt als gekomen op de volgende werkdag. "
        "Telt de kalender “brievenbus”, dan geldt het als gekomen op de volgende dag ervan."
    )


def test_reckoned_by_hand_it_is_told_when_it_counts_so() -> None:
    place = ("--workspace", str(VALID / "volledig"))
    told = run("due", "klein/noord", "antwoord", "--from", "2027-01-09", *place).out.splitlines()
    assert told[-2:] == [
        "De vervaldag is dinsdag 26 januari 2027.",
        "Zo telt het als het antwoord op “Hoe kwam het binnen?” “Met een brief” is.",
    ]
    told = run("due", "klein/noord", "directie", "--from", "2027-01-09T08:00Z", *place).out.splitlines()
    assert "Zo telt het" not in told[-1]
