"""What the shipped De Linde asks before it judges, and before it closes."""

from __future__ import annotations

import pytest

from gehoor.services.dossiers.viewing import OpenedDossier, look
from tests.shipped.founding.story import (
    ANSWERED,
    APOLOGISED,
    REGISTERED,
    fill,
    judged,
    refused,
    registered,
    sent,
    shipped,
    told,
    written,
)
from tests.support.clock import at
from tests.support.de_linde import staff


def test_without_facts_there_is_no_judgement() -> None:
    runtime = shipped()
    dossier = registered(runtime)
    fill(runtime, dossier, "2026-05-14 09:00", gegrondheid="gegrond")
    assert "gegrondheid" not in look(runtime, dossier, at("2026-05-14 10:00")).decision.values


@pytest.mark.parametrize(
    "factor",
    [
        "gesignaleerde_feiten",
        "omstandigheden",
        "mogelijke_oorzaken",
        "soort_klacht_hoofd",
        "gegrondheid",
        "ernst",
        "nadeel_schade",
    ],
)
def test_an_investigation_does_not_end_while_a_factor_is_left_out(factor: str) -> None:
    runtime = shipped()
    assert factor in refused(lambda: judged(runtime, "gegrond", **{factor: None}))


@pytest.mark.parametrize(
    "asked", ["onderzoeksmethoden", "onderzoeker", "eerdere_klachten_persoon", "gelijkaardige_klachten"]
)
def test_nor_while_nobody_said_how_who_and_what_went_before(asked: str) -> None:
    runtime = shipped()
    assert asked in refused(lambda: judged(runtime, "gegrond", **{asked: None}))


def test_who_is_complained_about_does_not_investigate_it() -> None:
    runtime = shipped()
    staff(runtime, "tom", "teamverantwoordelijke")
    dossier = registered(runtime)
    both = {"voorwerp": "persoon", "aangeklaagde_medewerkers": ["tom"], "onderzoeker": ["tom"]}
    why = refused(lambda: fill(runtime, dossier, "2026-05-14 09:00", **both))
    assert why == {"onderzoeker": "Kies hier iemand anders dan bij “Over welke medewerkers gaat het?”."}


@pytest.mark.parametrize(
    ("kind", "asked"),
    [
        ("opmerking", {"doorverwezen_naar", "antwoord_datum"}),
        ("suggestie", {"doorverwezen_naar", "antwoord_datum", "besluit_suggestie"}),
    ],
)
def test_what_is_no_complaint_does_not_close_without_word_and_without_going_somewhere(
    kind: str, asked: set[str]
) -> None:
    runtime = shipped()
    dossier = told(runtime, type_bericht=kind)
    closing = {"afgesloten_op": "2026-05-14", "afsluitreden": "geen_klacht"}
    assert asked < set(refused(lambda: fill(runtime, dossier, "2026-05-14 09:00", **REGISTERED, **closing)))


def test_a_founded_complaint_does_not_close_before_it_was_put_right_prevented_and_asked_after() -> None:
    runtime = shipped()
    dossier = judged(runtime, "gegrond")
    fill(runtime, dossier, "2026-05-20 10:00", **ANSWERED, **APOLOGISED)
    written(runtime, dossier, "antwoord", "2026-05-21 09:00")
    sent(runtime, dossier, "antwoord", "2026-05-21 10:00")
    closing = {"afgesloten_op": "2026-05-22", "afsluitreden": "beantwoord"}
    asked = set(refused(lambda: fill(runtime, dossier, "2026-05-22 09:00", **closing)))
    assert asked >= {"herstelmaatregelen", "oplossing", "verbeteracties", "nazorg_contact_op"}


def test_once_it_was_answered_it_is_asked_after_within_three_weeks() -> None:
    runtime = shipped()
    dossier = judged(runtime, "gegrond")
    fill(runtime, dossier, "2026-05-20 10:00", **ANSWERED, **APOLOGISED)
    written(runtime, dossier, "antwoord", "2026-05-21 09:00")
    sent(runtime, dossier, "antwoord", "2026-05-21 10:00")
    opened = look(runtime, dossier, at("2026-05-22 09:00"))
    assert _due(opened, "nazorg") == "2026-06-11"
    assert opened.decision.terms["nazorg"].term.responsible == "sociale-dienst"


def test_another_kind_or_another_day_of_receipt_asks_why() -> None:
    runtime = shipped()
    dossier = told(runtime)
    for change in ({"type_bericht": "opmerking"}, {"ontvangstdatum": "2026-05-11"}):
        why = refused(lambda given=change: fill(runtime, dossier, "2026-05-13 09:00", **given))
        assert "Geef een reden als u het wijzigt." in " ".join(why.values())
        fill(runtime, dossier, "2026-05-13 10:00", reason="Bij nader inzien", **change)


def test_a_suggestion_that_becomes_a_complaint_keeps_its_number_and_the_day_it_came() -> None:
    runtime = shipped()
    dossier = told(runtime, type_bericht="suggestie")
    before = look(runtime, dossier, at("2026-05-13 09:00"))
    fill(runtime, dossier, "2026-05-18 09:00", reason="Er is ook iets misgelopen", type_bericht="klacht")
    after = look(runtime, dossier, at("2026-05-18 10:00"))
    assert after.dossier.number == before.dossier.number == "BEU-2026-0001"
    assert after.decision.values["ontvangstdatum"] == "2026-05-12"
    assert _due(after, "antwoord") == "2026-06-11"


def test_a_term_runs_from_the_day_a_letter_came_and_not_from_the_day_on_it() -> None:
    runtime = shipped()
    letter = {"drager": ["brief"], "indieningsvorm": "schriftelijk", "datum_op_stuk": "2026-04-03"}
    dossier = told(runtime, "2026-04-09 10:00", ontvangstdatum="2026-04-09", **letter)
    assert _due(look(runtime, dossier, at("2026-04-09 11:00")), "ontvangstmelding") == "2026-04-16"


def _due(opened: OpenedDossier, term: str) -> str:
    due = opened.decision.terms[term].due
    return due.due.isoformat() if due else ""
