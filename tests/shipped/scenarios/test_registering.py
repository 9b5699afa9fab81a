"""What comes in: on the phone, by letter, at night, from a child, and on the first minute of a year."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect

from tests.browser.looking import sideways
from tests.shipped.scenarios.acting import card, dossier, go, main, pick, push, unfold, write
from tests.shipped.scenarios.stage import Stage, offered

Begin = Callable[[str], Stage]
DESK = "de-linde/beukenhof:onthaal"
STORY = "Mama zat zondag om elf uur nog in haar pyjama, en een uur lang kwam niemand op de bel!"


def test_an_angry_daughter_on_the_phone_hears_her_story_read_back_and_gets_a_number(on_stage: Begin) -> None:
    """2. Registrar takes a phone complaint from an angry daughter in 3 minutes; read-back; number given on the spot."""
    desk = on_stage("2026-05-12 14:00").works("nadia", DESK)
    go(desk, "Registreren voor WZC Beukenhof")
    push(desk, "Aan de telefoon: vraag per vraag")
    told = (
        ("Het verhaal", STORY), ("Onderwerp", "Bel niet beantwoord"), ("", ""), ("Voornaam", "An"),
        ("Naam", "Peeters"), ("Telefoon", "0470 12 34 56"), ("E-mail", ""),
    )  # fmt: skip
    for label, text in told:
        if label:
            write(desk, label, text)
        else:
            pick(desk, "Wil de indiener anoniem blijven?", "Nee")
        push(desk, "Verder")
    pick(desk, "Is er gevaar of geweld", "Nee")
    push(desk, "Verder")
    assert desk.inner_text("h1") == "Lees dit voor"
    assert STORY in desk.inner_text(".read-back >> nth=0")
    desk.get_by_label("Ik las het voor, en het klopt").check()
    push(desk, "Registreren")
    assert desk.inner_text("h1") == "Geregistreerd"
    assert "BEU-2026-0001" in main(desk)
    assert "De code voorlezen, teken voor teken" in main(desk)
    go(desk, "Naar het dossier")
    assert desk.inner_text("h1") == "Bel niet beantwoord"


def by_letter(stage: Stage, name: str, received: str) -> str:
    """Register a letter at the desk of Burgerzaken; return what the registrar reads then."""
    desk = stage.works(name, "bruggeveld/burgerzaken:klachtencoordinator")
    go(desk, "Registreren voor Burgerzaken")
    write(desk, "Het verhaal", "Ik belde vier keer en wachtte telkens veertig minuten.")
    write(desk, "Onderwerp", "Veertig minuten wachten")
    pick(desk, "Wil de indiener anoniem blijven?", "Nee")
    write(desk, "Naam", "Peeters")
    write(desk, "Telefoon", "0470 12 34 56")
    write(desk, "Ontvangen op", received)
    pick(desk, "Hoe kwam het bericht binnen?", "Brief")
    push(desk, "Registreren")
    said = main(desk)
    go(desk, "Naar het dossier")
    fold = unfold(desk, "Ontvangst")
    fold.get_by_label("Datum op de brief").fill("2026-04-03")
    push(desk, "Bewaren")
    go(desk, "Overzicht")
    return f"{said}\n{card(desk, 'Ontvangstmelding versturen')}\n{card(desk, 'Antwoord aan de burger')}"


def test_a_letter_counts_from_the_day_it_was_received_and_is_late_when_registered(on_stage: Begin) -> None:
    """3. Letter dated 3 April, received 9 April, registered 20 April: all terms from 9 April, acknowledgement already
    late on the 20th (10 days -> 19 April is Sunday; with verschuif=geen late from 20 April)."""
    said = by_letter(on_stage("2026-04-20 09:00"), "mia", "2026-04-09")
    _, _, late = said.partition("Nu al te laat")
    assert "Ontvangstmelding versturen: had klaar moeten zijn op zondag 19 april 2026." in late
    assert "Ontvangstmelding versturen\n\nTe laat\n\nzondag 19 april 2026" in late
    # Forty-five days from 9 April.
    assert "zondag 24 mei 2026" in late


def test_where_a_last_day_shifts_the_same_letter_is_due_on_monday(on_stage: Begin) -> None:
    """3. ... with verschuif=volgende due 20 April."""

    def shift(document: dict[str, Any]) -> None:
        document["terms"]["ontvangstmelding"]["shift"] = "next"

    stage = on_stage("2026-04-20 09:00")
    stage.agreed(offered("bruggeveld", "burgerzaken", shift), "2026-02-01 09:00")
    said = by_letter(stage, "mia", "2026-04-09")
    assert "Ontvangstmelding versturen\n\nVandaag\n\nmaandag 20 april 2026" in said


def test_a_serious_signal_without_a_name_at_night_reaches_the_director_at_once(on_stage: Begin) -> None:
    """8. Anonymous serious signal at 23:00 on Friday before Whit Monday: crisis route by hour term,
    directie alerted."""
    stage = on_stage("2026-05-22 23:00")
    stage.hired("marleen", "de-linde/*:algemeen-directeur")
    night = stage.works("nadia", DESK)
    go(night, "Registreren voor WZC Beukenhof")
    write(night, "Het verhaal", "Op afdeling Eik worden bewoners vastgebonden. Ik zeg niet wie ik ben.")
    pick(night, "Wil de indiener anoniem blijven?", "Ja")
    pick(night, "Is er gevaar of geweld", "Ja")
    expect(night.get_by_role("heading", name="Nu doen")).to_be_visible()
    assert "Hulplijn geweld, misbruik en kindermishandeling: 1712" in main(night)
    pick(night, "Hoe kwam het bericht binnen?", "Telefoon")
    push(night, "Registreren")
    assert "Volgcode" in main(night)
    director = stage.works("marleen")
    assert "Gevaar\n1" in director.inner_text(".lists")
    go(director, "BEU-2026-0001")
    assert "Er is gevaar." in main(director)
    assert "Wil niet gekend zijn" in main(director)
    go(director, "Overzicht")
    first_action = card(director, "Eerste actie bij gevaar")
    assert "zaterdag 23 mei 2026 23:00" in first_action
    assert "Algemeen directeur" in first_action
    go(director, "Verloop")
    assert "23:00 Verwittigd: Algemeen directeur" in main(director)
    # The one at the desk may write it down, and from then on it is not for her: it is kept strictly.
    dossier(night, "dossier-1")
    assert night.inner_text("h1") == "Deze pagina bestaat niet"
    stage.later("2026-05-23 23:01")
    later = stage.works("marleen")
    assert "Te laat" in later.inner_text("table.work")


def told_on_the_website(stage: Stage, story: str, danger: str = "") -> None:
    """Tell something on the website without a name."""
    outside = stage.outside()
    outside.goto("/de-linde/beukenhof/melden")
    go(outside, "Begin")
    write(outside, "Wat is er gebeurd?", story)
    if danger:
        pick(outside, "Is er nu iemand in gevaar?", danger)
    for _ in range(4):
        push(outside, "Verder")
    pick(outside, "Wilt u anoniem blijven?", "Ja")
    for _ in range(2):
        push(outside, "Verder")
    push(outside, "Versturen")


def test_danger_told_on_the_website_at_night_reaches_the_director_before_anybody_read_it(
    on_stage: Begin,
) -> None:
    stage = on_stage("2026-05-22 23:00")
    stage.hired("marleen", "de-linde/*:algemeen-directeur")
    told_on_the_website(stage, "Er gebeurt iets ergs op Eik.", "Ja")
    director = stage.works("marleen")
    assert "Gevaar\n1" in director.inner_text(".lists")
    go(director, "BEU-2026-0001")
    unfold(director, "Beoordeling")
    assert "Wie zegt dat er nu iemand in gevaar is, geloven wij tot iemand het naging." in main(director)
    go(director, "Overzicht")
    assert "zaterdag 23 mei 2026 23:00" in card(director, "Eerste actie bij gevaar")
    go(director, "Verloop")
    assert "23:00 Verwittigd: Algemeen directeur" in main(director)
    # Whoever finds that it is not so says so, and judges it as always.
    go(director, "Behandelen")
    unfold(director, "Beoordeling")
    pick(director, "Klopt het dat er gevaar is?", "Nee")
    push(director, "Bewaren")
    assert "Er is gevaar." not in main(director)
    assert director.get_by_role("group", name="Is er gevaar of geweld").get_by_role("radio").count() == 2


def test_a_word_of_danger_in_a_story_says_who_reads_it_first(on_stage: Begin) -> None:
    stage = on_stage("2026-05-22 23:00")
    stage.hired("els", "de-linde/beukenhof:kwaliteitscoordinator")
    told_on_the_website(stage, "Op afdeling Eik worden bewoners vastgebonden.")
    els = stage.works("els")
    assert "Lees eerst" in els.inner_text("table.work")
    go(els, "BEU-2026-0001")
    go(els, "Verloop")
    assert "23:00 Verwittigd: Kwaliteitscoördinator" in main(els)


def test_a_child_of_thirteen_tells_it_on_a_phone_and_is_spoken_to_as_a_child(on_stage: Begin) -> None:
    """9. Child of 13 files via phone-sized screen."""
    stage = on_stage("2026-05-13 16:30")
    child = stage.outside(width=360, height=740)
    child.goto("/")
    wide = [sideways(child)]
    go(child, "Buitenschoolse opvang")
    assert "Hulplijn geweld, misbruik en kindermishandeling: 1712" in main(child)
    assert "Awel, voor kinderen en jongeren die met iemand willen praten: 102" in main(child)
    go(child, "Vertel het ons")
    wide.append(sideways(child))
    child.locator("main a.button").click()
    write(child, "Wat is er gebeurd?", "De juf van de opvang lacht mij altijd uit. Ik ben 13.")
    for _ in range(4):
        push(child, "Verder")
        wide.append(sideways(child))
    pick(child, "Liever geen naam zeggen?", "Ja")
    for _ in range(2):
        push(child, "Verder")
        wide.append(sideways(child))
    push(child, "Versturen")
    assert "2026/KL/00001" in main(child)
    assert set(wide) == {0}
    desk = stage.works("mia", "bruggeveld/bko:klachtencoordinator")
    go(desk, "2026/KL/00001")
    unfold(desk, "Wie klaagt")
    pick(desk, "Is de klager jonger dan 18?", "Ja")
    push(desk, "Bewaren")
    assert "Jonger dan 18" in desk.inner_text(".badges")
    assert "Schrijf eenvoudig, bied een vertrouwenspersoon aan" in main(desk)


def test_in_the_first_quarter_of_a_year_a_story_is_of_the_new_year(on_stage: Begin) -> None:
    """17. Clock/time-zone: server in UTC, user at 00:15 local on 1 January."""
    stage = on_stage("2027-01-01 00:15")
    desk = stage.works("nadia", DESK)
    go(desk, "Registreren voor WZC Beukenhof")
    write(desk, "Het verhaal", STORY)
    write(desk, "Onderwerp", "Bel niet beantwoord")
    pick(desk, "Wil de indiener anoniem blijven?", "Ja")
    pick(desk, "Hoe kwam het bericht binnen?", "Telefoon")
    push(desk, "Registreren")
    assert "BEU-2027-0001" in main(desk)
    go(desk, "Naar het dossier")
    fold = unfold(desk, "Ontvangst")
    assert fold.get_by_label("Ontvangen op").input_value() == "2027-01-01"
    assert fold.get_by_label("Uur van ontvangst").input_value() == "00:15"
    assert "geopend 1 januari 2027 00:15" in main(desk)
