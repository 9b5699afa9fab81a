"""A dossier of an organisation that works in French: its page is French, and so is all that is told of it."""

from __future__ import annotations

import pytest

from gehoor.core.dossier.events import EventKind
from gehoor.core.dossier.relations import RELATING
from gehoor.services.agreements.publishing import publish
from gehoor.services.dossiers.viewing import look
from gehoor.services.register.register import reading
from tests.support.de_linde import PUBLISHED_ON, de_linde
from tests.support.de_linde import open_by_web as open_in_de_linde
from tests.support.de_linde import proposal as of_de_linde
from tests.support.dutch import dutch_on, dutch_words
from tests.support.pages import Page, page_faults
from tests.support.site import Site, Visitor, new_site
from tests.support.tilleuls import lived, open_by_web, proposal, tilleuls

NOW = "2026-06-17 10:00"
ROLES = ("tilleuls/*:mediation", "tilleuls/*:accueil", "tilleuls/*:direction")


def french_site(when: str = NOW) -> Site:
    return new_site(when, tilleuls())


def staff(site: Site, *roles: str) -> Visitor:
    return site.staff("anne", *(roles or ROLES))


def shown(site: Site, dossier: str, room: str = "") -> Page:
    return staff(site).page(f"/medewerker/dossiers/{dossier}{room}")


def plain(page: Page) -> str:
    return page.text.replace("\u00a0", " ")


def test_its_page_is_french_whatever_happened_to_it() -> None:
    site = french_site()
    dossier = lived(site.runtime)
    for room in ("", "/overzicht", "/verloop", "/afsluiten"):
        page = shown(site, dossier, room)
        assert page_faults(page, "fr") == []
        assert dutch_on(page.html) == {}
    said = plain(shown(site, dossier, "/verloop"))
    assert "Délai suspendu : Répondre à la plainte" in said
    assert "lundi 15 juin 2026" in said
    assert "12,50" in said


def test_everything_that_can_happen_to_a_dossier_by_itself_but_another_agreement_and_its_end_happened_to_it() -> (
    None
):
    site = french_site()
    opened = look(site.runtime, lived(site.runtime), site.clock())
    elsewhere = {EventKind.REPINNED, EventKind.PUT_BACK, EventKind.ANONYMISED, EventKind.BROUGHT_IN}
    assert {event.kind for event in opened.events} == set(EventKind) - elsewhere - RELATING


def test_so_are_who_opened_it_and_opening_it_in_an_emergency() -> None:
    site = french_site()
    dossier = lived(site.runtime)
    visitor = staff(site)
    home = f"/medewerker/dossiers/{dossier}"
    visitor.get(home).close()
    for path in (f"{home}/inzage", "/medewerker/tilleuls/meuse/in-nood?nummer=x"):
        page = visitor.page(path)
        assert page_faults(page, "fr") == []
        assert dutch_on(page.html) == {}


def test_a_date_is_explained_in_french() -> None:
    site = french_site("2026-05-05 10:00")
    said = plain(shown(site, open_by_web(site.runtime, "2026-05-04 09:00").dossier, "/overzicht"))
    assert "Pourquoi cette date ?" in said
    assert "Plainte reçue : lundi 4 mai 2026 ; ce jour ne compte pas." in said
    assert "Le vendredi 15 mai 2026 ne compte pas (Pont de l'Ascension)." in said
    assert "Le jeudi 14 mai 2026 est un jour férié (Ascension) et ne compte pas." in said
    assert "Commence après : Dernier jour de « Répondre à la plainte »" not in said
    assert "Dernier jour de « Répondre à la plainte » : " in said


@pytest.mark.parametrize("path", ["afdruk", "berichten"])
def test_so_are_the_pages_beside_it(path: str) -> None:
    site = french_site()
    dossier = lived(site.runtime)
    page = staff(site).page(f"/medewerker/dossiers/{dossier}/{path}")
    assert page_faults(page, "fr") == []
    assert dutch_on(page.html) == {}


def test_what_is_refused_is_refused_in_french() -> None:
    site = french_site("2026-05-05 10:00")
    dossier = open_by_web(site.runtime, "2026-05-04 09:00").dossier
    visitor = staff(site)
    path = f"/medewerker/dossiers/{dossier}"
    answer = visitor.send(
        path, v_gravite="9", v_analyse="Court.", v_cout="beaucoup", v_reponse_le="2026-05-06"
    )
    assert answer.status_code == 422
    assert dutch_on(answer.text) == {}
    assert "Le plus grand nombre est 5." in answer.text
    answer = visitor.send(path, v_gravite="5", v_reponse_le="2026-05-05")
    assert answer.status_code == 422
    assert dutch_on(answer.text) == {}
    said = plain(Page(answer.text))
    assert "« Réponse envoyée » n'est pas encore possible" in said


