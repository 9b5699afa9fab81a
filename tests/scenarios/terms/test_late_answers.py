"""What a term that is late fills in: once for each due day, by the platform and with its reason, and undone by hand."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gehoor.cli.dossiers.outlook import Looked, outlook_lines
from gehoor.cli.dossiers.rehearsal import rehearse
from gehoor.core.decision.decide import decide
from gehoor.core.dossier.dossier import fold
from gehoor.core.dossier.events import Event, EventKind
from gehoor.core.wording.nl.agreement.rules.terms import terms
from gehoor.core.wording.registry import DUTCH, sentences_in
from gehoor.services.dossiers.viewing import look
from gehoor.services.jobs.sweep import sweep
from gehoor.services.recording.answers import RefusedError
from gehoor.services.register.register import reading
from gehoor.services.register.runtime import Runtime
from tests.support.clock import at
from tests.support.de_linde import QuickEngine
from tests.support.volledig import agreement, decision, dues, fill, opened, published, states, swept

RECEIVED, DUE, TOO_LATE = "2027-01-08 09:00", "2027-01-22", "2027-01-23 00:00"
"""Ten working days after a Friday end on a Friday; it is too late when that day is over."""


def _with_a_term_of_complaints(document: dict[str, Any]) -> None:
    document["terms"]["klacht"] = {
        "name": "De klacht opnemen",
        "within": "5 working-days",
        "as-soon-as": {"soort_bericht": "klacht"},
        "until": "antwoord verstuurd",
        "responsible": "behandelaar",
        "late": [{"tell": "hoofd"}],
    }


@pytest.fixture
def runtime() -> Runtime:
    return published(_with_a_term_of_complaints)


def _remark(runtime: Runtime, when: str = RECEIVED, **answers: Any) -> str:
    return opened(runtime, when, soort_bericht="opmerking", **answers)


def _kind(runtime: Runtime, dossier: str, when: str) -> Any:
    return decision(runtime, dossier, when).values["soort_bericht"]


def _events(runtime: Runtime, dossier: str) -> list[Event]:
    with reading(runtime.store) as register:
        return list(register.events(dossier))


def _given(runtime: Runtime, dossier: str) -> list[Event]:
    return [one for one in _events(runtime, dossier) if one.kind is EventKind.ANSWERED and "late" in one.data]


def test_a_remark_without_an_answer_in_time_becomes_a_complaint(runtime: Runtime) -> None:
    dossier = _remark(runtime)
    assert swept(runtime, "2027-01-22 23:59", "opmerking") == []
    assert _kind(runtime, dossier, "2027-01-22 23:59") == "opmerking"
    assert swept(runtime, TOO_LATE, "opmerking") == [(DUE, 1, None), (DUE, 2, None)]
    assert _kind(runtime, dossier, TOO_LATE) == "klacht"


def _levels(*fills: dict[str, Any], after: str = "1 working-days") -> Any:
    def change(document: dict[str, Any]) -> None:
        document["forms"]["dossier"]["properties"]["klant_naam"] = {
            "title": "Naam", "type": "string", "phase": "registratie", "personal-data": "P1",
            "show-if": {"soort_bericht": "opmerking"},
        }  # fmt: skip
        late = [{"fill": one, "because": "Zo afgesproken."} for one in fills]
        for level in late[1:]:
            level["after"] = after
        document["terms"]["opmerking"]["late"] = late

    return change


@pytest.mark.parametrize(
    "fills",
    [
        ({"soort_bericht": "klacht"}, {"klant_naam": "Niemand"}),
        ({"soort_bericht": "klacht", "klant_naam": "Niemand"},),
        ({"klant_naam": "Niemand", "soort_bericht": "klacht"},),
    ],
)
def test_what_an_earlier_answer_hides_is_not_filled_in(fills: tuple[dict[str, Any], ...]) -> None:
    runtime = published(_levels(*fills))
    dossier = _remark(runtime)
    sweep(runtime, at("2027-02-10 00:00"))
    given = [one.data["values"] for one in _given(runtime, dossier)]
    assert given == [{"soort_bericht": "klacht"}]


@pytest.mark.parametrize("first", [{"gezien": True}, {"gezien": True, "klant_naam": "Niemand"}])
def test_what_an_earlier_answer_shows_is_filled_in_however_often_is_swept(first: dict[str, Any]) -> None:
    def change(document: dict[str, Any]) -> None:
        _levels(first, {"klant_naam": "Niemand"})(document)
        fields = document["forms"]["dossier"]["properties"]
        fields["gezien"] = {
            "title": "Gezien",
            "type": "boolean",
            "phase": "registratie",
            "personal-data": "P0",
        }
        fields["klant_naam"]["show-if"] = {"gezien": True}

    given = []
    for days in (("2027-02-10",), ("2027-01-23", "2027-01-26", "2027-02-10")):
        runtime = published(change)
        dossier = _remark(runtime)
        for day in days:
            sweep(runtime, at(f"{day} 00:00"))
        given.append([one.data["values"] for one in _given(runtime, dossier)])
    assert given[0] == given[1] == [{"gezien": True}, {"klant_naam": "Niemand"}]


def test_a_later_level_of_a_term_that_ended_fills_in_nothing_however_often_is_swept() -> None:
    def change(document: dict[str, Any]) -> None:
        _levels({"soort_bericht": "klacht"}, {"klant_naam": "Niemand"})(document)
        del document["forms"]["dossier"]["properties"]["klant_naam"]["show-if"]

    given = []
    for days in (("2027-02-10",), ("2027-01-23", "2027-01-26", "2027-02-10")):
        runtime = published(change)
        dossier = _remark(runtime)
        for day in days:
            sweep(runtime, at(f"{day} 00:00"))
        given.append([one.data["values"] for one in _given(runtime, dossier)])
    assert given[0] == given[1] == [{"soort_bericht": "klacht"}]


def test_the_terms_of_a_complaint_begin_on_that_day(runtime: Runtime) -> None:
    dossier = _remark(runtime)
    assert dues(runtime, dossier, "klacht", TOO_LATE) == []
    sweep(runtime, at(TOO_LATE))
    assert dues(runtime, dossier, "klacht", TOO_LATE) == ["2027-01-29"]
    assert swept(runtime, "2027-01-30 00:00", "klacht") == [("2027-01-29", 1, None)]


def test_it_is_told_by_whom_and_why(runtime: Runtime) -> None:
    dossier = _remark(runtime)
    sweep(runtime, at(TOO_LATE))
    [event] = _given(runtime, dossier)
    assert event.actor == "gehoor"
    assert event.data["values"] == {"soort_bericht": "klacht"}
    told = DUTCH.events.by_kind[EventKind.ANSWERED](agreement(), event.data)
    assert told.what == "Door Gehoor ingevuld, want te laat: Antwoorden op een opmerking"
    assert ("Waarom", "Een opmerking zonder antwoord behandelen wij als een klacht.") in told.details
    french = sentences_in("fr").events.by_kind[EventKind.ANSWERED](agreement(), event.data)
    assert french.what.startswith("Complété par Gehoor, car en retard")


def test_that_the_term_of_remarks_no_longer_shows_is_told_with_it(runtime: Runtime) -> None:
    dossier = _remark(runtime)
    sweep(runtime, at(TOO_LATE))
    [event] = _given(runtime, dossier)
    assert event.data["hidden"] == [{"term": "opmerking", "due": DUE}]
    assert states(runtime, dossier, "opmerking", TOO_LATE) == []


def test_answered_in_time_it_stays_a_remark(runtime: Runtime) -> None:
    dossier = _remark(runtime)
    fill(runtime, dossier, "2027-01-22 16:00", bedankt_op="2027-01-22")
    assert swept(runtime, TOO_LATE, "opmerking") == []
    assert _kind(runtime, dossier, TOO_LATE) == "opmerking"


def test_who_puts_it_back_by_hand_is_not_overruled(runtime: Runtime) -> None:
    dossier = _remark(runtime)
    sweep(runtime, at(TOO_LATE))
    fill(runtime, dossier, "2027-01-25 09:00", "Het was een bedanking.", soort_bericht="opmerking")
    for when in ("2027-01-25 09:05", "2027-02-25 09:05"):
        sweep(runtime, at(when))
    assert _kind(runtime, dossier, "2027-02-25 09:05") == "opmerking"
    assert len(_given(runtime, dossier)) == 1


def test_what_is_so_already_is_not_filled_in_once_more(runtime: Runtime) -> None:
    dossier = _remark(runtime)
    fill(runtime, dossier, "2027-01-20 09:00", soort_bericht="klacht")
    sweep(runtime, at(TOO_LATE))
    assert _given(runtime, dossier) == []


def test_looking_ahead_writes_nothing(runtime: Runtime) -> None:
    dossier = _remark(runtime)
    before = _events(runtime, dossier)
    seen = decision(runtime, dossier, TOO_LATE)
    assert {one.data["level"] for one in seen.due_actions} == {1, 2}
    assert seen.values["soort_bericht"] == "opmerking"
    assert _events(runtime, dossier) == before


def test_a_sweep_that_only_looks_tells_it_and_keeps_nothing(runtime: Runtime) -> None:
    dossier = _remark(runtime)
    before = _events(runtime, dossier)
    seen, _ = rehearse(runtime, at("2027-03-01 09:00"))
    assert [(one.deadline, one.level) for one in seen.missed] == [
        ("opmerking", 1), ("opmerking", 2), ("antwoord", 1), ("antwoord", 2)
    ]  # fmt: skip
    assert _events(runtime, dossier) == before


def test_the_outlook_tells_what_will_be_filled_in(runtime: Runtime) -> None:
    dossier = look(runtime, _remark(runtime), at(RECEIVED))
    told = outlook_lines(Looked("1", dossier.agreement, dossier.dossier, dossier.decision))
    expected = "nog altijd te laat, niveau 2, \u201cWat is dit?\u201d wordt \u201cKlacht\u201d"
    assert any(line.endswith(expected) for line in told)


def _with_a_duty(document: dict[str, Any]) -> None:
    document["rules"]["bellen"] = {
        "if": {"soort_bericht": "opmerking"},
        "then": [
            {
                "duty": "Bellen",
                "responsible": "behandelaar",
                "within": "2 working-days",
                "from": "ontvangst",
                "late": [{"fill": {"soort_bericht": "klacht"}, "because": "Niemand belde."}],
            }
        ],
        "because": "Wij bellen wie iets opmerkt.",
    }


def test_a_duty_that_is_late_fills_in_too() -> None:
    runtime = published(_with_a_duty)
    dossier = _remark(runtime)
    assert swept(runtime, "2027-01-13 00:00", "bellen/0") == [("2027-01-12", 1, None)]
    assert _kind(runtime, dossier, "2027-01-13 00:00") == "klacht"
    [event] = _given(runtime, dossier)
    assert event.data["why"] == "Niemand belde."


def _fixed(document: dict[str, Any]) -> None:
    _with_a_term_of_complaints(document)
    document["forms"]["dossier"]["properties"]["soort_bericht"]["fixed-after"] = "verbetering gemeld"


def test_what_is_fixed_by_then_stays_and_the_lateness_is_flagged() -> None:
    runtime = published(_fixed)
    dossier = opened(runtime, RECEIVED, antwoord_op="2027-01-08")
    fill(runtime, dossier, "2027-01-08 10:00", soort_bericht="opmerking", verbetering_op="2027-01-08")
    assert swept(runtime, TOO_LATE, "opmerking") == [(DUE, 1, None), (DUE, 2, None)]
    assert _kind(runtime, dossier, TOO_LATE) == "opmerking"


def test_many_in_one_sweep_are_all_answered_and_what_follows_is_done_in_it(runtime: Runtime) -> None:
    dossiers = [_remark(runtime) for _ in range(3)]
    sweep(runtime, at("2027-03-01 09:00"))
    assert {_kind(runtime, one, "2027-03-01 09:00") for one in dossiers} == {"klacht"}
    for one in dossiers:
        assert decision(runtime, one, "2027-03-01 09:00").due_actions == ()


def test_the_agreement_in_words_tells_it() -> None:
    chapter = terms(agreement())
    said = [one.text for item in chapter.items for one in item.sentences]
    assert (
        "Is het te laat, dan vult Gehoor zelf in: bij \u201cWat is dit?\u201d \u201cKlacht\u201d. "
        "Een opmerking zonder antwoord behandelen wij als een klacht."
    ) in said


ACTS = {
    "remark": {"soort_bericht": "opmerking"},
    "complaint": {"soort_bericht": "klacht"},
    "thanked": {"bedankt_op": "2027-01-20"},
    "not thanked": {"bedankt_op": ""},
    "received later": {"ontvangen_op": "2027-01-15"},
    "received earlier": {"ontvangen_op": "2027-01-04"},
    "nothing": {},
}
STEPS = st.lists(st.tuples(st.sampled_from([0, 1, 4, 11]), st.sampled_from(sorted(ACTS))), max_size=8)


def _walked(steps: list[tuple[int, str]], *, often: bool) -> tuple[Runtime, str, Any]:
    """Do acts, each some days after the one before, with a sweep before each; ``often``: with one each day."""
    runtime = published(_with_a_term_of_complaints)
    dossier, now = _remark(runtime), at("2027-01-20 09:00")
    sweep(runtime, now)
    for days, what in steps:
        for _ in range(days if often else 0):
            now += timedelta(days=1)
            sweep(runtime, now)
        now += timedelta(days=0 if often else days)
        sweep(runtime, now)
        try:
            fill(runtime, dossier, now.strftime("%Y-%m-%d %H:%M"), reason="Nagekeken.", **ACTS[what])
        except RefusedError:
            continue
    sweep(runtime, now)
    return runtime, dossier, now


@settings(max_examples=40, deadline=None)
@given(steps=STEPS)
def test_after_any_acts_it_ends_fills_in_once_for_a_due_day_and_stands_as_judged_from_scratch(
    steps: list[tuple[int, str]],
) -> None:
    runtime, dossier, now = _walked(steps, often=False)
    seen = look(runtime, dossier, now)
    assert seen.decision.due_actions == ()
    due_days = [(one.data["late"]["level"], one.data["late"]["due"]) for one in _given(runtime, dossier)]
    assert len(due_days) == len(set(due_days))
    again = decide(seen.agreement, fold(seen.events), now, QuickEngine())
    assert (again.terms, again.values) == (seen.decision.terms, seen.decision.values)


@settings(max_examples=25, deadline=None)
@given(steps=STEPS)
def test_it_makes_no_difference_to_the_answers_how_often_it_is_swept(steps: list[tuple[int, str]]) -> None:
    answers = []
    for often in (False, True):
        runtime, dossier, now = _walked(steps, often=often)
        answers.append(look(runtime, dossier, now).dossier.values)
    assert answers[0] == answers[1]
