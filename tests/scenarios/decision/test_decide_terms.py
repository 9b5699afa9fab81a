"""Terms: when they start, when they are due, when they are late, what they call for."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from gehoor.core.deadlines.status import TermStatus
from gehoor.core.decision.decide import decide
from gehoor.core.dossier.dossier import Dossier
from gehoor.core.dossier.events import EventKind
from tests.support.clock import at
from tests.support.de_linde import QuickEngine, agreement, changed
from tests.support.decisions import COMPLAINT, calls, decided


def test_five_working_days_after_12_may_2026_is_20_may() -> None:
    state = decided("2026-05-12 14:00").terms["ontvangstmelding"]
    assert state.due is not None
    assert (state.due.due, state.status) == (date(2026, 5, 20), TermStatus.RUNNING)


def test_home_care_answers_sooner() -> None:
    state = decided("2026-05-12 14:00", under=agreement("thuis")).terms["ontvangstmelding"]
    assert state.due is not None
    assert state.due.due == date(2026, 5, 18)


def test_a_term_starts_with_its_milestone() -> None:
    before = decided("2026-06-01 09:00").terms["nazorg"]
    assert (before.status, before.due) == (TermStatus.RUNNING, None)
    after = decided("2026-06-01 09:00", antwoord_datum="2026-06-01").terms["nazorg"]
    assert after.due is not None
    assert after.due.due == date(2026, 6, 22)


def test_a_term_stops_with_its_milestone() -> None:
    state = decided("2026-05-30 09:00", ontvangstmelding_op="2026-05-20").terms["ontvangstmelding"]
    assert (state.status, state.moments) == (TermStatus.ON_TIME, ())


@pytest.mark.parametrize(
    ("kind", "terms"),
    [
        ("klacht", {"onderzoek", "antwoord", "nazorg"}),
        ("opmerking", {"opmerking"}),
        ("suggestie", {"suggestie"}),
        ("melding", {"melding"}),
        ("anders", set()),
    ],
)
def test_each_kind_of_message_has_its_own_terms(kind: str, terms: set[str]) -> None:
    assert set(decided("2026-05-12 14:00", type_bericht=kind).terms) == {
        "registratie",
        "ontvangstmelding",
        *terms,
    }


@pytest.mark.parametrize(
    ("code", "status"), [(None, TermStatus.NOT_NEEDED), (True, TermStatus.RUNNING)], ids=["without", "with"]
)
def test_nobody_can_be_told_that_it_came_in_without_a_code(code: bool | None, status: TermStatus) -> None:
    decision = decided("2026-05-12 14:00", anoniem=True, klager_naam=None, anonieme_volgcode=code)
    assert decision.terms["ontvangstmelding"].status is status


def test_what_is_not_needed_never_calls() -> None:
    decision = decided("2026-12-01 09:00", anoniem=True, klager_naam=None)
    assert calls(decision, "ontvangstmelding") == []


@pytest.mark.parametrize(
    ("when", "called"),
    [
        ("2026-05-14 23:59:59.999999", []),
        ("2026-05-15 00:00", ["remind/ontvangstmelding/0"]),
        ("2026-05-18 23:59:59.999999", ["remind/ontvangstmelding/0"]),
        ("2026-05-19 00:00", ["remind/ontvangstmelding/0", "remind/ontvangstmelding/1"]),
        ("2026-05-20 23:59:59.999999", ["remind/ontvangstmelding/0", "remind/ontvangstmelding/1"]),
        ("2026-05-21 00:00", ["late/ontvangstmelding/1"]),
        ("2026-05-27 23:59:59.999999", ["late/ontvangstmelding/1"]),
        ("2026-05-28 00:00", ["late/ontvangstmelding/1", "late/ontvangstmelding/2"]),
        ("2026-06-03 23:59:59.999999", ["late/ontvangstmelding/1", "late/ontvangstmelding/2"]),
        ("2026-06-04 00:00", [f"late/ontvangstmelding/{level}" for level in (1, 2, 3)]),
    ],
)
def test_a_term_calls_at_midnight_and_not_a_moment_earlier(when: str, called: list[str]) -> None:
    assert calls(decided(when), "ontvangstmelding") == called


def test_the_status_turns_at_the_same_instants() -> None:
    statuses = {
        "2026-05-14 23:59:59.999999": TermStatus.RUNNING,
        "2026-05-15 00:00": TermStatus.REMINDER,
        "2026-05-20 00:00": TermStatus.TODAY,
        "2026-05-20 23:59:59.999999": TermStatus.TODAY,
        "2026-05-21 00:00": TermStatus.LATE,
    }
    assert {when: decided(when).terms["ontvangstmelding"].status for when in statuses} == statuses


def test_each_level_tells_its_own_role() -> None:
    told = [
        (due_action.kind, due_action.tell)
        for due_action in decided("2026-06-04 00:00").due_actions
        if due_action.data["term"] == "ontvangstmelding"
    ]
    assert told == [
        (EventKind.DEADLINE_MISSED, "kwaliteitscoordinator"),
        (EventKind.ESCALATED, "dagelijks-verantwoordelijke"),
        (EventKind.ESCALATED, "algemeen-directeur"),
    ]


def test_a_reminder_goes_to_who_is_responsible() -> None:
    (reminder,) = [f for f in decided("2026-05-15 00:00").due_actions if f.key == "remind/ontvangstmelding/0"]
    assert reminder.tell == "kwaliteitscoordinator"


def test_what_was_done_on_the_last_day_was_in_time() -> None:
    decision = decided("2026-06-10 09:00", ontvangstmelding_op="2026-05-20")
    assert decision.terms["ontvangstmelding"].status is TermStatus.ON_TIME
    assert calls(decision, "ontvangstmelding") == []


def test_what_was_done_a_day_late_stays_late_and_urges_nobody() -> None:
    decision = decided("2026-06-10 09:00", ontvangstmelding_op="2026-05-21")
    assert decision.terms["ontvangstmelding"].status is TermStatus.LATE_DONE
    (miss,) = [
        due_action for due_action in decision.due_actions if due_action.data["term"] == "ontvangstmelding"
    ]
    assert (miss.key, miss.tell) == ("late/ontvangstmelding/1", "")


def test_what_fired_does_not_fire_again() -> None:
    decision = decided("2026-05-28 00:00", fired=["late/ontvangstmelding/1/1/2026-05-20"])
    assert calls(decision, "ontvangstmelding") == ["late/ontvangstmelding/2"]


def test_attention_is_asked_now_while_something_is_to_be_done() -> None:
    decision = decided("2026-05-15 08:00")
    assert decision.attention_at == decision.at


def test_attention_is_asked_at_the_next_moment_otherwise() -> None:
    assert decided("2026-05-12 14:00").attention_at == at("2026-05-15 00:00")


def test_a_complaint_in_which_all_is_done_asks_no_attention() -> None:
    decision = decided(
        "2026-05-13 14:00", type_bericht="opmerking", registratiedatum="2026-05-13",
        ontvangstmelding_op="2026-05-13", antwoord_datum="2026-05-13",
    )  # fmt: skip
    assert (decision.due_actions, decision.attention_at) == ((), None)


def test_nothing_fires_after_closing() -> None:
    decision = decided("2027-01-01 09:00", afgesloten_op="2026-05-13")
    assert (decision.closed, decision.due_actions, decision.attention_at) == (True, (), None)
    assert {state.status for state in decision.terms.values()} == {TermStatus.NOT_NEEDED}


def test_what_was_already_done_late_still_shows_after_closing() -> None:
    decision = decided("2026-06-10 09:00", ontvangstmelding_op="2026-05-25", afgesloten_op="2026-06-01")
    assert decision.terms["ontvangstmelding"].status is TermStatus.LATE_DONE


@pytest.mark.parametrize(
    ("received", "hour", "due"),
    [
        ("2026-05-22", "23:00", "2026-05-23T23:00:00+02:00"),
        ("2026-03-28", "14:30", "2026-03-29T15:30:00+02:00"),
        ("2026-10-24", "14:30", "2026-10-25T13:30:00+01:00"),
    ],
    ids=["friday night before Whitsun", "the clock goes forward", "the clock goes back"],
)
def test_danger_leaves_24_hours_whatever_the_clock_does(received: str, hour: str, due: str) -> None:
    state = decided(
        "2026-12-01 09:00", acuut_gevaar=True, ontvangstdatum=received, ontvangst_tijdstip=hour
    ).terms["gevaar"]
    assert state.due is not None
    assert state.due.due is not None
    assert state.due.too_late_at == at(f"{received} {hour}") + timedelta(hours=24)
    assert state.due.due.isoformat() == due


def test_danger_is_late_at_that_very_instant() -> None:
    limit = at("2026-03-28 14:30") + timedelta(hours=24)
    values = {
        **COMPLAINT,
        "acuut_gevaar": True,
        "ontvangstdatum": "2026-03-28",
        "ontvangst_tijdstip": "14:30",
    }
    dossier = Dossier("d", values=values)
    before, then = (
        decide(agreement(), dossier, moment, QuickEngine())
        for moment in (limit - timedelta(microseconds=1), limit)
    )
    assert (calls(before, "gevaar"), calls(then, "gevaar")) == ([], ["late/gevaar/1"])


def test_without_danger_there_is_no_term_in_hours() -> None:
    assert "gevaar" not in decided("2026-05-12 14:00", acuut_gevaar=False).terms


def test_a_first_action_within_the_hour_is_in_time() -> None:
    state = decided(
        "2026-06-01 09:00", acuut_gevaar=True, gevaar_eerste_actie_op="2026-05-12T15:00:00+02:00"
    ).terms["gevaar"]
    assert state.status is TermStatus.ON_TIME


def test_a_term_without_a_first_level_still_notes_the_miss() -> None:
    def tell_later(document: dict) -> None:
        document["terms"]["registratie"]["late"] = [{"after": "5 working-days", "tell": "algemeen-directeur"}]

    decision = decided("2026-05-19 00:00", under=changed(tell_later))
    (miss,) = [due_action for due_action in decision.due_actions if due_action.data["term"] == "registratie"]
    assert (miss.key, miss.tell) == ("late/registratie/1", "")


@pytest.mark.parametrize(
    "day", ["0001-01-01", "0001-01-02", "1989-12-15", "1989-12-20", "2100-12-20", "9999-12-31"]
)
@pytest.mark.parametrize(
    "field", ["ontvangstdatum", "ontvangstmelding_op", "registratiedatum", "antwoord_datum"]
)
def test_no_date_however_odd_keeps_the_rest_from_being_decided(field: str, day: str) -> None:
    decision = decided("2026-05-15 08:00", acuut_gevaar=True, **{field: day})
    assert set(decision.terms) >= {"registratie", "ontvangstmelding", "antwoord", "nazorg", "gevaar"}


def test_a_start_that_cannot_be_counted_from_is_marked() -> None:
    state = decided("2026-05-15 08:00", ontvangstdatum="1889-05-12").terms["ontvangstmelding"]
    assert (state.faulty, state.due, state.moments) == (True, None, ())


def test_a_term_in_hours_that_begins_before_the_first_instant_is_marked() -> None:
    decision = decided(
        "2026-05-15 08:00", acuut_gevaar=True, ontvangstdatum="0001-01-01", ontvangst_tijdstip="00:00"
    )
    assert decision.terms["gevaar"].faulty


def test_a_date_says_where_a_department_agreed_on_it() -> None:
    assert (
        agreement("thuis").terms["ontvangstmelding"].place == "definitions/de-linde/afdelingen/thuis.yaml:13"
    )
    assert agreement("beukenhof").terms["ontvangstmelding"].place.startswith("rules/de-linde/termijnen.yaml:")
