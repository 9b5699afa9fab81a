"""A term that stands still in the holidays, for every dossier."""

from __future__ import annotations

from datetime import date

from gehoor.core.deadlines.status import TermStatus
from gehoor.services.dossiers.term_changes import Adjustment, resume, suspend
from tests.support.clock import at
from tests.support.volledig import ANN, dues, fill, opened, published, states, swept


def test_the_summer_does_not_count() -> None:
    runtime = published()
    dossier = opened(runtime, "2027-06-14 08:00", ernst=3)
    fill(runtime, dossier, "2027-06-14 09:00", antwoord_op="2027-06-14")
    assert dues(runtime, dossier, "verbetering", "2027-06-14 09:00") == ["2027-09-14"]
    (state,) = states(runtime, dossier, "verbetering", "2027-08-15 09:00")
    assert state.status is TermStatus.RUNNING
    assert swept(runtime, "2027-09-14 09:00", "verbetering") == []
    assert swept(runtime, "2027-09-15 09:00", "verbetering") == [("2027-09-14", 1, None)]


def test_waiting_in_the_summer_gives_no_more_time_and_uses_up_what_was_agreed() -> None:
    runtime = published()
    dossier = opened(runtime, "2027-06-14 08:00", ernst=3)
    fill(runtime, dossier, "2027-06-14 09:00", antwoord_op="2027-06-14")
    waits = Adjustment(dossier, "verbetering", ANN, reason="wachten-op-de-directie", day=date(2027, 7, 12))
    suspend(runtime, waits, at("2027-07-12 09:00"))
    resume(runtime, Adjustment(dossier, "verbetering", ANN, day=date(2027, 7, 20)), at("2027-07-20 09:00"))
    assert dues(runtime, dossier, "verbetering", "2027-07-20 10:00") == ["2027-09-14"]
