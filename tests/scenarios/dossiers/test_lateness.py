"""Lateness that would no longer show: it is said beforehand, it needs a reason, and it is in the history."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from gehoor.core.deadlines.status import TermStatus
from gehoor.core.dossier.events import Event
from gehoor.core.objections.objections import Objection
from gehoor.core.wording.registry import DUTCH
from gehoor.services.access.authorisation import Operator
from gehoor.services.dossiers.reopening import reopen
from gehoor.services.dossiers.repinning import Repinning, rehearse_repin, repin
from gehoor.services.dossiers.term_changes import Adjustment, suspend
from gehoor.services.dossiers.viewing import look
from gehoor.services.jobs.sweep import sweep
from gehoor.services.recording.answers import RefusedError
from gehoor.services.register.runtime import Runtime
from tests.support.clock import at
from tests.support.de_linde import de_linde, fill, open_by_phone, publish_change, registered
from tests.support.pages import Page, page_faults
from tests.support.retention import closed_complaint
from tests.support.site import new_site

ELS = Operator("els")
WHY = "Het jaar was verkeerd overgenomen."


def late_registration(runtime: Runtime) -> str:
    """A complaint received on 6 May and written down on 12 May: its registration was due on the 8th, and flagged."""
    dossier = open_by_phone(runtime, "2026-05-12 14:00", ontvangstdatum="2026-05-06").dossier
    sweep(runtime, at("2026-05-12 15:00"))
    return dossier


def refused(work: Callable[[], object]) -> list[Objection]:
    with pytest.raises(RefusedError) as refusal:
        work()
    return refusal.value.objections


def last(runtime: Runtime, dossier: str) -> Event:
    return look(runtime, dossier, at("2026-12-01 09:00")).events[-1]


def told(runtime: Runtime, dossier: str) -> dict[str, str]:
    """What the history says of the last event."""
    seen = look(runtime, dossier, at("2026-12-01 09:00"))
    return dict(DUTCH.events.text(seen.agreement, seen.events[-1]).details)


def test_a_receipt_moved_past_lateness_asks_a_reason_and_says_what_disappears_and_who_was_told() -> None:
    runtime = de_linde()
    dossier = late_registration(runtime)
    (objection,) = refused(lambda: fill(runtime, dossier, "2026-05-12 16:00", ontvangstdatum="2026-05-12"))
    assert objection.field == "ontvangstdatum"
    assert DUTCH.objections.text(objection) == (
        "Hierdoor is niet meer te zien dat dit te laat is: Registratie volledig maken (vrijdag 8 mei 2026, gemeld aan "
        "Kwaliteitscoördinator). Klopt uw wijziging? Geef dan een reden."
    )
    fill(runtime, dossier, "2026-05-12 16:00", ontvangstdatum="2026-05-12", reason=WHY)
    assert told(runtime, dossier) == {
        "Ontvangen op": "dinsdag 12 mei 2026",
        "Niet meer te laat": "Registratie volledig maken (vrijdag 8 mei 2026)",
        "Waarom": WHY,
    }


def test_a_receipt_that_leaves_everything_late_asks_nothing() -> None:
    runtime = de_linde()
    dossier = late_registration(runtime)
    fill(runtime, dossier, "2026-05-12 16:00", ontvangstdatum="2026-05-07")
    assert "hidden" not in last(runtime, dossier).data


def test_a_complaint_that_becomes_something_else_asks_a_reason_at_what_was_changed() -> None:
    runtime = de_linde()
    dossier = registered(runtime)
    sweep(runtime, at("2026-06-02 09:00"))
    answers: dict[str, Any] = {"onderwerp": "Een idee", "type_bericht": "suggestie"}
    (objection,) = refused(lambda: fill(runtime, dossier, "2026-06-02 10:00", **answers))
    assert (objection.field, objection.code) == ("type_bericht", "hides-lateness")
    fill(runtime, dossier, "2026-06-02 10:00", reason="Het was een idee.", **answers)
    assert [one["term"] for one in last(runtime, dossier).data["hidden"]] == ["onderzoek"]


def test_what_makes_a_late_term_needless_asks_a_reason() -> None:
    runtime = de_linde()
    dossier = open_by_phone(runtime, "2026-05-12 14:00").dossier
    (objection,) = refused(lambda: fill(runtime, dossier, "2026-05-22 09:00", anoniem="ja"))
    assert (objection.field, objection.code) == ("anoniem", "hides-lateness")


def test_what_was_done_in_time_and_written_down_later_asks_nothing() -> None:
    runtime = de_linde()
    dossier = open_by_phone(runtime, "2026-05-12 14:00").dossier
    sweep(runtime, at("2026-05-25 09:00"))
    fill(
        runtime, dossier, "2026-05-25 10:00", ontvangstmelding_op="2026-05-20", ontvangstmelding_wijze="email"
    )
    seen = look(runtime, dossier, at("2026-05-25 10:00")).decision.terms["ontvangstmelding"]
    assert seen.status is TermStatus.ON_TIME


def test_a_day_on_which_something_was_done_late_is_not_put_in_time_without_a_reason() -> None:
    runtime = de_linde()
    dossier = open_by_phone(runtime, "2026-05-12 14:00").dossier
    fill(
        runtime, dossier, "2026-05-25 10:00", ontvangstmelding_op="2026-05-25", ontvangstmelding_wijze="email"
    )
    (objection,) = refused(
        lambda: fill(runtime, dossier, "2026-05-25 11:00", ontvangstmelding_op="2026-05-19")
    )
    assert (objection.field, objection.code) == ("ontvangstmelding_op", "hides-lateness")


def test_a_receipt_after_what_was_done_already_is_refused_whatever_the_reason() -> None:
    runtime = de_linde()
    dossier = open_by_phone(runtime, "2026-05-12 14:00").dossier
    fill(
        runtime, dossier, "2026-05-13 09:00", ontvangstmelding_op="2026-05-12", ontvangstmelding_wijze="email"
    )
    (objection,) = refused(
        lambda: fill(runtime, dossier, "2026-05-14 09:00", ontvangstdatum="2026-05-13", reason=WHY)
    )
    assert (objection.field, objection.code) == ("ontvangstdatum", "after-milestone")
    assert "Ontvangstmelding verstuurd” op dinsdag 12 mei 2026" in DUTCH.objections.text(objection)


def test_both_days_are_put_right_at_once() -> None:
    runtime = de_linde()
    dossier = open_by_phone(runtime, "2026-05-12 14:00").dossier
    fill(
        runtime, dossier, "2026-05-13 09:00", ontvangstmelding_op="2026-05-12", ontvangstmelding_wijze="email"
    )
    fill(runtime, dossier, "2026-05-14 09:00", ontvangstdatum="2026-05-13", ontvangstmelding_op="2026-05-14")


def test_a_suspension_laid_over_a_late_term_asks_why() -> None:
    runtime = de_linde()
    dossier = registered(runtime)
    sweep(runtime, at("2026-06-12 00:00"))
    wanted = Adjustment(dossier, "antwoord", ELS, reason="wachten-op-klager", day=date(2026, 6, 1))
    now = at("2026-06-15 09:00")
    assert [one.code for one in refused(lambda: suspend(runtime, wanted, now))] == ["hides-lateness"]
    why = "Zij vroeg op 1 juni om te wachten."
    explained = Adjustment(
        dossier, "antwoord", ELS, reason="wachten-op-klager", day=date(2026, 6, 1), why=why
    )
    suspend(runtime, explained, now)
    assert told(runtime, dossier)["Niet meer te laat"].startswith("Antwoord aan de klager")
    assert told(runtime, dossier)["Waarom"] == why


def test_another_agreement_says_beforehand_and_afterwards_what_is_no_longer_late() -> None:
    def slower(document: dict[str, Any]) -> None:
        document["terms"]["registratie"]["within"] = "20 working-days"

    runtime = de_linde()
    dossier = late_registration(runtime)
    other = publish_change(runtime, slower, "2026-05-12 15:30").agreement
    wanted = Repinning(dossier, other[:12], "Zo is afgesproken.", ELS)
    now = at("2026-05-12 16:00")
    (change,) = [one for one in rehearse_repin(runtime, wanted, now).dues if one.term == "registratie"]
    assert (change.was_late, change.late) == (True, False)
    repin(runtime, wanted, now)
    assert told(runtime, dossier)["Niet meer te laat"] == "Registratie volledig maken (vrijdag 8 mei 2026)"


def test_opening_again_says_what_lateness_starts_anew() -> None:
    runtime = de_linde()
    dossier = registered(runtime)
    sweep(runtime, at("2026-06-15 09:00"))
    fill(
        runtime, dossier, "2026-06-15 10:00", antwoord_datum="2026-06-15", antwoord_wijze="brief",
        tweede_lijn_vermeld="ja",
    )  # fmt: skip
    fill(
        runtime, dossier, "2026-06-15 11:00", afsluitreden="beantwoord", afgesloten_op="2026-06-15",
        reason="Verder hoeft niets meer.",
    )  # fmt: skip
    reopen(runtime, dossier, "Zij komen terug.", ELS, at("2026-06-16 09:00"))
    assert told(runtime, dossier)["Niet meer te laat"] == "Antwoord aan de klager (donderdag 11 juni 2026)"


def test_on_the_page_a_term_in_hours_that_is_suspended_too_late_asks_why_and_keeps_what_was_chosen() -> None:
    def waits_too(document: dict[str, Any]) -> None:
        document["terms"]["gevaar"]["suspend"] = {"reasons": ["wachten-op-externe"]}
        document["rights"]["suspend-term"] = ["kwaliteitscoordinator"]

    site = new_site("2026-05-13 15:00")
    publish_change(site.runtime, waits_too, "2026-05-11 09:00")
    dossier = open_by_phone(site.runtime, "2026-05-12 14:00", acuut_gevaar="ja").dossier
    els = site.staff("els", "kwaliteitscoordinator")
    path = f"/medewerker/dossiers/{dossier}/termijnen/gevaar/opschorten"
    page = els.page(f"/medewerker/dossiers/{dossier}")
    token = dict(page.form_data())["csrf_token"]
    # Received in the middle of the day, it was due at the same hour on the next.
    answer = els.post(path, {"csrf_token": token, "reden": "wachten-op-externe"})
    asked = Page(answer.text)
    assert answer.status_code == 422
    assert "Eerste actie bij gevaar" in asked.text
    assert page_faults(asked) == []
    assert els.post(path, {**dict(asked.form_data()), "toelichting": "De arts kwam niet."}).status_code == 303
    assert last(site.runtime, dossier).data["why"] == "De arts kwam niet."


def test_a_dossier_is_not_closed_before_what_was_done_in_it() -> None:
    runtime = de_linde()
    dossier = closed_complaint(runtime)
    reopen(runtime, dossier, "Er kwam nog iets.", Operator("els"), at("2026-06-15 08:00"))
    found = refused(
        lambda: fill(runtime, dossier, "2026-06-15 09:00", reason=WHY, afgesloten_op="2026-05-13")
    )
    (objection,) = [one for one in found if one.field == "afgesloten_op" and one.code != "ends-undone"]
    assert objection.code == "closes-too-early"
    assert "Antwoord verstuurd” op vrijdag 29 mei 2026" in DUTCH.objections.text(objection)
