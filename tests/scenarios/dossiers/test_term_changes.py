"""Adjusting what runs: a term stands still, lasts longer, comes back, follows another; a dossier opens again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from gehoor.core.deadlines.status import TermStatus
from gehoor.core.wording.registry import DUTCH
from gehoor.services.access.authorisation import Operator
from gehoor.services.dossiers.reopening import reopen
from gehoor.services.dossiers.term_changes import Adjustment, extend, resume, suspend
from gehoor.services.dossiers.viewing import look
from gehoor.services.jobs.sweep import sweep
from gehoor.services.recording.answers import RefusedError
from gehoor.services.register.runtime import Runtime
from tests.support.clock import at
from tests.support.de_linde import de_linde, fill, investigated, open_by_web, publish_change, registered


def opened(runtime: Runtime) -> str:
    """A complaint of Monday 2 March 2026: the answer is due on Wednesday 1 April."""
    return open_by_web(runtime, "2026-03-02 10:00").dossier


def wanted(dossier: str, term: str = "antwoord", **of: Any) -> Adjustment:
    return Adjustment(dossier, term, Operator("els"), **of)


def due(runtime: Runtime, dossier: str, when: str, term: str = "antwoord") -> Any:
    state = look(runtime, dossier, at(when)).decision.terms[term]
    return state.due.due if state.due else None


def status(runtime: Runtime, dossier: str, when: str, term: str = "antwoord") -> TermStatus:
    return look(runtime, dossier, at(when)).decision.terms[term].status


def code(work: Callable[[], object]) -> str:
    with pytest.raises(RefusedError) as refused:
        work()
    return refused.value.objections[0].code


WAIT = {"reason": "wachten-op-klager"}
LONGER = {"reason": "Meerdere diensten betrokken", "told": date(2026, 3, 20)}


# Standing still


def test_while_a_term_stands_still_it_has_no_due_day_and_is_not_late() -> None:
    runtime = de_linde()
    dossier = opened(runtime)
    suspend(runtime, wanted(dossier, **WAIT), at("2026-03-11 09:00"))
    assert due(runtime, dossier, "2026-03-20 09:00") is None
    assert status(runtime, dossier, "2026-04-05 09:00") is TermStatus.SUSPENDED


def test_after_ten_days_of_standing_still_the_answer_is_due_ten_days_later() -> None:
    runtime = de_linde()
    dossier = opened(runtime)
    suspend(runtime, wanted(dossier, **WAIT), at("2026-03-11 09:00"))
    resume(runtime, wanted(dossier), at("2026-03-21 09:00"))
    # 1 April and ten days is Saturday 11 April; De Linde shifts to the next working day.
    assert due(runtime, dossier, "2026-03-21 10:00") == date(2026, 4, 13)


def test_a_suspension_ends_by_itself_when_it_lasted_as_long_as_agreed() -> None:
    runtime = de_linde()
    dossier = opened(runtime)
    suspend(runtime, wanted(dossier, **WAIT), at("2026-03-11 09:00"))
    assert due(runtime, dossier, "2026-04-09 23:59") is None
    assert due(runtime, dossier, "2026-04-10 00:00") == date(2026, 5, 4)


def test_the_sweep_comes_by_when_a_suspension_ends_and_flags_the_term_afterwards() -> None:
    runtime = de_linde()
    dossier = opened(runtime)
    suspend(runtime, wanted(dossier, **WAIT), at("2026-03-11 09:00"))
    before = sweep(runtime, at("2026-04-30 09:00")).missed
    assert "antwoord" not in {flag.deadline for flag in before}
    after = sweep(runtime, at("2026-05-05 00:00")).missed
    assert [(flag.deadline, flag.due) for flag in after if flag.deadline == "antwoord"] == [
        ("antwoord", "2026-05-04")
    ]


def test_a_term_that_may_not_stand_still_does_not() -> None:
    runtime = de_linde()
    dossier = opened(runtime)
    now = at("2026-03-03 09:00")
    assert (
        code(lambda: suspend(runtime, wanted(dossier, "ontvangstmelding", **WAIT), now))
        == "suspend-not-allowed"
    )


def test_only_an_agreed_reason_lets_a_term_stand_still() -> None:
    runtime = de_linde()
    dossier = opened(runtime)
    now = at("2026-03-11 09:00")
    assert code(lambda: suspend(runtime, wanted(dossier, reason="vakantie"), now)) == "suspend-reason"


def test_what_stands_still_cannot_be_suspended_again_and_what_runs_cannot_be_resumed() -> None:
    runtime = de_linde()
    dossier = opened(runtime)
    now = at("2026-03-11 09:00")
    assert code(lambda: resume(runtime, wanted(dossier), now)) == "not-suspended"
    suspend(runtime, wanted(dossier, **WAIT), now)
    assert code(lambda: suspend(runtime, wanted(dossier, **WAIT), now)) == "already-suspended"


def test_a_suspension_does_not_begin_tomorrow() -> None:
    runtime = de_linde()
    dossier = opened(runtime)
    tomorrow = wanted(dossier, day=date(2026, 3, 12), **WAIT)
    assert code(lambda: suspend(runtime, tomorrow, at("2026-03-11 09:00"))) == "day-cannot-be"


# Lasting longer


def test_an_extension_counts_from_the_original_start() -> None:
    runtime = de_linde()
    dossier = opened(runtime)
    extend(runtime, wanted(dossier, **LONGER), at("2026-03-20 09:00"))
    assert due(runtime, dossier, "2026-03-20 10:00") == date(2026, 4, 16)


@pytest.mark.parametrize(
    ("change", "when", "refused"),
    [
        ({"reason": ""}, "2026-03-20 09:00", "reason-needed"),
        ({"told": None}, "2026-03-20 09:00", "extend-told"),
        ({"told": date(2026, 3, 21)}, "2026-03-20 09:00", "extend-told"),
        ({}, "2026-04-02 00:00", "extend-too-late"),
    ],
)
def test_an_extension_needs_a_reason_told_before_the_old_due_day(
    change: dict[str, Any], when: str, refused: str
) -> None:
    runtime = de_linde()
    dossier = opened(runtime)
    assert code(lambda: extend(runtime, wanted(dossier, **{**LONGER, **change}), at(when))) == refused


def test_a_term_is_not_extended_more_often_than_agreed() -> None:
    runtime = de_linde()
    dossier = opened(runtime)
    now = at("2026-03-20 09:00")
    extend(runtime, wanted(dossier, **LONGER), now)
    assert code(lambda: extend(runtime, wanted(dossier, **LONGER), now)) == "extend-too-often"


def test_beyond_that_only_with_consent_where_the_agreement_says_so() -> None:
    runtime = de_linde()
    publish_change(runtime, _with_consent, "2026-02-01 09:00")
    dossier = opened(runtime)
    now = at("2026-03-20 09:00")
    extend(runtime, wanted(dossier, **LONGER), now)
    assert code(lambda: extend(runtime, wanted(dossier, **LONGER), now)) == "extend-consent"
    extend(runtime, wanted(dossier, consent=date(2026, 3, 20), **LONGER), now)
    assert due(runtime, dossier, "2026-03-20 10:00") == date(2026, 5, 4)


def _with_consent(document: dict[str, Any]) -> None:
    document["terms"]["antwoord"]["further-delay"] = "consent"


def test_a_term_without_extension_is_not_extended() -> None:
    runtime = de_linde()
    dossier = opened(runtime)
    now = at("2026-03-03 09:00")
    refused = code(lambda: extend(runtime, wanted(dossier, "registratie", **LONGER), now))
    assert refused == "extend-not-allowed"


def test_what_is_done_is_not_adjusted_any_more() -> None:
    runtime = de_linde()
    dossier = opened(runtime)
    fill(
        runtime, dossier, "2026-03-04 09:00", ontvangstmelding_op="2026-03-04", ontvangstmelding_wijze="email"
    )
    now = at("2026-03-05 09:00")
    assert (
        code(lambda: suspend(runtime, wanted(dossier, "ontvangstmelding", **WAIT), now)) == "term-not-running"
    )


# Coming back, following another


def _progress(document: dict[str, Any]) -> None:
    """A message about how things stand, every fourteen days until the answer."""
    fields = document["forms"]["dossier"]["properties"]
    fields["laatste_bericht_op"] = {
        "title": "Laatste bericht", "type": "string", "format": "date", "phase": "antwoord", "personal-data": "P0",
    }  # fmt: skip
    document["milestones"]["bericht gestuurd"] = {"name": "Bericht gestuurd", "field": "laatste_bericht_op"}
    document["terms"]["stand_van_zaken"] = {
        "name": "Stand van zaken", "within": "14 calendar-days", "from": "ontvangst", "until": "bericht gestuurd",
        "recurring-until": "antwoord verstuurd", "responsible": "kwaliteitscoordinator",
        "late": [{"tell": "kwaliteitscoordinator"}],
    }  # fmt: skip


def test_a_term_that_comes_back_starts_again_each_time_it_is_done() -> None:
    runtime = de_linde()
    publish_change(runtime, _progress, "2026-02-01 09:00")
    dossier = registered(runtime)
    assert due(runtime, dossier, "2026-05-14 09:00", "stand_van_zaken") == date(2026, 5, 26)
    fill(runtime, dossier, "2026-05-20 09:00", laatste_bericht_op="2026-05-20")
    assert due(runtime, dossier, "2026-05-20 10:00", "stand_van_zaken") == date(2026, 6, 3)


@pytest.mark.parametrize(
    ("answered", "stands"), [("2026-05-20", TermStatus.NOT_NEEDED), ("2026-05-28", TermStatus.LATE_DONE)]
)
def test_a_round_that_ends_by_the_answer_was_not_done_in_time_but_not_needed(
    answered: str, stands: TermStatus
) -> None:
    runtime = de_linde()
    publish_change(runtime, _progress, "2026-02-01 09:00")
    dossier = investigated(runtime, "onduidelijk")
    fill(
        runtime,
        dossier,
        f"{answered} 15:00",
        antwoord_datum=answered,
        antwoord_wijze="brief",
        tweede_lijn_vermeld=True,
    )
    opened = look(runtime, dossier, at(f"{answered} 16:00"))
    assert opened.decision.terms["stand_van_zaken"].status is stands


def test_a_term_that_comes_back_is_flagged_each_time_round() -> None:
    runtime = de_linde()
    publish_change(runtime, _progress, "2026-02-01 09:00")
    dossier = registered(runtime)
    first = [
        flag.due
        for flag in sweep(runtime, at("2026-05-28 09:00")).missed
        if flag.deadline == "stand_van_zaken"
    ]
    fill(runtime, dossier, "2026-05-28 10:00", laatste_bericht_op="2026-05-28")
    second = [
        flag.due
        for flag in sweep(runtime, at("2026-06-12 09:00")).missed
        if flag.deadline == "stand_van_zaken"
    ]
    assert (first, second) == (["2026-05-26"], ["2026-06-11"])


def _chained(document: dict[str, Any]) -> None:
    document["terms"]["dankbrief"] = {
        "name": "Dankbrief", "within": "7 calendar-days", "from-term": "antwoord", "until": "nazorg gedaan",
        "responsible": "onthaal", "late": [{"tell": "onthaal"}],
    }  # fmt: skip


def test_a_term_may_start_from_the_due_day_of_another() -> None:
    runtime = de_linde()
    publish_change(runtime, _chained, "2026-02-01 09:00")
    dossier = opened(runtime)
    assert due(runtime, dossier, "2026-03-03 09:00", "dankbrief") == date(2026, 4, 8)
    extend(runtime, wanted(dossier, **LONGER), at("2026-03-20 09:00"))
    assert due(runtime, dossier, "2026-03-20 10:00", "dankbrief") == date(2026, 4, 23)


# Opening again


def closed(runtime: Runtime) -> str:
    dossier = registered(runtime)
    fill(
        runtime, dossier, "2026-06-01 09:00", geen_antwoord_reden="ingetrokken", afsluitreden="ingetrokken",
        afgesloten_op="2026-06-01", reason="Wat nog liep, hoeft niet meer.",
    )  # fmt: skip
    return dossier


def test_a_reopened_dossier_is_open_and_its_answer_is_due_anew() -> None:
    runtime = de_linde()
    dossier = closed(runtime)
    assert look(runtime, dossier, at("2026-06-02 09:00")).decision.closed
    reopen(runtime, dossier, "Nieuwe feiten", Operator("els"), at("2026-07-01 09:00"))
    seen = look(runtime, dossier, at("2026-07-01 10:00"))
    assert not seen.decision.closed
    # 1 July and thirty days is Friday 31 July.
    assert due(runtime, dossier, "2026-07-01 10:00") == date(2026, 7, 31)


def test_a_term_that_was_missed_before_is_flagged_again_after_reopening() -> None:
    runtime = de_linde()
    dossier = closed(runtime)
    reopen(runtime, dossier, "Nieuwe feiten", Operator("els"), at("2026-07-01 09:00"))
    flagged = [
        flag.due for flag in sweep(runtime, at("2026-08-02 09:00")).missed if flag.deadline == "antwoord"
    ]
    assert flagged == ["2026-07-31"]


def test_only_a_closed_dossier_is_reopened_and_only_with_a_reason() -> None:
    runtime = de_linde()
    dossier = closed(runtime)
    now = at("2026-07-01 09:00")
    assert code(lambda: reopen(runtime, dossier, " ", Operator("els"), now)) == "reason-needed"
    assert (
        code(lambda: reopen(runtime, registered(runtime), "Nieuwe feiten", Operator("els"), now))
        == "not-closed"
    )


# The course of a term as a whole


def test_all_suspensions_together_last_no_longer_than_agreed() -> None:
    runtime = de_linde()
    dossier = opened(runtime)
    suspend(runtime, wanted(dossier, **WAIT), at("2026-03-11 09:00"))
    resume(runtime, wanted(dossier), at("2026-03-31 09:00"))
    suspend(runtime, wanted(dossier, **WAIT), at("2026-04-08 09:00"))
    # Twenty of the thirty days are over: the other ten end on 18 April.
    assert due(runtime, dossier, "2026-04-17 23:59") is None
    assert due(runtime, dossier, "2026-04-18 00:00") == date(2026, 5, 4)


def test_what_stood_still_for_as_long_as_agreed_does_not_stand_still_again() -> None:
    runtime = de_linde()
    dossier = opened(runtime)
    suspend(runtime, wanted(dossier, **WAIT), at("2026-03-11 09:00"))
    now = at("2026-04-20 09:00")
    assert code(lambda: suspend(runtime, wanted(dossier, **WAIT), now)) == "suspend-used-up"


def test_a_cap_in_working_days_counts_working_days_over_all_suspensions() -> None:
    def five_working_days(document: dict[str, Any]) -> None:
        document["terms"]["antwoord"]["suspend"]["at-most"] = "5 working-days"

    runtime = de_linde()
    publish_change(runtime, five_working_days, "2026-02-01 09:00")
    dossier = opened(runtime)
    # Thursday and Friday are two of the five.
    suspend(runtime, wanted(dossier, **WAIT), at("2026-03-05 09:00"))
    resume(runtime, wanted(dossier), at("2026-03-07 09:00"))
    suspend(runtime, wanted(dossier, **WAIT), at("2026-03-12 09:00"))
    assert due(runtime, dossier, "2026-03-16 09:00") is None
    assert due(runtime, dossier, "2026-03-17 00:00") == date(2026, 4, 8)


def test_a_term_that_is_over_is_not_suspended_any_more() -> None:
    runtime = de_linde()
    dossier = opened(runtime)
    now = at("2026-04-02 09:00")
    assert code(lambda: suspend(runtime, wanted(dossier, **WAIT), now)) == "suspend-too-late"


def test_after_reopening_the_derivation_says_what_the_term_really_starts_from() -> None:
    runtime = de_linde()
    dossier = closed(runtime)
    reopen(runtime, dossier, "Nieuwe feiten", Operator("els"), at("2026-07-01 09:00"))
    seen = look(runtime, dossier, at("2026-07-01 10:00"))
    state = seen.decision.terms["antwoord"]
    assert state.due is not None
    begun = DUTCH.derivation.begun_at(seen.agreement, state)
    assert DUTCH.derivation.sentences(state.due.steps, begun)[0].startswith(
        "Dossier heropend op woensdag 1 juli 2026"
    )
    other = seen.decision.terms["registratie"]
    assert DUTCH.derivation.begun_at(seen.agreement, other) == "Klacht ontvangen"


def test_what_was_added_before_reopening_does_not_count_afterwards() -> None:
    runtime = de_linde()
    dossier = registered(runtime)
    extend(
        runtime,
        wanted(dossier, reason="Twee diensten", told=date(2026, 5, 20)),
        at("2026-05-20 09:00"),
    )
    fill(
        runtime, dossier, "2026-06-01 09:00", geen_antwoord_reden="ingetrokken", afsluitreden="ingetrokken",
        afgesloten_op="2026-06-01", reason="Wat nog liep, hoeft niet meer.",
    )  # fmt: skip
    reopen(runtime, dossier, "Nieuwe feiten", Operator("els"), at("2026-07-01 09:00"))
    assert due(runtime, dossier, "2026-07-01 10:00") == date(2026, 7, 31)
    again = wanted(dossier, reason="Twee diensten", told=date(2026, 7, 2))
    extend(runtime, again, at("2026-07-02 09:00"))
    assert due(runtime, dossier, "2026-07-02 10:00") == date(2026, 8, 17)


def test_an_answer_of_before_reopening_is_no_answer_afterwards() -> None:
    runtime = de_linde()
    dossier = registered(runtime)
    answer = {"antwoord_datum": "2026-06-01", "antwoord_wijze": "brief", "tweede_lijn_vermeld": "ja"}
    fill(runtime, dossier, "2026-06-01 09:00", **answer)
    close = {"afsluitreden": "beantwoord", "afgesloten_op": "2026-06-01"}
    fill(runtime, dossier, "2026-06-01 10:00", reason="Wat nog liep, hoeft niet meer.", **close)
    reopen(runtime, dossier, "Nieuwe feiten", Operator("els"), at("2026-06-01 11:00"))
    assert status(runtime, dossier, "2026-06-01 12:00") is TermStatus.RUNNING
    fill(runtime, dossier, "2026-06-02 09:00", antwoord_datum="2026-06-02")
    assert status(runtime, dossier, "2026-06-02 10:00") is TermStatus.ON_TIME