def test_so_is_what_cannot_be_done_with_a_term() -> None:
    site = french_site("2026-05-05 10:00")
    dossier = open_by_web(site.runtime, "2026-05-04 09:00").dossier
    visitor = staff(site)
    page = visitor.page(f"/medewerker/dossiers/{dossier}/overzicht")
    forms = [form for form in page.all("form") if form.attributes.get("action", "").endswith("/verlengen")]
    data = {**dict(page.form_data(forms[0])), "reden": "", "gemeld": ""}
    answer = visitor.post(forms[0].attributes["action"], data)
    assert answer.status_code == 422
    assert dutch_on(answer.text) == {}
    assert "Indiquez pourquoi." in answer.text


def test_who_may_not_do_something_hears_so_in_french() -> None:
    site = french_site("2026-05-05 10:00")
    dossier = open_by_web(site.runtime, "2026-05-04 09:00").dossier
    visitor = staff(site, "tilleuls/*:accueil")
    answer = visitor.send(f"/medewerker/dossiers/{dossier}", v_objet="Soupe")
    assert answer.status_code == 303
    page = visitor.page(f"/medewerker/dossiers/{dossier}")
    assert dutch_on(page.html) == {}
    assert page.one("html").attributes["lang"] == "fr"


@pytest.mark.parametrize(
    "path",
    [
        "/medewerker/",
        "/medewerker/?toon=te-laat&sorteer=-ontvangen",
        "/medewerker/zoeken?q=soupe",
        "/medewerker/mijn-account",
        "/medewerker/mijn-account/tweede-stap",
        "/medewerker/tilleuls/meuse/registreren",
        "/medewerker/tilleuls/meuse/afspraken",
        "/medewerker/dossiers/geen-dossier",
    ],
)
def test_every_page_for_staff_is_french_there(path: str) -> None:
    site = french_site("2026-05-05 10:00")
    open_by_web(site.runtime, "2026-05-04 09:00")
    page = Page(staff(site).get(path).text)
    assert page_faults(page, "fr") == []
    assert dutch_on(page.html) == {}


def test_an_agreement_in_words_says_that_it_is_dutch() -> None:
    page = staff(french_site()).page("/medewerker/tilleuls/meuse/afspraken")
    assert page.one("html").attributes["lang"] == "fr"
    # How often a message was called something else is counted, not agreed: the page says it in its own language.
    agreed = [part for part in page.all("section") if part.attributes["aria-labelledby"] != "anders-genoemd"]
    assert {part.attributes.get("lang") for part in agreed} == {"nl"}


def test_who_is_not_signed_in_yet_reads_the_language_of_the_house() -> None:
    page = french_site().visitor().page("/medewerker/aanmelden")
    assert page_faults(page, "fr") == []
    assert dutch_on(page.html) == {}


def test_mail_to_staff_is_in_the_language_of_the_organisation() -> None:
    site = french_site()
    dossier = lived(site.runtime)
    with reading(site.runtime.store) as register:
        messages = register.messages_of(dossier)
    texts = [message.text for message in messages]
    assert "Ce dossier vous a été attribué." in texts
    assert [text for text in texts if dutch_words(text)] == []


def two_organisations() -> Site:
    runtime = de_linde()
    publish(runtime, [proposal()], PUBLISHED_ON, "direction")
    return new_site("2026-05-05 10:00", runtime)


def test_who_works_for_two_organisations_sees_each_dossier_in_the_language_of_its_own() -> None:
    site = two_organisations()
    french = open_by_web(site.runtime, "2026-05-04 09:00").dossier
    dutch = open_in_de_linde(site.runtime, "2026-05-04 09:00").dossier
    visitor = staff(site, *ROLES, "de-linde/beukenhof:onthaal")
    for dossier, language in ((french, "fr"), (dutch, "nl"), (french, "fr")):
        page = visitor.page(f"/medewerker/dossiers/{dossier}")
        assert page_faults(page, language) == []
    assert page_faults(visitor.page("/medewerker/"), "nl") == []
    assert page_faults(visitor.page("/medewerker/tilleuls/meuse/registreren"), "fr") == []


def test_who_works_for_one_of_two_organisations_sees_every_page_in_its_language() -> None:
    site = two_organisations()
    assert page_faults(staff(site).page("/medewerker/"), "fr") == []
    assert page_faults(site.staff("ria").page("/medewerker/"), "nl") == []
    assert page_faults(site.visitor().page("/medewerker/aanmelden"), "nl") == []


def test_a_first_language_without_sentences_leaves_the_pages_in_dutch() -> None:
    def german(document: dict[str, object]) -> None:
        organisation = document["organisation"]
        assert isinstance(organisation, dict)
        organisation["languages"] = ["en", "nl"]

    runtime = de_linde()
    publish(runtime, [of_de_linde("beukenhof", german)], PUBLISHED_ON, "coordinator")
    site = new_site("2026-05-05 10:00", runtime)
    dossier = open_in_de_linde(site.runtime, "2026-05-04 09:00").dossier
    assert page_faults(site.staff("ria").page(f"/medewerker/dossiers/{dossier}"), "nl") == []
