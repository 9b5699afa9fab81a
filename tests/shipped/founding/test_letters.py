"""The letters of the shipped De Linde: what each says, and that none goes without what the founding text asks of it."""

from __future__ import annotations

from datetime import date

import pytest

from gehoor.services.correspondence.notes import ContactMade, note_contact
from gehoor.services.dossiers.viewing import look
from gehoor.services.register.runtime import Runtime
from tests.shipped.founding.story import (
    ANSWERED,
    APOLOGISED,
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
from tests.support.de_linde import by, staff

JUDGEMENTS = {
    "gegrond": "Uw klacht is gegrond.",
    "deels_gegrond": "Uw klacht is voor een deel gegrond.",
    "ongegrond": "Wij vinden uw klacht niet gegrond.",
    "onduidelijk": "Wij konden niet met zekerheid vaststellen wat er gebeurd is.",
}


def _ready(runtime: Runtime, judgement: str) -> str:
    """Return a complaint about which everything is known that its answer asks."""
    dossier = judged(runtime, judgement)
    founded = APOLOGISED if judgement in ("gegrond", "deels_gegrond") else {}
    fill(runtime, dossier, "2026-05-20 10:00", **ANSWERED, **founded)
    return dossier


def _answer(runtime: Runtime, dossier: str) -> str:
    return written(runtime, dossier, "antwoord", "2026-05-21 09:00")


def _not_answered(runtime: Runtime, dossier: str) -> str:
    """Return why an answer that was written does not go."""
    _answer(runtime, dossier)
    return " ".join(refused(lambda: sent(runtime, dossier, "antwoord", "2026-05-21 10:00")).values())


def test_word_of_receipt_says_when_it_came_its_number_the_day_of_the_answer_and_whom_to_turn_to() -> None:
    runtime = shipped()
    text = written(runtime, told(runtime), "ontvangstmelding", "2026-05-13 09:00").replace("\n", " ")
    assert "Beste An Peeters, " in text
    assert "Wij kregen uw bericht op dinsdag 12 mei 2026." in text
    assert "nummer BEU-2026-0001" in text
    assert "uiterlijk op donderdag 11 juni 2026" in text
    assert "Bel ons op 09 000 00 20" in text
    assert "Els Verhaegen WZC Beukenhof, Woonzorggroep De Linde vzw" in text
    assert "Woonzorglijn" in text
    assert "# Uw gegevens" in text
    assert "[[" not in text


def test_word_of_receipt_is_that_letter_unless_it_was_told() -> None:
    runtime = shipped()
    dossier = told(runtime)
    day = {"ontvangstmelding_op": "2026-05-13"}
    on_paper = day | {"ontvangstmelding_wijze": "brief"}
    why = refused(lambda: fill(runtime, dossier, "2026-05-13 09:00", **on_paper))
    assert "verstuur eerst “Ontvangstmelding”" in why["ontvangstmelding_op"]
    fill(runtime, dossier, "2026-05-13 09:00", **day, ontvangstmelding_wijze="mondeling")


@pytest.mark.parametrize("judgement", JUDGEMENTS)
def test_each_judgement_has_an_answer_that_goes(judgement: str) -> None:
    runtime = shipped()
    dossier = _ready(runtime, judgement)
    text = _answer(runtime, dossier)
    assert [said for said in JUDGEMENTS.values() if said in text] == [JUDGEMENTS[judgement]]
    assert "Woonzorglijn" in text
    sent(runtime, dossier, "antwoord", "2026-05-21 10:00")
    values = look(runtime, dossier, at("2026-05-21 11:00")).decision.values
    assert (values["antwoord_datum"], values["antwoord_wijze"]) == ("2026-05-21", "brief")


def test_no_answer_goes_without_a_judgement() -> None:
    runtime = shipped()
    assert "Is de klacht gegrond?" in _not_answered(runtime, registered(runtime))


def test_an_unfounded_answer_shows_the_analysis_and_what_can_be_checked() -> None:
    runtime = shipped()
    text = _answer(runtime, _ready(runtime, "ongegrond"))
    assert "Het logboek van de bel toont een oproep van 63 minuten." in text
    assert "- Oproepregistratie (Logboek van 10 mei)" in text
    assert "verontschuldigingen" not in text


def test_an_unfounded_answer_with_neither_does_not_go() -> None:
    runtime = shipped()
    dossier = judged(runtime, "ongegrond")
    decided = {name: ANSWERED[name] for name in ("besluit", "besluit_datum", "beslisser")}
    fill(runtime, dossier, "2026-05-20 10:00", **decided)
    assert "tonen wij aan met een analyse van de feiten" in _not_answered(runtime, dossier)


def test_a_founded_answer_apologises_and_tells_what_is_done_for_whom_and_in_general() -> None:
    runtime = shipped()
    dossier = _ready(runtime, "gegrond")
    repair = {"type": "rechtzetting", "omschrijving": "De kamer ligt nu naast de wacht."}
    fill(runtime, dossier, "2026-05-20 11:00", herstelmaatregelen=[repair])
    _, _, after = _answer(runtime, dossier).partition("# Onze verontschuldigingen")
    apology, _, measures = after.partition("# Wat wij voor u doen")
    own, _, general = measures.partition("# Wat wij doen om het te voorkomen")
    assert "Het spijt ons." in apology
    assert "Mama heeft sinds gisteren een armbandbel." in own
    assert "- De kamer ligt nu naast de wacht." in own
    assert "Elke oproep gaat na tien minuten naar een tweede toestel." in general


def test_an_answer_names_each_gesture_that_was_decided_and_no_apology_without_one() -> None:
    runtime = shipped()
    dossier = _ready(runtime, "gegrond")
    given = [{"vorm": "schriftelijk"}, {"vorm": "goodwill", "gebaar": "Een ruiker", "waarde": 30}]
    fill(runtime, dossier, "2026-05-20 11:00", verontschuldiging=given)
    _, _, after = _answer(runtime, dossier).partition("# Onze verontschuldigingen")
    apology, _, _ = after.partition("# Wat wij voor u doen")
    assert apology.rstrip().endswith("krijgt u van ons:\n\n- Een ruiker")
    assert "krijgt u van ons" not in _answer(runtime, _ready(runtime, "deels_gegrond"))


@pytest.mark.parametrize(
    ("left_out", "because"),
    [
        ("verontschuldiging", "bieden wij verontschuldigingen aan"),
        ("maatregelen_individueel_meegedeeld", "Vul de herstelmaatregelen in"),
        ("acties_structureel_meegedeeld", "Vul de verbeteracties in"),
    ],
)
def test_a_founded_answer_does_not_go_without(left_out: str, because: str) -> None:
    runtime = shipped()
    dossier = judged(runtime, "gegrond")
    given = {name: answer for name, answer in APOLOGISED.items() if name != left_out}
    fill(runtime, dossier, "2026-05-20 10:00", **ANSWERED, **given)
    assert because in _not_answered(runtime, dossier)


def test_an_answer_that_was_told_is_written_too() -> None:
    runtime = shipped()
    dossier = _ready(runtime, "ongegrond")
    told_it = {"antwoord_datum": "2026-05-21", "antwoord_wijze": "mondeling", "tweede_lijn_vermeld": "ja"}
    why = refused(lambda: fill(runtime, dossier, "2026-05-21 09:00", **told_it))
    assert "verstuur eerst “Antwoord op de klacht”" in why["antwoord_datum"]


@pytest.mark.parametrize("role", ["onthaal", "sociale-dienst", "leidinggevende-zorg"])
def test_who_does_not_answer_complaints_sends_no_answer(role: str) -> None:
    runtime = shipped()
    staff(runtime, "jo", role)
    dossier = _ready(runtime, "ongegrond")
    _answer(runtime, dossier)
    why = refused(lambda: sent(runtime, dossier, "antwoord", "2026-05-21 10:00", "jo"))
    assert "Dit is niet aan u." in why["antwoord_datum"]


def test_word_of_how_far_it_is_begins_the_fortnight_anew() -> None:
    runtime = shipped()
    dossier = registered(runtime)
    open_there = {"Wat deden wij al, en wat komt er nog?": "Wij spraken met het team."}
    written(runtime, dossier, "stand-van-zaken", "2026-05-20 09:00", **open_there)
    sent(runtime, dossier, "stand-van-zaken", "2026-05-20 11:00")
    due = look(runtime, dossier, at("2026-05-20 12:00")).decision.terms["stand-van-zaken"].due
    assert due
    assert due.due.isoformat() == "2026-06-03"


def test_word_of_how_far_it_is_goes_before_the_registration_is_complete() -> None:
    runtime = shipped()
    dossier = told(runtime)
    open_there = {"Wat deden wij al, en wat komt er nog?": "Wij zoeken nog wie die dag werkte."}
    written(runtime, dossier, "stand-van-zaken", "2026-05-20 09:00", **open_there)
    sent(runtime, dossier, "stand-van-zaken", "2026-05-20 11:00")
    decision = look(runtime, dossier, at("2026-05-20 12:00")).decision
    assert not decision.milestones["geregistreerd"].reached
    due = decision.terms["stand-van-zaken"].due
    assert due
    assert due.due.isoformat() == "2026-06-03"


def test_a_call_in_which_we_said_how_far_we_are_begins_the_fortnight_anew() -> None:
    runtime = shipped()
    dossier = told(runtime)
    call = ContactMade(
        dossier=dossier, on=date(2026, 5, 20), whom="An Peeters", way="phone", ours=True, reached=True,
        text="Wij wachten nog op het verslag.", key="call", actor=by(runtime, "els"), counts_as=("stand-van-zaken",),
    )  # fmt: skip
    note_contact(runtime, call, at("2026-05-20 11:00"))
    due = look(runtime, dossier, at("2026-05-20 12:00")).decision.terms["stand-van-zaken"].due
    assert due
    assert due.due.isoformat() == "2026-06-03"
