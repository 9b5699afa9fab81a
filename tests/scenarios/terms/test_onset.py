"""A term that begins as soon as something is true: at that answer, not at the receipt."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gehoor.core.deadlines.status import TermStatus
from gehoor.core.decision.decide import decide
from gehoor.core.dossier.dossier import fold
from gehoor.services.dossiers.editing import Filling, fill_in
from gehoor.services.dossiers.term_changes import Adjustment, extend, suspend
from gehoor.services.dossiers.viewing import OpenedDossier, look
from gehoor.services.recording.answers import RefusedError
from tests.support.clock import at
from tests.support.de_linde import QuickEngine
from tests.support.volledig import ANN, decision, dues, fill, opened, published, states, swept

RECEIVED = "2027-01-08 09:00"


def test_it_begins_at_the_answer_and_not_at_the_receipt() -> None:
    runtime = published()
    dossier = opened(runtime, RECEIVED)
    assert "directie" not in decision(runtime, dossier, RECEIVED).terms
    fill(runtime, dossier, "2027-01-20 14:05", ernst=5)
    assert dues(runtime, dossier, "directie", "2027-01-20 15:00") == ["2027-01-21T14:05:00+01:00"]
    assert swept(runtime, "2027-01-21 14:04", "directie") == []
    assert [level for _, level, _ in swept(runtime, "2027-01-21 14:05", "directie")] == [1]


def test_said_at_the_desk_at_once_it_begins_when_it_was_written_down() -> None:
    runtime = published()
    dossier = opened(runtime, RECEIVED, ontvangen_op="2027-01-04", ernst=4)
    assert dues(runtime, dossier, "directie", RECEIVED) == ["2027-01-09T09:00:00+01:00"]


def test_another_answer_for_which_it_is_true_too_begins_nothing_anew() -> None:
    runtime = published()
    dossier = opened(runtime, RECEIVED, ernst=4)
    fill(runtime, dossier, "2027-01-08 16:00", ernst=5)
    fill(runtime, dossier, "2027-01-08 17:00", kans=2)
    assert dues(runtime, dossier, "directie", "2027-01-08 18:00") == ["2027-01-09T09:00:00+01:00"]


def test_put_right_it_is_gone_and_said_again_it_begins_anew() -> None:
    runtime = published()
    dossier = opened(runtime, RECEIVED, ernst=4)
    fill(runtime, dossier, "2027-01-08 10:00", ernst=2)
    assert states(runtime, dossier, "directie", "2027-01-08 10:00") == []
    assert swept(runtime, "2027-01-11 09:00", "directie") == []
    fill(runtime, dossier, "2027-01-11 10:00", ernst=4)
    assert dues(runtime, dossier, "directie", "2027-01-11 11:00") == ["2027-01-12T10:00:00+01:00"]


def test_late_it_is_gone_only_with_a_reason() -> None:
    runtime = published()
    dossier = opened(runtime, RECEIVED, ernst=4)
    with pytest.raises(RefusedError) as refused:
        fill(runtime, dossier, "2027-01-11 09:00", ernst=2)
    assert [(one.field, one.code) for one in refused.value.objections] == [("ernst", "hides-lateness")]
    fill(runtime, dossier, "2027-01-11 09:00", ernst=2, reason="Verkeerd ingeschat.")
    assert look(runtime, dossier, at("2027-01-11 10:00")).events[-1].data["why"] == "Verkeerd ingeschat."


def test_what_was_done_for_an_earlier_time_is_not_done_for_the_next() -> None:
    runtime = published()
    dossier = opened(runtime, RECEIVED, ernst=4)
    fill(runtime, dossier, "2027-01-08 10:00", verwittigd_op="2027-01-08T10:00")
    (state,) = states(runtime, dossier, "directie", "2027-01-08 11:00")
    assert state.status is TermStatus.ON_TIME
    fill(runtime, dossier, "2027-01-08 12:00", ernst=2)
    fill(runtime, dossier, "2027-01-12 12:00", ernst=5)
    (state,) = states(runtime, dossier, "directie", "2027-01-12 13:00")
    assert (state.status, state.completed_at) == (TermStatus.RUNNING, None)
    fill(runtime, dossier, "2027-01-12 14:00", verwittigd_op="2027-01-12T14:00")
    (state,) = states(runtime, dossier, "directie", "2027-01-12 15:00")
    assert state.status is TermStatus.ON_TIME


def test_what_was_done_before_anybody_asked_is_done() -> None:
    runtime = published()
    dossier = opened(runtime, RECEIVED)
    fill(runtime, dossier, "2027-01-08 10:00", verwittigd_op="2027-01-08T10:00")
    fill(runtime, dossier, "2027-01-11 10:00", ernst=5)
    (state,) = states(runtime, dossier, "directie", "2027-01-11 11:00")
    assert state.status is TermStatus.ON_TIME


def _in_days(document: dict[str, Any]) -> None:
    document["terms"]["directie"] |= {
        "within": "10 working-days",
        "suspend": {"reasons": ["wachten"]},
        "extend": {"extend": {"with": "5 working-days", "reason": "optional"}}["extend"],
    }


def test_what_adjusted_an_earlier_time_does_not_adjust_the_next() -> None:
    runtime = published(_in_days)
    dossier = opened(runtime, RECEIVED, ernst=4)
    extend(runtime, Adjustment(dossier, "directie", ANN), at("2027-01-11 09:00"))
    suspend(runtime, Adjustment(dossier, "directie", ANN, reason="wachten"), at("2027-01-12 09:00"))
    assert dues(runtime, dossier, "directie", "2027-01-12 10:00") == [""]
    fill(runtime, dossier, "2027-01-13 09:00", ernst=2)
    fill(runtime, dossier, "2027-01-18 09:00", ernst=4)
    assert dues(runtime, dossier, "directie", "2027-01-18 10:00") == ["2027-02-01"]
    extend(runtime, Adjustment(dossier, "directie", ANN), at("2027-01-19 09:00"))
    suspend(runtime, Adjustment(dossier, "directie", ANN, reason="wachten"), at("2027-01-19 10:00"))


def test_what_a_rule_gives_begins_it_too() -> None:
    def by_weight(document: dict[str, Any]) -> None:
        document["terms"]["directie"]["as-soon-as"] = {"gewicht": {"at-least": 12}}

    runtime = published(by_weight)
    dossier = opened(runtime, RECEIVED, ernst=4)
    fill(runtime, dossier, "2027-01-11 10:00", kans=3)
    fill(runtime, dossier, "2027-01-11 12:00", kans=5)
    assert dues(runtime, dossier, "directie", "2027-01-11 13:00") == ["2027-01-12T10:00:00+01:00"]


ACTS = st.sampled_from([("ernst", 1), ("ernst", 4), ("ernst", 5), ("ernst", ""), ("kans", 3), ("notify", 0)])
STEPS = st.lists(st.tuples(st.integers(1, 40), ACTS), max_size=10)


def begun_by(seen: OpenedDossier) -> tuple[datetime | None, bool]:
    """Reckon from the events alone when the term began, and whether it was done since: in this time round, or before
    any of them."""
    began: datetime | None = None
    severe, done = False, ""
    for event in seen.events:
        if event.kind not in ("opened", "answered"):
            continue
        values, cleared = event.data["values"], event.data.get("cleared", ())
        severity = values.get("ernst", 0 if "ernst" in cleared or not severe else 4)
        was, severe = severe, severity >= 4
        if severe and not was:
            began = event.at
            done = "" if done == "in a time round" else done
        if "verwittigd_op" in values:
            done = "in a time round" if severe else "beforehand"
    return (began if severe else None), bool(done)


def stands_as_reckoned(steps: list[tuple[int, tuple[str, int]]]) -> None:
    runtime = published()
    dossier = opened(runtime, RECEIVED)
    now = at(RECEIVED)
    for hours, (what, value) in steps:
        now += timedelta(hours=hours)
        when = now.astimezone(at(RECEIVED).tzinfo).strftime("%Y-%m-%dT%H:%M:%SZ")
        answers = {"verwittigd_op": when} if what == "notify" else {what: value}
        version = look(runtime, dossier, now).dossier.version
        fill_in(runtime, Filling(dossier, answers, version, ANN, reason="Nagekeken."), now)
    seen = look(runtime, dossier, now)
    again = decide(seen.agreement, fold(seen.events), now, QuickEngine())
    assert again.terms == seen.decision.terms
    began, done = begun_by(seen)
    state = seen.decision.terms.get("directie")
    assert (state.began if state else None) == began
    if state is not None and began is not None:
        assert state.due_text
        assert datetime.fromisoformat(state.due_text) == began + timedelta(hours=24)
        assert (state.completed_at is not None) == done


@settings(max_examples=60)
@given(steps=STEPS)
def test_after_any_acts_it_stands_as_the_events_alone_tell(steps: list[tuple[int, tuple[str, int]]]) -> None:
    stands_as_reckoned(steps)


@pytest.mark.soak
@settings(max_examples=1000)
@given(steps=STEPS)
def test_after_any_acts_it_stands_as_the_events_tell_at_length(
    steps: list[tuple[int, tuple[str, int]]],
) -> None:
    stands_as_reckoned(steps)
