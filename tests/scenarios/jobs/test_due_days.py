"""What fired belongs to a due day: whatever moves the due day makes its reminders, misses and escalations new."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from gehoor.core.dossier.events import EventKind
from gehoor.services.access.authorisation import Operator
from gehoor.services.dossiers.repinning import Repinning, repin
from gehoor.services.dossiers.term_changes import Adjustment, extend, reopen, resume, suspend
from gehoor.services.jobs.sweep import sweep
from gehoor.services.register.register import reading
from gehoor.services.register.runtime import Runtime
from tests.support.clock import at
from tests.support.de_linde import de_linde, fill, open_by_phone, publish_change, registered

ELS = Operator("els")
WHY = "Het jaar was verkeerd overgenomen."


def flagged(runtime: Runtime, term: str, when: str) -> list[tuple[str, int]]:
    """Sweep, and return for which due day and level a term was flagged then."""
    return [(one.due, one.level) for one in sweep(runtime, at(when)).missed if one.deadline == term]


def reminded(runtime: Runtime, dossier: str, term: str) -> list[str]:
    """Return for which due days a term was reminded of."""
    with reading(runtime.store) as register:
        events = register.events(dossier)
    return [e.data["due"] for e in events if e.kind is EventKind.REMINDED and e.data["term"] == term]


def test_a_receipt_that_is_put_right_makes_the_term_late_again_on_its_new_day() -> None:
    runtime = de_linde()
    dossier = open_by_phone(runtime, "2026-05-12 14:00", ontvangstdatum="2016-05-12").dossier
    assert [level for _, level in flagged(runtime, "registratie", "2026-05-12 15:00")] == [1]
    fill(runtime, dossier, "2026-05-12 16:00", ontvangstdatum="2026-05-12", reason=WHY)
    assert flagged(runtime, "registratie", "2026-05-15 23:59") == []
    assert flagged(runtime, "registratie", "2026-05-16 00:00") == [("2026-05-15", 1)]


def test_a_receipt_that_is_put_back_is_not_flagged_twice_for_one_day() -> None:
    runtime = de_linde()
    dossier = open_by_phone(runtime, "2026-05-12 14:00", ontvangstdatum="2026-05-04").dossier
    assert flagged(runtime, "registratie", "2026-05-12 15:00") == [("2026-05-06", 1)]
    for day in ("2026-05-12", "2026-05-04"):
        fill(runtime, dossier, "2026-05-12 16:00", ontvangstdatum=day, reason=WHY)
    assert flagged(runtime, "registratie", "2026-05-12 17:00") == []


def test_after_an_extension_the_reminder_for_the_new_day_comes() -> None:
    runtime = de_linde()
    dossier = registered(runtime)
    sweep(runtime, at("2026-06-05 09:00"))
    assert reminded(runtime, dossier, "antwoord") == ["2026-06-11"]
    longer = Adjustment(dossier, "antwoord", ELS, reason="Twee diensten.", told=date(2026, 6, 5))
    extend(runtime, longer, at("2026-06-05 10:00"))
    sweep(runtime, at("2026-06-25 09:00"))
    assert reminded(runtime, dossier, "antwoord") == ["2026-06-11", "2026-06-26", "2026-06-26"]
    assert flagged(runtime, "antwoord", "2026-06-27 00:00") == [("2026-06-26", 1)]


def _stands_still(runtime: Runtime, dossier: str) -> None:
    suspend(runtime, Adjustment(dossier, "antwoord", ELS, reason="wachten-op-klager"), at("2026-06-10 09:00"))
    resume(runtime, Adjustment(dossier, "antwoord", ELS), at("2026-06-20 09:00"))


def _is_corrected(runtime: Runtime, dossier: str) -> None:
    fill(runtime, dossier, "2026-06-10 09:00", ontvangstdatum="2026-05-13", reason=WHY)


def _comes_under_another_agreement(runtime: Runtime, dossier: str) -> None:
    other = publish_change(runtime, _slower, "2026-06-10 09:00").agreement
    repin(runtime, Repinning(dossier, other[:12], "Zo is afgesproken.", ELS), at("2026-06-10 10:00"))


def _slower(document: dict[str, object]) -> None:
    document["terms"]["antwoord"]["within"] = "40 calendar-days"  # type: ignore[index]


@pytest.mark.parametrize("move", [_stands_still, _is_corrected, _comes_under_another_agreement])
def test_what_moves_the_due_day_reminds_and_flags_anew(move: Callable[[Runtime, str], None]) -> None:
    runtime = de_linde()
    dossier = registered(runtime)
    sweep(runtime, at("2026-06-10 08:00"))
    before = reminded(runtime, dossier, "antwoord")
    assert before == ["2026-06-11", "2026-06-11"]
    move(runtime, dossier)
    missed = flagged(runtime, "antwoord", "2026-07-20 00:00")
    due = missed[0][0]
    assert due > "2026-06-11"
    assert [level for _, level in missed] == [1, 2, 3]
    assert flagged(runtime, "antwoord", "2026-07-21 00:00") == []


def test_a_complaint_that_was_no_complaint_for_a_while_is_flagged_once() -> None:
    runtime = de_linde()
    dossier = registered(runtime)
    assert flagged(runtime, "onderzoek", "2026-06-02 00:00") == [("2026-06-01", 1)]
    fill(runtime, dossier, "2026-06-02 09:00", type_bericht="suggestie", reason="Het was een idee.")
    fill(runtime, dossier, "2026-06-02 10:00", type_bericht="klacht")
    assert flagged(runtime, "onderzoek", "2026-06-02 11:00") == []


def test_a_term_that_starts_anew_after_reopening_reminds_and_flags_for_its_own_day() -> None:
    runtime = de_linde()
    dossier = registered(runtime)
    sweep(runtime, at("2026-06-10 09:00"))
    fill(
        runtime, dossier, "2026-06-10 10:00", geen_antwoord_reden="ingetrokken", afsluitreden="ingetrokken",
        afgesloten_op="2026-06-10", reason="De familie trok ze in.",
    )  # fmt: skip
    reopen(runtime, dossier, "Zij komen terug.", ELS, at("2026-06-10 11:00"))
    assert flagged(runtime, "antwoord", "2026-07-09 09:00") == []
    assert reminded(runtime, dossier, "antwoord")[-2:] == ["2026-07-10", "2026-07-10"]
    assert flagged(runtime, "antwoord", "2026-07-11 00:00") == [("2026-07-10", 1)]


def test_messages_for_another_due_day_are_messages_of_their_own() -> None:
    runtime = de_linde()
    dossier = open_by_phone(runtime, "2026-05-12 14:00", ontvangstdatum="2026-05-04").dossier
    sweep(runtime, at("2026-05-12 15:00"))
    fill(runtime, dossier, "2026-05-12 16:00", ontvangstdatum="2026-05-12", reason=WHY)
    sweep(runtime, at("2026-05-16 00:00"))
    with reading(runtime.store) as register:
        keys = [one.key for one in register.messages_of(dossier) if "/late/registratie/1/" in one.key]
    assert [key.rpartition("/")[2] for key in keys] == ["2026-05-06", "2026-05-15"]
