"""Every page of the workbench, in every state it has, as coordinators walk it: by addresses that a page shows."""

from __future__ import annotations

from collections.abc import Iterator

from playwright.sync_api import Page

from gehoor.services.access.authorisation import OPERATOR, Operator
from gehoor.services.accounts.account_changes import coordinate
from tests.browser.served import Served
from tests.browser.steps import WORK, press, sign_in

TITLE = "Ontvangst melden binnen 3 werkdagen"


def tour(page: Page, linde: Served) -> Iterator[str]:
    """Stop at each state of each page, with its name."""
    linde.site.add_staff("els", "de-linde/*:kwaliteitscoordinator")
    linde.site.add_staff("dirk", "de-linde/*:algemeen-directeur")
    coordinate(linde.site.runtime, "els", ["*"], Operator(OPERATOR), linde.site.clock())
    page.goto(WORK)
    sign_in(page, "els")
    press(page, "nav a >> text=Werkplaats")
    yield "workbench"
    press(page, "text=Mensen: wie doet wat?")
    yield "people"
    press(page, "nav a >> text=Werkplaats")
    page.fill("[name=titel]", TITLE)
    button(page, "Nieuw voorstel")
    yield "conversation"
    yield from _conversation(page)
    yield from _ways_in(page)
    room(page, "Bewerken")
    yield "outline"
    yield from _sheets(page)
    yield from _text(page)
    yield from _agreeing(page, linde)
    yield from _founding(page)


def room(page: Page, name: str) -> None:
    press(page, f".rooms a >> text={name}")


def button(page: Page, word: str) -> None:
    press(page, f'button:text-is("{word}")')


def _conversation(page: Page) -> Iterator[str]:
    press(page, ".talk a >> text=Wat is een klacht?")
    yield "question-group"
    press(page, ".onward a >> text=Volgende vraag")
    yield "question-list"
    press(page, ".things a >> nth=0")
    yield "question-item"
    room(page, "Afspraken maken")
    press(page, ".talk a >> text=Hoe kan men een klacht indienen?")
    yield "question-things"
    press(page, ".things a >> nth=0")
    yield "question-thing"
    press(page, ".elsewhere .things a >> nth=0")
    yield "question-department"
    room(page, "Afspraken maken")
    press(page, ".still-open a >> text=Hoe maakt u het goed voor wie klaagde?")
    yield "question-open"
    page.click("text=Hier niet nodig, want ...")
    page.fill("#reden", "Wij maken het ter plaatse goed.")
    button(page, "Hier niet nodig")
    yield "question-waived"
    button(page, "Toch wel nodig")
    button(page, "Toevoegen")
    yield "question-added"
    button(page, "Ongedaan maken")
    button(page, "Ongedaan maken")
    button(page, "Ongedaan maken")
    room(page, "Afspraken maken")
    page.click("summary >> text=Een afdeling toevoegen")
    page.fill("#nieuwe-afdeling", "Zorghotel")
    button(page, "Afdeling toevoegen")
    yield "department-added"
    button(page, "Ongedaan maken")


def _ways_in(page: Page) -> Iterator[str]:
    room(page, "Afspraken maken")
    press(page, "main >> text=Een vraag toevoegen")
    yield "new-question"
    page.check("text=alleen WZC Beukenhof")
    page.fill("#vraag", "Op welke verdieping gebeurde het?")
    page.check("text=één keuze uit een lijst")
    page.select_option("#plaats", "melden|uiteenzetting")
    page.get_by_label("Zegt het antwoord iets over een persoon?").select_option("P0")
    press(page, 'button:text-is("Vraag toevoegen") >> nth=0')
    yield "new-question-refused"
    page.fill("#keuzes", "Gelijkvloers\nEerste verdieping")
    press(page, 'button:text-is("Vraag toevoegen") >> nth=0')
    yield "new-question-kept"
    room(page, "Vertalen")
    yield "translating-forms"
    room(page, "Afspraken maken")
    press(page, "main >> text=Een regel toevoegen")
    yield "new-rule"
    page.check("text=voor elke afdeling")
    page.select_option("#veld", "nadeel_schade")
    page.check("text=iemand krijgt meteen een e-mail")
    button(page, "Verder")
    yield "new-rule-rows"
    page.select_option("[name=w_verwittig]", "sociale-dienst")
    page.fill("[name=w_omdat]", "Zij kent de weg.")
    page.fill("#naam", "Geldverlies")
    button(page, "Regel en voorbeeld toevoegen")
    yield "new-rule-refused"
    page.check("text=Financieel")
    button(page, "Regel en voorbeeld toevoegen")
    yield "new-rule-kept"
    button(page, "Ongedaan maken")
    button(page, "Ongedaan maken")


