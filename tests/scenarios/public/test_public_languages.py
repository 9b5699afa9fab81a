"""The form for people outside, in the languages of the organisation."""

from __future__ import annotations

from typing import Any

from gehoor.services.dossiers.viewing import look
from tests.support.de_linde import STORY, publish_change
from tests.support.pages import page_faults
from tests.support.site import new_site

NOW = "2026-05-13 09:00"
FORM = "/de-linde/beukenhof/melden/alles"


def test_the_form_is_there_in_french_and_leads_to_the_other_languages() -> None:
    page = new_site(NOW).visitor().page(f"{FORM}?taal=fr")
    assert "Que s'est-il passé ?" in page.text
    assert "Wat is er gebeurd?" not in page.text
    assert page.one("h1").attributes["lang"] == "fr"
    links = {link.attributes["hreflang"]: link for link in page.all("a") if "hreflang" in link.attributes}
    assert {code: link.attributes["lang"] for code, link in links.items()} == {"nl": "nl", "en": "en"}
    assert page_faults(page, "fr") == []


def test_a_language_that_the_organisation_does_not_have_is_the_first_one() -> None:
    visitor = new_site(NOW).visitor()
    assert "Wat is er gebeurd?" in visitor.page(f"{FORM}?taal=de").text
    assert "Wat is er gebeurd?" in visitor.page(f"{FORM}?taal=<script>").text


def test_what_is_not_translated_says_in_which_language_it_is() -> None:
    def change(document: dict[str, Any]) -> None:
        del document["forms"]["melden"]["properties"]["uiteenzetting"]["translations"]["fr"]

    site = new_site(NOW)
    publish_change(site.runtime, change, "2026-05-12 09:30")
    page = site.visitor().page(f"{FORM}?taal=fr")
    (left,) = [part for part in page.all("span") if part.text == "Wat is er gebeurd?"]
    assert left.attributes["lang"] == "nl"


def test_what_is_filled_in_in_french_is_kept_as_in_any_language() -> None:
    site = new_site(NOW)
    visitor = site.visitor()
    page = visitor.page(f"{FORM}?taal=fr")
    typed = {**dict(page.form_data()), "v_uiteenzetting": STORY, "v_anoniem": "ja"}
    answer = visitor.post(f"{FORM}?taal=fr", {**typed, "v_gewenste_uitkomst": ["uitleg"]})
    assert answer.status_code == 303
    values = look(site.runtime, "dossier-1", site.clock()).dossier.values
    assert (values["anoniem"], values["gewenste_uitkomst"]) == (True, ["uitleg"])


def test_what_is_refused_stays_in_french() -> None:
    site = new_site(NOW)
    visitor = site.visitor()
    typed = dict(visitor.page(f"{FORM}?taal=fr").form_data())
    answer = visitor.post(f"{FORM}?taal=fr", {**typed, "v_uiteenzetting": STORY, "v_anoniem": "nee"})
    assert answer.status_code == 422
    assert "Donnez un e-mail ou un numéro de téléphone" in answer.text
    assert "Racontez-nous" in answer.text


def test_languages_stand_in_the_same_order_with_and_without_an_organisation() -> None:
    visitor = new_site().visitor()
    codes = [
        [one.attributes["lang"] for one in visitor.page(path).all("a") if one.attributes.get("hreflang")]
        for path in ("/", "/de-linde/beukenhof/")
    ]
    assert [one for one in codes[0] if one in codes[1]] == codes[1]


def test_the_first_page_says_which_organisations_have_nothing_in_the_language_of_who_reads() -> None:
    def only_dutch(document: dict[str, Any]) -> None:
        document["organisation"]["languages"] = ["nl"]

    site = new_site(NOW)
    visitor = site.visitor()
    assert "n’existent pas dans votre langue" not in visitor.page("/?taal=fr").text
    publish_change(site.runtime, only_dutch, "2026-05-12 09:30")
    page = visitor.page("/?taal=fr")
    assert "Ces pages n’existent pas dans votre langue, mais bien en néerlandais." in page.text
    assert page_faults(page, "fr") == []
    assert "taal" not in visitor.page("/?taal=nl").text.partition("Hebt u al een volgcode?")[0]
