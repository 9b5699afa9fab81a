"""What is done with a complaint: looked up, kept from whom it is about, judged, answered and closed."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import expect

from tests.shipped.founding.story import ANSWERED, APOLOGISED, fill, judged, told
from tests.shipped.scenarios.acting import card, dossier, go, main, pick, push, refused, unfold, write
from tests.shipped.scenarios.stage import Stage

Begin = Callable[[str], Stage]
HOUSE = "de-linde/beukenhof"
WRITE_ANSWER = re.compile(r"^Bewaren en schrijven\s*: Antwoord op de klacht")
COORDINATOR = f"{HOUSE}:kwaliteitscoordinator"


def test_who_calls_a_third_time_finds_that_we_know_what_was_promised(on_stage: Begin) -> None:
    """4. Same person complains a third time; system shows earlier two, what was promised, and that one promise is still
    open."""
    stage = on_stage("2026-06-12 10:00")
    stage.hired("els", COORDINATOR)
    first = judged(stage.runtime, "gegrond")
    promises = [
        {"type": "rechtzetting", "omschrijving": "Een armbandbel voor mama.", "uitgevoerd_op": "2026-05-21"},
        {"type": "ondersteunend_gesprek", "omschrijving": "Een gesprek met de hoofdverpleegkundige.",
         "streefdatum": "2026-06-30"},
    ]  # fmt: skip
    fill(stage.runtime, first, "2026-05-21 09:00", herstelmaatregelen=promises)
    told(stage.runtime, "2026-05-28 10:00", uiteenzetting="De soep was koud.", onderwerp="Koude soep")
    desk = stage.works("nadia", f"{HOUSE}:onthaal", f"{HOUSE}:teamverantwoordelijke")
    go(desk, "Registreren voor WZC Beukenhof")
    write(desk, "Het verhaal", "Weer kwam er niemand op de bel, en de was van mama is kwijt.")
    write(desk, "Onderwerp", "Was kwijt")
    pick(desk, "Wil de indiener anoniem blijven?", "Nee")
    write(desk, "Naam", "Peeters")
    write(desk, "Telefoon", "0470 12 34 56")
    expect(desk.locator("[data-hint]")).to_contain_text("2 dossiers")
    pick(desk, "Wat is dit bericht?", "Klacht")
    pick(desk, "Hoe kwam het bericht binnen?", "Telefoon")
    push(desk, "Registreren")
    go(desk, "Naar het dossier")
    assert "gaf het voorbije jaar al minstens twee klachten. Kijk na wat toen beloofd is." in main(desk)
    seen = desk.locator(".related")
    expect(seen.get_by_role("link", name="BEU-2026-0001").first).to_be_visible()
    expect(seen.get_by_role("link", name="BEU-2026-0002").first).to_be_visible()
    _, _, still_open = seen.inner_text().partition("Beloofd en nog niet gedaan")
    assert "Een gesprek met de hoofdverpleegkundige" in still_open
    assert "Een armbandbel voor mama." not in still_open


def test_whom_a_complaint_is_about_searches_his_own_name_and_finds_nothing(on_stage: Begin) -> None:
    """5. Complaint about the handler; the handler searches his own name and sees nothing."""
    stage = on_stage("2026-05-13 10:00")
    stage.hired("koen", f"{HOUSE}:dagelijks-verantwoordelijke")
    els = stage.works("els", COORDINATOR)
    id_ = told(
        stage.runtime, uiteenzetting="Koen snauwt mama af als zij iets vraagt.", onderwerp="Mama afgesnauwd"
    )
    koen = stage.works("koen")
    assert "BEU-2026-0001" in main(koen)
    dossier(els, id_)
    unfold(els, "Registratie")
    pick(els, "Waarover gaat de klacht?", "Een persoon")
    unfold(els, "Registratie")
    pick(els, "Over welke medewerkers gaat het?", "Koen")
    push(els, "Bewaren")
    for searched in ("Koen", "BEU-2026-0001", "snauwt"):
        koen.get_by_role("searchbox", name="Zoek een dossier").fill(searched)
        koen.keyboard.press("Enter")
        expect(koen.get_by_text("0 dossiers gevonden.")).to_be_visible()
    assert "BEU-2026-0001" not in main(koen)
    koen.goto("/medewerker/")
    assert "BEU-2026-0001" not in main(koen)
    dossier(koen, id_)
    assert koen.inner_text("h1") == "Deze pagina bestaat niet"


def test_a_founded_complaint_is_not_closed_without_apology_and_measures(on_stage: Begin) -> None:
    """6. Someone tries to close a gegrond complaint without apology/measures: blocked, message says exactly what is
    missing."""
    stage = on_stage("2026-05-21 09:00")
    stage.hired("els", COORDINATOR)
    id_ = judged(stage.runtime, "gegrond")
    fill(stage.runtime, id_, "2026-05-20 10:00", **ANSWERED)
    els = stage.works("els")
    dossier(els, id_)
    go(els, re.compile("zaken nodig om af te sluiten"))
    missing = main(els)
    assert "Dit dossier kan nog niet afgesloten worden." in missing
    for what in ("Antwoord aan de klager", "Herstelmaatregelen", "Verbeteracties"):
        assert what in missing, what
    dossier(els, id_)
    unfold(els, "Afsluiting")
    push(els, "Dossier afsluiten")
    for what in ("Herstelmaatregelen", "Is het opgelost?", "Verbeteracties"):
        assert f"{what}: Vul dit in: het is nodig voor “Dossier afgesloten”." in refused(els)
    # The apology belongs to the answer, which has to go first.
    assert "“Antwoord aan de klager” loopt nog." in refused(els)
    dossier(els, id_)
    unfold(els, "Antwoord")
    push(els, WRITE_ANSWER)
    push(els, "Bewaren en nakijken")
    # With this open it cannot be sent: there is no button for it.
    assert els.get_by_role("button", name="Brief versturen").count() == 0
    assert "Wat doen wij voor u? Vul de herstelmaatregelen in" in els.inner_text(".warning")
    assert "Hoe vermijden wij dit voortaan? Vul de verbeteracties in" in els.inner_text(".warning")
    # Whoever writes around that still cannot leave out the apology.
    go(els, "Brief aanpassen")
    letter = els.get_by_label("Brief", exact=True)
    letter.fill(re.sub(r"\[\[.*?\]\]", "Wij kochten een tweede bel.", letter.input_value()))
    push(els, "Bewaren en nakijken")
    push(els, "Brief versturen")
    assert els.inner_text(".summary h2") == "De brief is nog niet verstuurd"
    for what in ("Verontschuldiging", "Herstelmaatregelen", "Verbeteracties"):
        assert f"{what}: Vul dit in: het is nodig voor “Antwoord verstuurd”." in refused(els)


def test_an_unfounded_complaint_is_answered_with_what_anyone_can_check(on_stage: Begin) -> None:
    """7. Ongegrond with the letter containing rosters and call-system logs as objective data."""
    stage = on_stage("2026-05-21 09:00")
    stage.hired("els", COORDINATOR)
    id_ = judged(stage.runtime, "ongegrond")
    known = [
        {"soort": "dienstrooster", "bron": "Rooster van leefgroep Beuk, 10 mei"},
        {"soort": "oproepregistratie", "bron": "Logboek van de bel, 10 mei"},
    ]
    fill(stage.runtime, id_, "2026-05-20 10:00", **{**ANSWERED, "objectieve_gegevens": known})
    els = stage.works("els")
    dossier(els, id_)
    unfold(els, "Antwoord")
    push(els, WRITE_ANSWER)
    written = els.get_by_label("Brief", exact=True).input_value()
    assert "- Dienstrooster (Rooster van leefgroep Beuk, 10 mei)" in written
    assert "- Oproepregistratie (Logboek van de bel, 10 mei)" in written
    push(els, "Bewaren en nakijken")
    pick(els, "Hoe gaat de brief?", "Op papier: afdrukken en opsturen of geven")
    push(els, "Brief versturen")
    assert "De brief is genoteerd als verstuurd. Druk hem nu af." in main(els)
    go(els, "Op papier bekijken")
    paper = els.inner_text("body")
    assert "Dienstrooster (Rooster van leefgroep Beuk, 10 mei)" in paper
    assert "Oproepregistratie (Logboek van de bel, 10 mei)" in paper
    assert "Wij vinden uw klacht niet gegrond." in paper


def test_a_suggestion_that_turns_out_a_complaint_keeps_its_number_and_its_day(on_stage: Begin) -> None:
    """10. Suggestion becomes complaint: number, receipt date, term behaviour explained (default: the complaint terms
    run from the date the text first showed dissatisfaction = original receipt)."""
    stage = on_stage("2026-05-12 14:00")
    els = stage.works("els", COORDINATOR)
    id_ = told(
        stage.runtime,
        type_bericht="suggestie",
        onderwerp="Luidere bel",
        uiteenzetting="Zet de bel wat luider. Nu kwam er niemand.",
    )
    stage.later("2026-05-20 09:00")
    els = stage.works("els")
    dossier(els, id_)
    unfold(els, "Beoordeling")
    pick(els, "Wat is dit bericht?", "Klacht")
    push(els, "Bewaren")
    assert "Geef een reden als u het wijzigt." in refused(els)
    write(els, "Waarom wijzigt u dit antwoord?", "De tekst zegt dat er niemand kwam.")
    push(els, "Bewaren")
    assert "BEU-2026-0001" in main(els)
    go(els, "Overzicht")
    assert "Bericht over een suggestie" not in main(els)
    assert "donderdag 11 juni 2026" in card(els, "Antwoord aan de klager")
    why = els.locator("section.term").filter(has=els.get_by_role("heading", name="Onderzoek afronden"))
    why.get_by_text("Waarom deze datum?").click()
    assert "Klacht ontvangen op dinsdag 12 mei 2026; die dag telt niet mee." in why.inner_text()
    assert "De vervaldag is maandag 1 juni 2026." in why.inner_text()
    go(els, "Verloop")
    els.get_by_text("Toon").first.click()
    assert "De tekst zegt dat er niemand kwam." in main(els)


def test_a_gesture_above_the_mandate_waits_for_somebody_else(on_stage: Begin) -> None:
    """20. Goodwill gesture EUR 250 above mandate EUR 100 -> approval by other person."""
    stage = on_stage("2026-05-21 09:00")
    stage.hired("els", COORDINATOR)
    id_ = judged(stage.runtime, "gegrond")
    fill(stage.runtime, id_, "2026-05-20 10:00", **{**ANSWERED, **APOLOGISED})
    els = stage.works("els")
    dossier(els, id_)
    unfold(els, "Antwoord")
    pick(els, "Hoe?", "Gebaar van goodwill")
    gesture = els.get_by_role("group", name="Verontschuldiging 1")
    gesture.get_by_label("Welk gebaar?").fill("Een maand korting")
    gesture.get_by_label("Waarde, in euro").fill("250")
    push(els, WRITE_ANSWER)
    push(els, "Bewaren en nakijken")
    push(els, "Brief versturen")
    assert "Eerst keurt iemand met de rol Dagelijks verantwoordelijke dit goed." in refused(els)
    assert els.get_by_role("button", name="Goedkeuren").count() == 0
    koen = stage.works("koen", f"{HOUSE}:dagelijks-verantwoordelijke")
    go(koen, "BEU-2026-0001")
    assert "Goedkeuring voor: Antwoord verstuurd" in koen.inner_text("section:has(#op-u)")
    # What is approved is the letter, word for word.
    go(koen, "Berichten")
    go(koen, re.compile("^Nakijken"))
    unfold(koen, "Goedkeuren")
    push(koen, "Goedkeuren")
    assert "Goedgekeurd" in main(koen)
    push(els, "Brief versturen")
    assert "De brief is verstuurd." in main(els)