def _sheets(page: Page) -> Iterator[str]:
    press(page, ".sections a >> text=Termijnen >> nth=0")
    yield "named"
    press(page, ".things a >> text=Ontvangstmelding versturen")
    yield "group"
    page.fill("[name=w_binnen]", "3 werkdgaen")
    page.wait_for_selector("[data-told=binnen] .serious")
    yield "group-mistake"
    page.fill("[name=w_binnen]", "3 werkdagen")
    page.wait_for_selector("[data-plain] >> text=3 werkdagen")
    press(page, ".sheet .finish button")
    yield "group-kept"
    page.click("text=Nog iets zeggen")
    press(page, ".part a >> text=Verlengen")
    yield "group-begun"
    press(page, ".crumbs a >> text=Termijnen >> nth=-1")
    page.fill("[name=naam]", "Tussentijds bericht")
    button(page, "Toevoegen")
    yield "added"
    page.click("text=Naam wijzigen of weghalen")
    page.fill("#andere", "antwoord")
    button(page, "Naam wijzigen")
    yield "group-refused"
    page.click("text=Naam wijzigen of weghalen")
    button(page, "Weghalen")
    yield "removed"
    room(page, "Bewerken")
    press(page, ".sections a >> text=Rollen >> nth=0")
    press(page, ".things a >> text=Onthaal")
    page.click("text=Naam wijzigen of weghalen")
    button(page, "Weghalen")
    yield "removed-used"
    button(page, "Ongedaan maken")
    button(page, "Ongedaan maken")
    room(page, "Bewerken")
    press(page, ".sections a[href*='de-linde/regels.yaml?p=regels']")
    press(page, ".things a >> text=Ernstig naar directie")
    page.select_option("[name='w_als.erbij']", "type_bericht")
    page.select_option("[name='w_als.samen']", "een-van")
    press(page, ".sheet .finish button")
    yield "condition"
    press(page, ".condition-part a")
    yield "alternatives"
    press(page, ".things a >> nth=0")
    yield "alternative"
    button(page, "Ongedaan maken")
    yield from _examples(page)
    yield from _searching(page)


def _searching(page: Page) -> Iterator[str]:
    room(page, "Bewerken")
    page.fill("#q", "zorg")
    press(page, "main form[role=search] button")
    yield "found"
    press(page, "text=Alles tonen")
    press(page, ".file-card a >> text=Afdelingen >> nth=0")
    yield "list"


def _examples(page: Page) -> Iterator[str]:
    room(page, "Voorbeelden")
    page.fill("#voorbeeld", "Een val op de gang")
    button(page, "Voorbeeld toevoegen")
    yield "example-added"
    page.select_option("[name='w_gegeven.erbij']", "ernst")
    press(page, ".sheet .finish button")
    yield "example-given"
    press(page, ".part a >> text=Verwacht")
    yield "example-expected"
    room(page, "Voorbeelden")
    yield "examples-mistake"
    room(page, "Bewerken")
    button(page, "Ongedaan maken")
    button(page, "Ongedaan maken")


def _text(page: Page) -> Iterator[str]:
    room(page, "Bewerken")
    press(page, ".file-card a.source[href$='de-linde/termijnen.yaml']")
    yield "text"
    page.fill("#tekst", page.input_value("#tekst").replace("binnen: 3 werkdagen", "binnen: 3 werkdgaen", 1))
    page.wait_for_selector(".told-lines .serious")
    yield "text-mistake"
    button(page, "Nakijken zonder te bewaren")
    yield "text-looked-over"
    button(page, "Bewaren")
    yield "text-kept"
    room(page, "Wat verandert")
    yield "changes-mistake"
    room(page, "Lezen")
    yield "reading-mistake"
    room(page, "Afspreken en publiceren")
    yield "agreeing-mistake"
    button(page, "Ongedaan maken")


def _agreeing(page: Page, linde: Served) -> Iterator[str]:
    room(page, "Wat verandert")
    yield "changes"
    room(page, "Lezen")
    yield "reading"
    press(page, ".say-here >> nth=0")
    yield "reading-say"
    press(page, ".say-part >> nth=2")
    yield "reading-part"
    press(page, "text=De brieven")
    yield "reading-letters"
    room(page, "Lezen")
    press(page, ".say-here >> nth=0")
    page.fill("#opmerking", "Is dat zo?")
    button(page, "Opmerking bewaren")
    room(page, "Afspreken en publiceren")
    yield "agreeing"
    button(page, "Afgehandeld")
    yield "agreeing-settled"
    for name in ("Proberen", "Voorbeelden", "Vergelijken", "Vertalen"):
        room(page, name)
        yield name
    room(page, "Geschiedenis")
    yield "history"
    here = page.url
    button(page, "Afmelden")
    sign_in(page, "dirk")
    page.goto(here)
    room(page, "Afspreken en publiceren")
    button(page, "Ik ga akkoord")
    yield "agreed"
    button(page, "Afmelden")
    sign_in(page, "els")
    page.goto(here)
    room(page, "Afspreken en publiceren")
    yield "approved"
    button(page, "Publiceren")
    yield "published"
    press(page, "nav a >> text=Werkplaats")
    yield "workbench-published"
    press(page, "text=De acht stappen: wat is afgesproken?")
    yield "standing"
    press(page, "nav a >> text=Werkplaats")
    page.fill("[name=titel]", "Iets anders")
    button(page, "Nieuw voorstel")
    room(page, "Wat verandert")
    yield "changes-none"
    page.click("text=Meer met dit voorstel doen")
    page.check("[name=zeker]")
    button(page, "Voorstel intrekken")
    yield "discarded"


def _founding(page: Page) -> Iterator[str]:
    press(page, "nav a >> text=Werkplaats")
    press(page, "text=Een nieuwe organisatie beginnen")
    yield "new-organisation"
    button(page, "De eerste afspraken maken")
    yield "new-organisation-refused"
    page.fill("[name=name]", "Zonnehof")
    page.fill("[name=departments]", "Dagopvang, Wonen")
    button(page, "De eerste afspraken maken")
    yield "founded"
    room(page, "Afspreken en publiceren")
    yield "agreeing-alone"
    if page.locator("[name=toch]").count():
        page.check("[name=toch]")
    button(page, "Publiceren")
    yield "published-not-open"
    press(page, "nav a >> text=Werkplaats")
    yield "workbench-founded"
    press(page, "main .warning a >> text=Mensen >> nth=0")
    yield "first-people"
    button(page, "Deze rol geven")
    yield "first-people-refused"
    page.select_option("[name=wie]", "dirk")
    button(page, "Deze rol geven")
    yield "first-people-given"
